"""A stage's list, for the whole process or one unit: open, then closed and frozen."""

from django.db import models


class StageList(models.Model):
    """Closing a list locks it: `digest` is the hash of the members in order."""

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="lists")
    stage = models.CharField(max_length=40)
    group = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey("gongjiang.Meeting", null=True, blank=True, on_delete=models.PROTECT)
    size = models.PositiveIntegerField(null=True, blank=True)
    entered = models.PositiveIntegerField(null=True, blank=True)
    kept = models.PositiveIntegerField(null=True, blank=True)
    members = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "stage", "group"], name="stage_list_once"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | ~models.Q(digest=""), name="closed_list_has_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.group}"
