"""Public notices, the entry of each person with its own clock, and objections."""

from django.db import models
from django.db.models import F, Q


class Notice(models.Model):
    """A list shown to the public for its days. Later notices of a stage hold those who moved up.

    `unit`: whose own people stand on it, where each nominating unit publishes its own.
    """

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="notices")
    unit = models.ForeignKey("gongjiang.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60, unique=True)
    ordinal = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    issuer = models.CharField(max_length=120)
    body = models.TextField(help_text="正文各段，每段一行")
    contact = models.JSONField(default=dict)
    shows = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    days = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    kept_until = models.DateField("网上保留至", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "stage", "ordinal"], name="notice_ordinal_once"),
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="notice_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeEntry(models.Model):
    """One person on a notice; only the fields that the pack lists are kept here."""

    class State(models.TextChoices):
        RUNNING = "running", "公示中"
        ENDED = "ended", "公示期满"
        STRUCK = "struck", "已取消"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="entries")
    case = models.ForeignKey("gongjiang.Case", on_delete=models.PROTECT, related_name="notice_entries")
    shown = models.JSONField(default=dict)
    position = models.PositiveIntegerField()
    section = models.CharField("奖项、档次", max_length=80, blank=True)
    group = models.CharField(max_length=30, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "case"], name="notice_entry_once")]

    def __str__(self) -> str:
        return f"{self.notice}: {self.case}"


class NoticePosting(models.Model):
    """That a notice stood in a medium on a day, with what shows it: an address, a picture, or both.

    `stored`: name of the picture in storage, empty where there is none. `removed_at`: recorded by mistake.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="postings")
    medium = models.CharField("媒体", max_length=60)
    posted_on = models.DateField("刊登日期")
    link = models.CharField("网址", max_length=500, blank=True)
    note = models.CharField("版面、位置", max_length=120, blank=True)
    stored = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(link="") | ~Q(stored=""), name="posting_shows_something"),
        ]

    def __str__(self) -> str:
        return f"{self.notice}: {self.medium}"


class Objection(models.Model):
    """Somebody's objection, signed, by a unit, or anonymous; followed by its receipt number."""

    class State(models.TextChoices):
        RECEIVED = "received", "已收到"
        ADMITTED = "admitted", "已受理"
        REFUSED = "refused", "不予受理"
        VERIFYING = "verifying", "核实中"
        DECIDED = "decided", "已办结"

    class Signed(models.TextChoices):
        NAMED = "named", "实名"
        UNIT = "unit", "单位"
        ANONYMOUS = "anonymous", "匿名"

    entry = models.ForeignKey(NoticeEntry, on_delete=models.PROTECT, related_name="objections")
    receipt = models.CharField("受理编号", max_length=24, unique=True)
    secret = models.CharField("查询码哈希", max_length=64)
    signed = models.CharField(max_length=10, choices=Signed)
    from_sealed = models.TextField("反映人（加密）", blank=True)
    text = models.TextField("内容（加密）")
    fingerprint = models.CharField("内容的键控哈希", max_length=64, blank=True)
    times = models.PositiveIntegerField("相同内容的次数", default=1)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    refusal = models.CharField("不予受理的理由", max_length=500, blank=True)
    refused_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refusal_confirmed_by = models.ForeignKey(
        "gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finding = models.TextField("核实情况", blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    answer = models.TextField("答复", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField("决定依据", max_length=200, blank=True)
    proposed = models.CharField("拟作的处理", max_length=20, blank=True)
    proposed_answer = models.TextField("拟作的答复", blank=True)
    proposed_basis = models.CharField("拟写的决定依据", max_length=200, blank=True)
    proposed_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused")
                | (
                    Q(refused_by__isnull=False)
                    & Q(refusal_confirmed_by__isnull=False)
                    & ~Q(refusal="")
                    & ~Q(refused_by=F("refusal_confirmed_by"))
                ),
                name="refusal_needs_reason_and_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="decided_objection_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(proposed_by=None) | ~Q(proposed_by=F("decided_by")),
                name="proposed_objection_needs_two",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="objection_by_state"),
            models.Index(fields=["entry", "fingerprint"], name="objection_same_text"),
        ]

    def __str__(self) -> str:
        return self.receipt
