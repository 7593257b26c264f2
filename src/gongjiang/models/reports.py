"""Reports that a union asks of the units below it: the call, each unit's report, the lists behind its figures."""

from django.db import models
from django.db.models import F, Q


class ReportCall(models.Model):
    """A union asks units for a report of a kind over a period. `template`: what it consists of, frozen
    (rules/reports/template); figures are as of `as_of`."""

    asker = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="report_calls")
    kind = models.CharField(max_length=30)
    title = models.CharField("报告名称", max_length=80)
    period = models.CharField("报告期", max_length=30)
    since = models.DateField("自")
    as_of = models.DateField("数据截至")
    due = models.DateField("报送时限")
    basis = models.CharField("依据", max_length=120, blank=True)
    template = models.JSONField(default=dict)
    edition = models.ForeignKey("gongjiang.Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asker", "kind", "period"], name="report_call_once"),
            models.CheckConstraint(condition=Q(as_of__gte=F("since")), name="report_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.title}"


class PeriodicReport(models.Model):
    """One unit's report. `figures`: {id: number}, `texts`: {section: words}; `digest` of all it says once it is
    handed in: from then on nothing in it changes. `sent_by`: who sent it for review, who can't approve it."""

    call = models.ForeignKey(ReportCall, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=10, default="draft")
    texts = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    drawn_on = models.DateField("数据截至", null=True, blank=True)
    note = models.CharField("退回理由", max_length=500, blank=True)
    sent_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "unit"], name="report_once_a_unit"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review", "returned", "submitted", "received", "archived"]),
                name="report_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review", "returned"], digest="")
                | (Q(state__in=["submitted", "received", "archived"], submitted_at__isnull=False) & ~Q(digest="")),
                name="report_sealed_once_handed_in",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="report_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.call}"


class ReportList(models.Model):
    """The list behind one figure, as it was that day: ids of honours, of activity entries, of whatever else `of` names;
    of a sum of money, what each was worth (`amounts`, in 分)."""

    report = models.ForeignKey(PeriodicReport, on_delete=models.CASCADE, related_name="lists")
    figure = models.CharField(max_length=60)
    of = models.CharField(max_length=12)
    ids = models.JSONField(default=list)
    amounts = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "figure"], name="report_list_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.figure}"
