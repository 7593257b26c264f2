"""Cultivation plans: versions, who agreed, what was said, milestones and what became of them (measures-2025 第十条;
ledger M-07)."""

from django.db import models
from django.db.models import Q


class CultivationPlan(models.Model):
    """One version of an artisan's plan. `content`: rules/cultivation/plans/text as plain data. `needs_…`: the parties
    that there are, `…_at`: when each agreed; `turn`: whose desk a draft lies on."""

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        REVIEW = "review", "征求各方同意"
        IN_FORCE = "in_force", "执行中"
        RETURNED = "returned", "退回修改"
        REPLACED = "replaced", "已由新版代替"
        DROPPED = "dropped", "已作废"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="plans", db_index=False)
    number = models.PositiveSmallIntegerField("版次")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    turn = models.CharField(max_length=10, blank=True)
    content = models.JSONField(default=dict)
    based_on = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_employer = models.BooleanField(default=True)
    needs_nominator = models.BooleanField(default=True)
    needs_union = models.BooleanField(default=True)
    employer_at = models.DateTimeField("所在企业同意", null=True, blank=True)
    nominator_at = models.DateTimeField("推荐单位同意", null=True, blank=True)
    union_at = models.DateTimeField("主办工会同意", null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["honour", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["honour"], condition=Q(state__in=["draft", "review"]), name="plan_one_in_making"
            ),
            models.UniqueConstraint(fields=["honour"], condition=Q(state="in_force"), name="plan_one_in_force"),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "replaced"])
                | (
                    (Q(needs_employer=False) | Q(employer_at__isnull=False))
                    & (Q(needs_nominator=False) | Q(nominator_at__isnull=False))
                    & (Q(needs_union=False) | Q(union_at__isnull=False))
                    & Q(in_force_at__isnull=False)
                ),
                name="plan_in_force_is_agreed",
            ),
            models.CheckConstraint(
                condition=Q(needs_employer=True) | Q(needs_nominator=True) | Q(needs_union=True),
                name="plan_somebody_agrees",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="plan_by_state")]

    def __str__(self) -> str:
        return f"{self.honour_id} 第{self.number}版"


class PlanEntry(models.Model):
    """One line of a plan's history: what was done with a version, or said about it. Lines are never changed."""

    plan = models.ForeignKey(CultivationPlan, on_delete=models.CASCADE, related_name="entries")
    action = models.CharField(max_length=10)
    hand = models.CharField("代表", max_length=60, blank=True)
    text = models.CharField("内容", max_length=500, blank=True)
    name = models.CharField("姓名", max_length=40)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.plan_id} {self.action}"


class Milestone(models.Model):
    """A milestone of the plan in force. `key` is the same in every version; one that a new version left out is
    `dropped`, and kept if something was done for it."""

    class State(models.TextChoices):
        OPEN = "open", "待完成"
        CLAIMED = "claimed", "待确认"
        DONE = "done", "已完成"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="milestones", db_index=False)
    key = models.CharField(max_length=8)
    title = models.CharField("节点", max_length=240)
    power = models.CharField("能力", max_length=20, blank=True)
    due = models.DateField("完成期限")
    position = models.PositiveSmallIntegerField(default=0)
    dropped = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    done_on = models.DateField("完成日期", null=True, blank=True)
    note = models.CharField("完成情况", max_length=500, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["honour", "key"], name="milestone_once"),
            models.CheckConstraint(
                condition=Q(state="open", done_on__isnull=True) | (~Q(state="open") & Q(done_on__isnull=False)),
                name="milestone_done_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due"], name="milestone_by_state")]

    def __str__(self) -> str:
        return self.title
