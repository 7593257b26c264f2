"""Opinions of parties on a case, one for each box of a sheet."""

from django.db import models


class Opinion(models.Model):
    """Asked of an organisation; given by somebody there, or recorded from the stamped sheet."""

    class Verdict(models.TextChoices):
        AGREE = "同意", "同意"
        DISAGREE = "不同意", "不同意"

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="opinions")
    sheet = models.CharField(max_length=40)
    party = models.CharField(max_length=40)
    organisation = models.ForeignKey("gongjiang.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    text = models.CharField(max_length=500, blank=True)
    on_behalf = models.BooleanField("据盖章件代录", default=False)
    scan = models.ForeignKey("gongjiang.File", null=True, blank=True, on_delete=models.PROTECT)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "sheet", "party"], name="opinion_once"),
            models.CheckConstraint(
                condition=models.Q(verdict="") | models.Q(given_at__isnull=False), name="opinion_given_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.sheet}.{self.party}"
