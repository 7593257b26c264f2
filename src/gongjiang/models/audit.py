"""The audit log: append-only, each entry chained to the one before by its hash."""

from django.db import models


class Entry(models.Model):
    """One thing that happened. `body` is the canonical JSON that was hashed."""

    seq = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    kind = models.CharField("对象类别", max_length=30)
    key = models.CharField("对象", max_length=60)
    case_id = models.BigIntegerField(null=True, db_index=True)
    edition_id = models.BigIntegerField(null=True, db_index=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    request_key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["kind", "key", "seq"], name="entry_by_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.kind}:{self.key}"


class Head(models.Model):
    """The end of the chain; its one row is locked while an entry is appended."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_audit_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.digest}"


class Checkpoint(models.Model):
    """The log up to an entry, signed: whoever keeps a copy outside can show later that nothing before it was altered.

    `root` and `peaks` are the Merkle tree's, in hex (rules.audit.merkle.Frontier); `note` is the signed text.
    """

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    peaks = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField("事由", max_length=120)
    edition_id = models.BigIntegerField(null=True, db_index=True)
    note = models.TextField()

    class Meta:
        ordering = ["size"]

    def __str__(self) -> str:
        return f"{self.size} {self.about}"
