"""Benefits as they are given, appointments for them, and the money planned and spent (measures-2025 第十七、十八条)."""

from django.db import models
from django.db.models import F, Q

from gongjiang.models.organisations import Organisation


class Budget(models.Model):
    """Special funds (专项资金) of one organisation for one purpose in one year.

    `approved`: what stands approved; `beyond`: what an approver allowed above it, with a reason. `spent` and
    `committed` are kept sums of its items: the CHECK makes overspending impossible, whoever writes. All in 分, whole
    numbers, so that a sum is exact in every database.
    """

    class Purpose(models.TextChoices):
        TRAINING = "training", "培训研修"
        ACTIVITIES = "activities", "交流活动"
        BENEFITS = "benefits", "礼遇待遇"
        STUDIOS = "studios", "创新工作室"
        MENTORS = "mentors", "导师带徒"
        PLANS = "plans", "培育方案"
        ASSESSMENT = "assessment", "考核评价"
        PUBLICITY = "publicity", "宣传展示"
        OTHER = "other", "其他培育工作"

    organisation = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="budgets")
    level = models.CharField(max_length=12, choices=Organisation.Level)
    year = models.PositiveSmallIntegerField("年度")
    purpose = models.CharField("用途", max_length=12, choices=Purpose)
    approved = models.BigIntegerField("批准（分）", default=0)
    beyond = models.BigIntegerField("准予超出（分）", default=0)
    spent = models.BigIntegerField("已支出（分）", default=0)
    committed = models.BigIntegerField("已安排（分）", default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "purpose"], name="budget_once_a_purpose"),
            models.CheckConstraint(
                condition=Q(approved__gte=0) & Q(beyond__gte=0) & Q(spent__gte=0) & Q(committed__gte=0),
                name="budget_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(approved__gte=F("spent") + F("committed") - F("beyond")), name="budget_not_overspent"
            ),
        ]
        indexes = [models.Index(fields=["year", "level"], name="budgets_of_a_year")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.purpose}"


class BudgetVersion(models.Model):
    """A plan for a budget, put forward by one and decided by another; or what an approver allowed beyond it."""

    class Kind(models.TextChoices):
        PLAN = "plan", "预算"
        BEYOND = "beyond", "准予超出"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PLAN)
    amount = models.BigIntegerField("金额（分）")
    basis = models.CharField("依据和理由", max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("批复", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="budget_version_number_once"),
            models.UniqueConstraint(
                fields=["budget"], condition=Q(state="proposed"), name="budget_one_proposal_at_a_time"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_version_not_negative"),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_at__isnull=False), name="budget_version_decided_when"
            ),
            models.CheckConstraint(
                condition=~Q(kind="plan") | Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="budget_plan_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.number}: {self.amount}"


class Spending(models.Model):
    """One item against a budget: set aside (committed), spent with a receipt, or undone. `source` names the record that
    paid it out ('grant:12'), so that nothing is paid for twice; `honour`: whose benefit or plan it is for; `event`: the
    camp or activity that it is for."""

    class State(models.TextChoices):
        COMMITTED = "committed", "已安排"
        SPENT = "spent", "已支出"
        UNDONE = "undone", "已冲销"

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="items")
    label = models.CharField("事项", max_length=160)
    amount = models.BigIntegerField("金额（分）")
    state = models.CharField(max_length=10, choices=State)
    source = models.CharField(max_length=40, blank=True)
    honour = models.ForeignKey(
        "gongjiang.Honour", null=True, blank=True, on_delete=models.PROTECT, related_name="costs"
    )
    event = models.ForeignKey(
        "gongjiang.TrainingEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="costs"
    )
    payee = models.CharField("收款人", max_length=80, blank=True)
    on = models.DateField("日期")
    note = models.CharField("说明", max_length=300, blank=True)
    reason = models.CharField("冲销的理由", max_length=200, blank=True)
    receipt = models.CharField("凭证的文件名", max_length=160, blank=True)
    format = models.CharField(max_length=8, blank=True)
    stored = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="spending_positive"),
            models.CheckConstraint(condition=~Q(state="undone") | ~Q(reason=""), name="spending_undone_has_reason"),
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source="") & ~Q(state="undone"), name="spending_once_a_source"
            ),
        ]
        indexes = [models.Index(fields=["budget", "-on", "-id"], name="spending_newest")]

    def __str__(self) -> str:
        return f"{self.label} {self.amount}"


class ServiceOffer(models.Model):
    """A service to be booked (健康体检、疗休养 …) by whoever an edition's benefit is for: between two days, with so
    many places. `taken` is a kept count; the CHECK makes overbooking impossible."""

    edition = models.ForeignKey("gongjiang.Edition", on_delete=models.PROTECT, related_name="offers")
    benefit = models.CharField(max_length=48)
    label = models.CharField(max_length=80)
    place = models.CharField("地点", max_length=120)
    contact = models.CharField("联系人和电话", max_length=80, blank=True)
    note = models.CharField("须知", max_length=300, blank=True)
    first = models.DateField("自")
    last = models.DateField("至")
    book_by = models.DateField("预约截止")
    seats = models.PositiveIntegerField("名额")
    taken = models.PositiveIntegerField(default=0)
    closed = models.BooleanField("停止预约", default=False)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="offer_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(book_by__lte=F("last")), name="offer_booked_before_its_end"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="offer_not_overbooked"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.first}"


class BenefitGrant(models.Model):
    """One grant of one benefit to one payee, for a period of it: booked, given, or undone. What is given once with the
    naming is a Bestowal. `part`: which share of a divided sum; `own` benefits ('own:visit') have no period."""

    class State(models.TextChoices):
        BOOKED = "booked", "已预约"
        GIVEN = "given", "已给予"
        UNDONE = "undone", "已撤回"

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.PROTECT, related_name="grants")
    benefit = models.CharField(max_length=48)
    label = models.CharField(max_length=80)
    period = models.CharField(max_length=10, blank=True)
    period_label = models.CharField(max_length=40, blank=True)
    slot = models.PositiveSmallIntegerField(default=1)
    part = models.CharField(max_length=12, default="person")
    state = models.CharField(max_length=8, choices=State, default=State.GIVEN)
    on = models.DateField("日期")
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    payee = models.CharField("领取人", max_length=60)
    note = models.CharField("说明", max_length=200, blank=True)
    reason = models.CharField("撤回的理由", max_length=200, blank=True)
    receipt = models.CharField("凭证的文件名", max_length=160, blank=True)
    format = models.CharField(max_length=8, blank=True)
    stored = models.CharField(max_length=120, blank=True)
    offer = models.ForeignKey(ServiceOffer, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    giver = models.ForeignKey(
        "gongjiang.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["honour", "benefit", "period", "slot", "part"],
                condition=~Q(state="undone"),
                name="grant_once_a_period",
            ),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="grant_not_negative"),
            models.CheckConstraint(condition=~Q(state="undone") | ~Q(reason=""), name="grant_undone_has_reason"),
        ]
        indexes = [
            models.Index(fields=["honour", "-on", "-id"], name="grants_of_an_honour"),
            models.Index(fields=["benefit", "period"], name="grants_of_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.label} {self.period_label}"
