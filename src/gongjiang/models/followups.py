"""What an assessment leaves to be done: benefits that end or become due, money claimed back, explanations owed."""

from django.db import models
from django.db.models import F, Q


class BenefitStop(models.Model):
    """A benefit of an honour that ended by a decision, '' for all that the notice promises; nothing of it is given for
    `from_date` or later."""

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.PROTECT, related_name="stops")
    outcome = models.ForeignKey("gongjiang.ProcessOutcome", on_delete=models.PROTECT, related_name="stops")
    benefit = models.CharField(max_length=48, blank=True)
    from_date = models.DateField("自")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "benefit"], name="stop_once_an_outcome")]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.benefit} {self.from_date}"


class BenefitDue(models.Model):
    """A sum that became due to an honour by a decision; it is given as one period of its benefit (services/funds), of
    which the database takes one grant only."""

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.PROTECT, related_name="dues")
    outcome = models.ForeignKey("gongjiang.ProcessOutcome", on_delete=models.PROTECT, related_name="dues")
    benefit = models.CharField(max_length=48)
    label = models.CharField(max_length=40)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    from_date = models.DateField("自")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "benefit"], name="due_once_an_outcome"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="due_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.benefit} {self.amount}"


class Claim(models.Model):
    """追回: what one payee is to give back of what was paid to them. In 分.

    `paid`: what was paid; `amount`: what is claimed, None until people have settled how much of it was not spent.
    `received`, `written_off`: kept sums of its entries; the CHECKs make it impossible to settle more than is claimed.
    """

    class Scope(models.TextChoices):
        UNSPENT = "unspent", "未使用的部分"
        ALL = "all", "已发放的全部"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.PROTECT, related_name="claims")
    outcome = models.ForeignKey("gongjiang.ProcessOutcome", on_delete=models.PROTECT, related_name="claims")
    payee = models.CharField("应退单位或个人", max_length=60)
    scope = models.CharField(max_length=8, choices=Scope)
    paid = models.BigIntegerField("已发放（分）")
    amount = models.BigIntegerField("应退（分）", null=True, blank=True)
    received = models.BigIntegerField("已收回（分）", default=0)
    written_off = models.BigIntegerField("已核销（分）", default=0)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "payee"], name="claim_once_a_payee"),
            models.CheckConstraint(condition=Q(paid__gt=0), name="claim_of_something_paid"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0, amount__lte=F("paid")), name="claim_within_paid"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, received=0, written_off=0)
                | Q(received__gte=0, written_off__gte=0, amount__gte=F("received") + F("written_off")),
                name="claim_not_oversettled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.amount}"

    @property
    def left(self) -> int | None:
        """What is still to be settled, in 分; None while nobody has said how much is claimed."""
        return None if self.amount is None else self.amount - self.received - self.written_off


class ClaimEntry(models.Model):
    """A step of a claim: how much is claimed, what came back, what was written off and why."""

    class Kind(models.TextChoices):
        FIXED = "fixed", "核定应退"
        RECEIVED = "received", "收回"
        WRITTEN_OFF = "written_off", "核销"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    amount = models.BigIntegerField("金额（分）")
    on = models.DateField("日期")
    reason = models.CharField("理由或凭证", max_length=200)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="claim_entry_not_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="claim_entry_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.kind} {self.amount}"


class Explanation(models.Model):
    """说明: what the honour's holder (or an organisation, where `organisation` is given) owes to explain by a day."""

    outcome = models.OneToOneField("gongjiang.ProcessOutcome", on_delete=models.PROTECT, related_name="explanation")
    organisation = models.ForeignKey(
        "gongjiang.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="explanations"
    )
    user = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("期限")
    text = models.TextField("说明", blank=True)
    answered_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, text="") | (Q(answered_at__isnull=False) & ~Q(text="")),
                name="explanation_answered_with_words",
            )
        ]
        indexes = [models.Index(fields=["organisation", "answered_at"], name="explanations_owed")]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.due_on}"


class QuotaCut(models.Model):
    """核减名额: places that a unit loses in the next edition of the organiser's programme that it nominates in;
    `edition` is the one in which they were taken off, when it was opened."""

    outcome = models.ForeignKey("gongjiang.ProcessOutcome", on_delete=models.PROTECT, related_name="cuts")
    organisation = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=60)
    places = models.PositiveSmallIntegerField("核减名额")
    edition = models.ForeignKey("gongjiang.Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "organisation"], name="cut_once_an_outcome"),
            models.CheckConstraint(condition=Q(places__gt=0), name="cut_takes_places"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} -{self.places}"
