"""Certificates of honours, how an honour's standing changed, and look-ups that found nothing."""

from django.db import models
from django.db.models import Q


class Certificate(models.Model):
    """One issued certificate. What it is worth is never kept here: the honour stands or not (rules/honours/standing).

    `face`: all it shows, fixed at issue: {heading, addressed, text, closing, issuers, issued_on, page, name, person,
    title, edition, document}. `code` is the unguessable end of `number`. The file is made at the first need:
    `stored` in the sealed area of certificates, `digest` its SHA-256, `signer` the certificate that signed it.
    The row's id is its place in the status lists: rows are never deleted.
    """

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.PROTECT, related_name="certificates")
    edition = models.ForeignKey("gongjiang.Edition", on_delete=models.PROTECT, related_name="certificates")
    serial = models.PositiveIntegerField()
    number = models.CharField("证书编号", max_length=80, unique=True)
    code = models.CharField("查验码", max_length=10, unique=True)
    face = models.JSONField()
    issued_at = models.DateTimeField()
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("换发理由", max_length=300, blank=True)
    stored = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    signer = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "serial"], name="certificate_serial_once"),
            models.UniqueConstraint(
                fields=["honour"], condition=Q(replaced_at__isnull=True), name="certificate_one_current"
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="certificate_serial_counts"),
        ]
        indexes = [
            models.Index(fields=["signer"], name="certificate_by_signer"),
            models.Index(fields=["digest"], name="certificate_by_digest"),
        ]

    def __str__(self) -> str:
        return self.number


class StandingChange(models.Model):
    """An honour suspended, restored, withdrawn, ended or reinstated: what it was before and after, on what ground."""

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.PROTECT, related_name="changes")
    change = models.CharField(max_length=10)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    reason = models.CharField("理由", max_length=300)
    basis = models.CharField("依据", max_length=120, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.honour_id} {self.before} → {self.after}"


class FailedCheck(models.Model):
    """How often somebody looked up certificates that don't exist, within some minutes. `address`: a keyed hash."""

    address = models.CharField(max_length=64)
    since = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "since"], name="failed_check_once")]
        indexes = [models.Index(fields=["since"], name="failed_check_to_clear")]

    def __str__(self) -> str:
        return f"{self.since} {self.number}"
