"""Findings of a formality check: each point of the checklist, on record."""

from django.db import models


class Finding(models.Model):
    """One point of a stage's checklist, ticked or objected to."""

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="findings")
    stage = models.CharField(max_length=40)
    point = models.CharField(max_length=60)
    ok = models.BooleanField()
    remark = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "stage", "point"], name="finding_once")]

    def __str__(self) -> str:
        return f"{self.point}: {self.ok}"
