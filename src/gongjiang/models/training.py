"""Camps, courses and activities of artisans, who comes to them, the rounds of 测—学—践—评 (ledger M-08, M-10, M-11)."""

from django.db import models
from django.db.models import F, Q


class TrainingEvent(models.Model):
    """A camp, course or activity that an organisation holds for artisans. `kind`: a word of rules/cultivation/kinds.

    `seats` None: as many as come. `taken` is counted under the row's own guard, never beyond `seats`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "筹备中"
        OPEN = "open", "已发布"
        CANCELLED = "cancelled", "已取消"

    class Mode(models.TextChoices):
        ONSITE = "onsite", "线下"
        ONLINE = "online", "线上"
        BOTH = "both", "线上线下结合"

    organisation = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="training")
    kind = models.CharField(max_length=16)
    title = models.CharField("名称", max_length=80)
    host = models.CharField("承办单位", max_length=80, blank=True)
    mode = models.CharField("方式", max_length=8, choices=Mode, default=Mode.ONSITE)
    place = models.CharField("地点", max_length=120, blank=True)
    link = models.CharField("线上地址", max_length=300, blank=True)
    about = models.TextField("安排和要求", max_length=2000, blank=True)
    power = models.CharField("着重提升", max_length=20, blank=True)
    first = models.DateField("开始日期")
    last = models.DateField("结束日期")
    last_day = models.DateField("报名截止", null=True, blank=True)
    seats = models.PositiveIntegerField("名额", null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    editions = models.ManyToManyField("gongjiang.Edition", blank=True, related_name="training")
    level = models.CharField("面向级别", max_length=12, blank=True)
    invited_only = models.BooleanField("只限受邀", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reason = models.CharField("取消的理由", max_length=200, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="training_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1, taken__lte=F("seats")), name="training_seats_hold"
            ),
        ]
        indexes = [models.Index(fields=["state", "-last", "-id"], name="training_by_day")]

    def __str__(self) -> str:
        return self.title


class TrainingSession(models.Model):
    """One sitting of an event, at which attendance is taken: by `code` within its time, or on the list."""

    event = models.ForeignKey(TrainingEvent, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField("内容", max_length=80)
    starts = models.DateTimeField("开始")
    ends = models.DateTimeField("结束")
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, default=0)
    place = models.CharField("地点", max_length=120, blank=True)
    code = models.CharField(max_length=6)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="session_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="session_hours_positive"),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingPlace(models.Model):
    """An artisan's place at an event: invited, signed up, waiting for a seat, or gone again. One a person and event."""

    class State(models.TextChoices):
        INVITED = "invited", "已邀请"
        SIGNED = "signed", "已报名"
        WAITING = "waiting", "候补"
        LEFT = "left", "已退出"

    event = models.ForeignKey(TrainingEvent, on_delete=models.CASCADE, related_name="places", db_index=False)
    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="training")
    state = models.CharField(max_length=8, choices=State)
    invited = models.BooleanField(default=False)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "honour"], name="training_place_once")]
        indexes = [models.Index(fields=["event", "state", "at", "id"], name="training_queue")]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.event_id} {self.state}"


class SessionPresence(models.Model):
    """Whether somebody was at a session, how that is known, and how often a wrong code was typed for it."""

    class How(models.TextChoices):
        CODE = "code", "签到码"
        LIST = "list", "名单"

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="presence", db_index=False)
    place = models.ForeignKey(TrainingPlace, on_delete=models.CASCADE, related_name="presence")
    here = models.BooleanField(default=False)
    how = models.CharField(max_length=4, choices=How, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "place"], name="presence_once"),
            models.CheckConstraint(condition=Q(tries__lte=5), name="presence_tries_end"),
            models.CheckConstraint(condition=Q(here=False) | ~Q(how=""), name="presence_is_known_somehow"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.place_id} {self.here}"


class LearningRound(models.Model):
    """One round of 测—学—践—评 in an artisan's term; one runs at a time. `hours`: learning hours that are wanted."""

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="rounds", db_index=False)
    ordinal = models.PositiveSmallIntegerField()
    title = models.CharField("名称", max_length=60)
    begun = models.DateField("开始日期")
    ended = models.DateField("结束日期", null=True, blank=True)
    hours = models.DecimalField("应学学时", max_digits=6, decimal_places=1, default=0)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["honour", "ordinal"], name="round_once"),
            models.UniqueConstraint(fields=["honour"], condition=Q(ended__isnull=True), name="round_one_at_a_time"),
            models.CheckConstraint(condition=Q(ended__isnull=True) | Q(ended__gte=F("begun")), name="round_ends_after"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="round_hours_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.title}"


class PowerScore(models.Model):
    """The score of one power at one moment of a round, 0 to 100. A correction takes the old one's place and is
    told in the audit log."""

    class Moment(models.TextChoices):
        ENTRY = "entry", "入学测评"
        EVALUATION = "evaluation", "结业评价"

    round = models.ForeignKey(LearningRound, on_delete=models.CASCADE, related_name="scores", db_index=False)
    moment = models.CharField(max_length=10, choices=Moment)
    power = models.CharField(max_length=20)
    score = models.DecimalField(max_digits=5, decimal_places=2)
    on = models.DateField("日期")
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "moment", "power"], name="power_scored_once"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=100), name="power_score_to_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.power} {self.score}"


class PracticeTask(models.Model):
    """A practice task of a round: set, handed in with files, accepted or given back."""

    class State(models.TextChoices):
        SET = "set", "待完成"
        HANDED = "handed", "待验收"
        RETURNED = "returned", "退回修改"
        ACCEPTED = "accepted", "已验收"

    round = models.ForeignKey(LearningRound, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField("任务", max_length=80)
    what = models.CharField("要求", max_length=500, blank=True)
    power = models.CharField("对应", max_length=20, blank=True)
    due = models.DateField("完成期限", null=True, blank=True)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, default=0)
    text = models.CharField("完成情况", max_length=1000, blank=True)
    note = models.CharField("验收意见", max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.SET)
    handed_at = models.DateTimeField(null=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hours__gte=0), name="task_hours_positive")]
        indexes = [models.Index(fields=["state", "due"], condition=~Q(state="accepted"), name="task_not_done")]

    def __str__(self) -> str:
        return self.title


class CultivationFile(models.Model):
    """A file of a cultivation: material of an event, evidence of an entry in the log or of a milestone, or what was
    handed in for a task. Of exactly one of them."""

    event = models.ForeignKey(TrainingEvent, null=True, on_delete=models.CASCADE, related_name="files")
    entry = models.ForeignKey("gongjiang.ActivityEntry", null=True, on_delete=models.CASCADE, related_name="files")
    task = models.ForeignKey(PracticeTask, null=True, on_delete=models.CASCADE, related_name="files")
    milestone = models.ForeignKey("gongjiang.Milestone", null=True, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=120)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=120)
    removed_at = models.DateTimeField(null=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, entry__isnull=True, task__isnull=True, milestone__isnull=True)
                | Q(event__isnull=True, entry__isnull=False, task__isnull=True, milestone__isnull=True)
                | Q(event__isnull=True, entry__isnull=True, task__isnull=False, milestone__isnull=True)
                | Q(event__isnull=True, entry__isnull=True, task__isnull=True, milestone__isnull=False),
                name="cultivation_file_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.title
