"""What came of a process over an honour or a unit, and what followed from it (mechanisms 10)."""

from django.db import models
from django.db.models import Q


class ProcessOutcome(models.Model):
    """One case of a process, settled: its tier, the effects that were carried out, the decision it rests on.

    `effects`: [{word, said}], what was done in words; `manual`: what people still see to themselves. `again_on`: from
    which day it is tried again; `tries`: how often it was tried before with the same end. `tier` is that of the
    process; after a last try that failed it is the one that the pack names for that (`retry: {else: …}`).
    """

    case = models.OneToOneField("gongjiang.Case", on_delete=models.PROTECT, related_name="outcome")
    honour = models.ForeignKey(
        "gongjiang.Honour", null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes"
    )
    edition = models.ForeignKey("gongjiang.Edition", on_delete=models.PROTECT, related_name="outcomes")
    process = models.CharField("流程", max_length=40)
    label = models.CharField("流程名称", max_length=80)
    tier = models.CharField("档次", max_length=40)
    tier_label = models.CharField(max_length=40)
    effects = models.JSONField(default=list)
    manual = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    again_on = models.DateField("复核不早于", null=True, blank=True)
    basis = models.CharField("决定文号", max_length=60)
    decided_on = models.DateField("决定日期")
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="outcome_rests_on_a_decision"),
            models.UniqueConstraint(fields=["honour", "edition"], name="outcome_once_a_round"),
        ]
        indexes = [models.Index(fields=["honour", "process", "-id"], name="outcomes_of_honour")]

    def __str__(self) -> str:
        return f"{self.label} {self.tier_label}"


class Bar(models.Model):
    """禁报期: until when somebody may not be nominated, and by which clause or decision (mechanisms 8, 10)."""

    subject = models.ForeignKey("gongjiang.Subject", on_delete=models.CASCADE, related_name="bars")
    outcome = models.ForeignKey(ProcessOutcome, null=True, blank=True, on_delete=models.CASCADE, related_name="bars")
    organiser = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=60)
    from_date = models.DateField()
    until = models.DateField()
    basis = models.CharField("依据", max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("from_date")), name="bar_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.until}"
