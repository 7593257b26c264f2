"""An artisan's two mentors, and the artisan's own apprentices (measures-2025 第十一条、第十三条; ledger M-09)."""

from django.db import models
from django.db.models import F, Q


class Mentorship(models.Model):
    """Somebody as mentor of one artisan: proposed, standing once both agreed, ended with its reason. `kind`: of the
    programme's kinds of mentors (professional, skill). `mobile` is sealed. `because`: why they are to come in another's
    place."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待双方同意"
        STANDING = "standing", "在任"
        ENDED = "ended", "已结束"
        DECLINED = "declined", "未结成"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="mentors", db_index=False)
    kind = models.CharField(max_length=40)
    label = models.CharField("类别", max_length=40)
    name = models.CharField("姓名", max_length=40)
    unit = models.CharField("单位", max_length=80)
    post = models.CharField("职务、职称或技能等级", max_length=60, blank=True)
    mobile = models.CharField("电话（加密）", max_length=200, blank=True)
    user = models.ForeignKey(
        "gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="mentorships"
    )
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    because = models.CharField("更换的理由", max_length=200, blank=True)
    mentor_at = models.DateTimeField("导师同意", null=True, blank=True)
    mentor_how = models.CharField(max_length=120, blank=True)
    artisan_at = models.DateTimeField("本人同意", null=True, blank=True)
    artisan_how = models.CharField(max_length=120, blank=True)
    begun = models.DateField("开始", null=True, blank=True)
    ended = models.DateField("结束", null=True, blank=True)
    reason = models.CharField("结束的理由", max_length=200, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["honour", "kind"], condition=Q(state="standing"), name="mentor_one_standing_a_kind"
            ),
            models.UniqueConstraint(
                fields=["honour", "kind"], condition=Q(state="proposed"), name="mentor_one_proposed_a_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["standing", "ended"])
                | Q(mentor_at__isnull=False, artisan_at__isnull=False, begun__isnull=False),
                name="mentor_agreed_by_both",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ended", "declined"]) | (Q(ended__isnull=False) & ~Q(reason="")),
                name="mentor_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"


class Apprenticeship(models.Model):
    """An agreement between an artisan and an apprentice (带徒): from when until when, and what came of it."""

    class State(models.TextChoices):
        RUNNING = "running", "带徒中"
        PASSED = "passed", "已出师"
        STOPPED = "stopped", "已终止"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="apprentices")
    name = models.CharField("徒弟姓名", max_length=40)
    unit = models.CharField("单位", max_length=80, blank=True)
    trade = models.CharField("工种、技能等级", max_length=60, blank=True)
    teaches = models.CharField("传授内容", max_length=200, blank=True)
    begun = models.DateField("开始")
    until = models.DateField("约定至")
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    ended = models.DateField("结束", null=True, blank=True)
    result = models.CharField("成果", max_length=300, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("begun")), name="apprentice_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(state="running", ended__isnull=True)
                | (~Q(state="running") & Q(ended__gte=F("begun")) & ~Q(result="")),
                name="apprentice_ends_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.name}"
