"""An artisan's log: what was done in the years after the selection, one row each."""

from django.db import models
from django.db.models import F, Q


class ActivityEntry(models.Model):
    """One thing that an artisan did or took part in (measures-2025 第十一至十四条; ledger M-08, M-10, M-11).

    `kind`: a word of rules/cultivation/kinds. `source`: where it follows from another record ('camp:12'), '' where it
    was typed; one record gives one entry. `state`: what the artisan enters is confirmed by who looks after them.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", "待确认"
        CONFIRMED = "confirmed", "已确认"
        WITHDRAWN = "withdrawn", "已撤回"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="activity", db_index=False)
    kind = models.CharField(max_length=16)
    title = models.CharField("内容", max_length=120)
    on = models.DateField("日期")
    until = models.DateField("至", null=True, blank=True)
    hours = models.DecimalField("学时", max_digits=6, decimal_places=1, null=True, blank=True)
    power = models.CharField("工匠五力", max_length=20, blank=True)
    place = models.CharField("地点", max_length=80, blank=True)
    host = models.CharField("主办或接待单位", max_length=80, blank=True)
    people = models.PositiveIntegerField("受益人数", null=True, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    source = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.CLAIMED)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["honour", "source"], condition=~Q(source=""), name="activity_source_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("on")), name="activity_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="activity_hours_positive"),
        ]
        indexes = [
            models.Index(fields=["honour", "-on", "-id"], name="activity_of_honour"),
            models.Index(fields=["-on", "-id"], name="activity_newest"),
            models.Index(fields=["honour"], condition=Q(state="claimed"), name="activity_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind} {self.title}"
