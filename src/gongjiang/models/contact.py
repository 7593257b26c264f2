"""Regular contact with artisans (measures-2025 第二十条; ledger M-16): who was spoken to, what they asked, mid-term."""

from django.db import models
from django.db.models import F, Q


class Contact(models.Model):
    """One time that somebody who looks after an artisan spoke with them. What was said is the organisation's record,
    apart from the artisan's own log. `batch`: several contacted at once (a seminar) share one word."""

    class Way(models.TextChoices):
        VISIT = "visit", "走访"
        CALL = "call", "电话"
        MESSAGE = "message", "信息"
        MEETING = "meeting", "座谈"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="contacts", db_index=False)
    on = models.DateField("日期")
    way = models.CharField("方式", max_length=8, choices=Way)
    who = models.CharField("联系人", max_length=60)
    said = models.CharField("情况", max_length=1000, blank=True)
    batch = models.CharField(max_length=16, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("撤回的理由", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""), name="contact_withdrawn_with_reason"
            )
        ]
        indexes = [models.Index(fields=["honour", "-on", "-id"], name="contact_of_honour")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_way_display()}"


class ContactLatest(models.Model):
    """The day of an honour's last contact that stands, and how many stand: kept beside them, so that millions need not
    be read to find who was forgotten. No row, or `last` None: never contacted since the naming."""

    honour = models.OneToOneField(
        "gongjiang.Honour", primary_key=True, on_delete=models.CASCADE, related_name="contact_latest"
    )
    last = models.DateField(null=True, blank=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True, times=0) | Q(last__isnull=False, times__gt=0),
                name="contact_latest_counts",
            )
        ]
        indexes = [models.Index(fields=["last"], name="contact_latest_by_day")]

    def __str__(self) -> str:
        return f"{self.honour_id}: {self.last}"


class Concern(models.Model):
    """Something an artisan asked or complained of: open until it is answered, by a day."""

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="concerns")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="concerns")
    text = models.CharField("诉求", max_length=500)
    due = models.DateField("答复期限")
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="concern_answered_in_words",
            )
        ]
        indexes = [models.Index(fields=["due"], condition=Q(answered_at__isnull=True), name="concern_open_by_day")]

    def __str__(self) -> str:
        return self.text


class MidtermCheck(models.Model):
    """期中检查: how a cultivation stands halfway, one a day for an honour."""

    class Outcome(models.TextChoices):
        ON_TRACK = "on_track", "按方案进行"
        BEHIND = "behind", "进度滞后"
        STOPPED = "stopped", "中断，需要调整"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="midterm_checks")
    on = models.DateField("检查日期")
    outcome = models.CharField("结论", max_length=10, choices=Outcome)
    text = models.CharField("情况", max_length=1000)
    measures = models.CharField("改进措施", max_length=500, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["honour", "on"], name="midterm_check_once_a_day"),
            models.CheckConstraint(
                condition=Q(outcome="on_track") | ~Q(measures=""), name="midterm_check_says_what_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_outcome_display()}"


class ContactRhythm(models.Model):
    """After how many months without contact an edition's artisans are due, as its office set it."""

    edition = models.OneToOneField("gongjiang.Edition", on_delete=models.CASCADE, related_name="contact_rhythm")
    months = models.PositiveSmallIntegerField("月数")
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(months__gte=1, months__lte=24), name="contact_rhythm_months")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.months}"


class Studio(models.Model):
    """创新工作室 of an artisan (measures-2025 第二十一条; ledger M-18)."""

    honour = models.OneToOneField("gongjiang.Honour", on_delete=models.CASCADE, related_name="studio")
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=12, blank=True)
    founded = models.DateField("成立日期")
    members = models.PositiveSmallIntegerField("成员人数")
    achievements = models.CharField("成果", max_length=1000, blank=True)
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded")), name="studio_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(members__gte=1), name="studio_has_members"),
        ]

    def __str__(self) -> str:
        return self.name


class EnterpriseYear(models.Model):
    """What the enterprise did for an artisan in a year (第二十一条): its system of cultivation, support for taking
    part, social responsibility, pay by ability. `pay`: yearly pay in yuan, sealed, where the unit tells it at all."""

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="enterprise_years")
    year = models.PositiveSmallIntegerField("年度")
    system = models.CharField("培育工作制度", max_length=300, blank=True)
    support = models.CharField("支持参加培育活动", max_length=300, blank=True)
    support_days = models.PositiveSmallIntegerField("脱产支持天数", null=True, blank=True)
    responsibility = models.CharField("履行社会责任", max_length=300, blank=True)
    pay_band = models.CharField("薪酬待遇", max_length=10, blank=True)
    pay_note = models.CharField("薪酬待遇的落实", max_length=300, blank=True)
    pay = models.CharField("年收入（加密）", max_length=200, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["honour", "year"], name="enterprise_year_once"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="enterprise_year_of_our_time"),
            models.CheckConstraint(
                condition=Q(support_days__isnull=True) | Q(support_days__lte=366), name="enterprise_days_of_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.year}"
