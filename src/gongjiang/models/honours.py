"""Honours: what was conferred on whom, at which tier, from when, until when, and whether it stands."""

from django.db import models
from django.db.models import F, Q


class NamingDocument(models.Model):
    """The document that names: number, issuers, date."""

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="naming_documents")
    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField(max_length=160)
    addressee = models.CharField("主送", max_length=200, blank=True)
    body = models.TextField("正文各段，每段一行", blank=True)
    issuers = models.JSONField(default=list)
    issued_on = models.DateField()
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Honour(models.Model):
    """An award that somebody holds. Trainee (培育对象) and standing artisan are two states (ledger X-06).

    `document` chose or named; `confirmed`: the one by which a trainee became an artisan, with the title before that in
    `first_title`.
    """

    class State(models.TextChoices):
        TRAINEE = "trainee", "培育对象"
        STANDS = "stands", "已命名"
        SUSPENDED = "suspended", "暂停"
        ENDED = "ended", "期满"
        REVOKED = "revoked", "已撤销"

    subject = models.ForeignKey("gongjiang.Subject", on_delete=models.PROTECT, related_name="honours")
    case = models.OneToOneField(
        "gongjiang.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="honour"
    )
    edition = models.ForeignKey(
        "gongjiang.Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="honours"
    )
    document = models.ForeignKey(
        NamingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="honours"
    )
    confirmed = models.ForeignKey(
        NamingDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="confirmed"
    )
    first_title = models.CharField("入选时的称号", max_length=80, blank=True)
    programme = models.CharField("项目", max_length=60)
    register = models.CharField("名册", max_length=60, blank=True)
    level = models.CharField(max_length=12, blank=True)
    award = models.CharField(max_length=40)
    tier = models.CharField(max_length=40, blank=True)
    title = models.CharField("称号", max_length=80)
    name = models.CharField("姓名或名称", max_length=60)
    shown = models.JSONField("公开信息", default=dict)
    state = models.CharField(max_length=10, choices=State)
    from_date = models.DateField()
    until = models.DateField(null=True, blank=True)
    provenance = models.CharField("来源", max_length=120, default="本平台命名")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "edition", "award"],
                condition=Q(edition__isnull=False) & ~Q(state="revoked"),
                name="honour_once_an_edition",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("from_date")), name="honour_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-from_date", "-id"], name="honour_register"),
            models.Index(fields=["-from_date", "-id"], name="honour_newest"),
            models.Index(fields=["edition", "state", "from_date", "subject"], name="honour_of_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"


class Coverage(models.Model):
    """What the register knows completely: a programme, since a day (always, if empty).

    Outside that, “none found” is unknown, never “none” (mechanisms 8).
    """

    programme = models.CharField(max_length=60, unique=True)
    since = models.DateField(null=True, blank=True)
    source = models.CharField("依据", max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.programme} {self.since or ''}"


class DutyChange(models.Model):
    """A change of what somebody chosen owes to keep as it is (the employer, for three years): declared, then decided
    by each approver in turn (jiangsu-2026 四.2; ledger J-10). `decisions`: [{role, agreed, text, by, name, at}]."""

    class State(models.TextChoices):
        WAITING = "waiting", "待批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="duty_changes")
    obligation = models.CharField(max_length=40)
    before = models.CharField("原", max_length=120)
    after = models.CharField("变更为", max_length=120)
    on = models.DateField("变更日期")
    reason = models.CharField("理由", max_length=500)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decisions = models.JSONField(default=list)
    declared_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "obligation"], condition=Q(state="waiting"), name="duty_change_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.obligation}: {self.after}"
