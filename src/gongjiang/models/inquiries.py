"""Inquiries: into a nominee, a recommending unit or an honour, up to a decision by two people."""

from django.db import models
from django.db.models import F, Q


class Inquiry(models.Model):
    """One matter: 追责 over a nomination or a unit, 退出 over an honour, 恢复 of one that was withdrawn.

    Texts about people (`account`, `notice`, `statement`, `minutes`, `finding`) are sealed. `bodies`: the organisations
    that decide, fixed when the matter is opened. `due`: the last day on which the person concerned may state their
    view. `document`: number of the decision. `done`: what the decision brought about, in sentences.
    """

    class Kind(models.TextChoices):
        ACCOUNTABILITY = "accountability", "追责"
        EXIT = "exit", "退出"
        REINSTATEMENT = "reinstatement", "恢复"

    class Source(models.TextChoices):
        FOUND = "found", "工作中发现"
        REVIEW = "review", "审核、核查中发现"
        OBJECTION = "objection", "异议查实"
        REPORT = "report", "举报反映"
        UPPER = "upper", "上级交办、有关部门通报"
        ASKED = "asked", "本人或单位申请"

    class State(models.TextChoices):
        OPEN = "open", "核查中"
        NOTIFIED = "notified", "已告知，听取陈述"
        PROPOSED = "proposed", "待第二人审批"
        DECIDED = "decided", "已决定"
        CLOSED = "closed", "不予追究"

    number = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField(max_length=14, choices=Kind)
    process = models.ForeignKey("gongjiang.Process", on_delete=models.PROTECT, related_name="inquiries")
    case = models.ForeignKey(
        "gongjiang.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="inquiries"
    )
    honour = models.ForeignKey(
        "gongjiang.Honour", null=True, blank=True, on_delete=models.PROTECT, related_name="inquiries"
    )
    unit = models.ForeignKey(
        "gongjiang.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="inquiries"
    )
    objection = models.ForeignKey(
        "gongjiang.Objection", null=True, blank=True, on_delete=models.PROTECT, related_name="inquiries"
    )
    bodies = models.ManyToManyField("gongjiang.Organisation", related_name="+")
    ground = models.CharField(max_length=40, blank=True)
    situation = models.CharField("情形", max_length=120)
    basis = models.CharField("依据", max_length=200, blank=True)
    source = models.CharField("来源", max_length=10, choices=Source)
    account = models.TextField("反映的情况（加密）")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    suspended_at = models.DateTimeField("暂停", null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)
    notice = models.TextField("告知的内容（加密）", blank=True)
    due = models.DateField("陈述截止", null=True, blank=True)
    statement = models.TextField("陈述（加密）", blank=True)
    stated_at = models.DateTimeField(null=True, blank=True)
    stated_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waived = models.BooleanField("放弃陈述", default=False)
    hearing_asked = models.BooleanField("要求听证", default=False)
    hearing_on = models.DateField("听证日期", null=True, blank=True)
    minutes = models.TextField("听证记录（加密）", blank=True)
    upheld = models.BooleanField("属实", null=True)
    finding = models.TextField("查实情况（加密）", blank=True)
    document = models.CharField("决定文号", max_length=60, blank=True)
    proposed_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    returned = models.CharField("退回的理由", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        "gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    done = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "closed"])
                | (
                    Q(proposed_by__isnull=False)
                    & Q(confirmed_by__isnull=False)
                    & ~Q(proposed_by=F("confirmed_by"))
                    & Q(decided_at__isnull=False)
                    & Q(upheld__isnull=False)
                ),
                name="inquiry_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(honour__isnull=False) | Q(unit__isnull=False),
                name="inquiry_is_about_something",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["open", "notified", "proposed"]) & Q(case__isnull=False),
                name="inquiry_one_open_a_case",
            ),
            models.UniqueConstraint(
                fields=["honour"],
                condition=Q(state__in=["open", "notified", "proposed"]) & Q(honour__isnull=False),
                name="inquiry_one_open_an_honour",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="inquiry_by_state"),
            models.Index(fields=["unit", "state"], name="inquiry_by_unit"),
        ]

    def __str__(self) -> str:
        return self.number


class InquiryFile(models.Model):
    """A piece of evidence, or what the person concerned handed in (`concerned`). Bytes lie sealed like all files."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="files")
    title = models.CharField(max_length=120)
    name = models.CharField("原文件名", max_length=200)
    kind = models.CharField(max_length=12)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=120, unique=True)
    concerned = models.BooleanField("当事人提交", default=False)
    uploaded_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title
