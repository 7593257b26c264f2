"""Packs as published, editions, processes, judgements, calendars."""

from datetime import datetime

from django.db import models


class PackVersion(models.Model):
    """A pack's text as it was: an edition is judged by its own pack for ever."""

    pack_id = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=120)
    source = models.TextField()
    notice_text = models.TextField(blank=True)
    added_at = models.DateTimeField()
    upper = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="lower")

    def __str__(self) -> str:
        return f"{self.pack_id}@{self.version}"


class CalendarYear(models.Model):
    """A year of the State Council's arrangement of holidays; a year not here is refused, not guessed."""

    calendar = models.CharField(max_length=30, default="cn-state-council")
    year = models.PositiveSmallIntegerField()
    holidays = models.JSONField(default=list)
    worked = models.JSONField(default=list)
    source = models.CharField("依据文件", max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "year"], name="calendar_year_once")]

    def __str__(self) -> str:
        return f"{self.calendar} {self.year}"


class Edition(models.Model):
    """A pack put to work: its questions answered, its parties bound. Pins the pack's hash.

    A round of one of the pack's processes over honours or units (mechanisms 10) is an edition under the one that
    conferred: `parent`, `follows` (the process's id), `occurrence` (the how-manieth time). `special`: the decision by
    which it is held outside of the cycle that the pack names.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", "筹备中"
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT)
    organiser = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.PREPARING)
    params = models.JSONField(default=dict, help_text="参数的取值：通知所定，或答复所定")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="rounds")
    follows = models.CharField("流程", max_length=40, blank=True)
    occurrence = models.PositiveSmallIntegerField("第几次", default=1)
    special = models.CharField("特别届次的决定文号", max_length=60, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="preparing") | models.Q(opened_at__isnull=False), name="edition_open_has_time"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True, follows="")
                | (models.Q(parent__isnull=False) & ~models.Q(follows="")),
                name="edition_round_has_parent",
            ),
            models.UniqueConstraint(
                fields=["parent", "follows", "occurrence"],
                condition=models.Q(parent__isnull=False),
                name="edition_round_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EditionRole(models.Model):
    """Which organisation holds a role of the pack in this edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT)
    per_case = models.BooleanField(default=False, help_text="许多单位各管各的申报，如推荐单位")
    approved_by = models.CharField("批准依据", max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "role", "organisation"], name="edition_role_once")]

    def __str__(self) -> str:
        return f"{self.role}：{self.organisation}"


class Seat(models.Model):
    """A seat of a body (leading group, its office) in one edition, and who sits there."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=40)
    post = models.CharField("职务", max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    body = models.CharField("来自", max_length=60, blank=True)
    name = models.CharField(max_length=40, blank=True)
    user = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["role", "position", "id"]

    def __str__(self) -> str:
        return f"{self.post} {self.name}"


class Process(models.Model):
    """A run of stages: the nomination of an edition, or later a process over honours or units."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="processes")
    name = models.CharField(max_length=40, default="nomination")
    about = models.CharField(max_length=12, default="nomination")
    occurrence = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "name", "occurrence"], name="process_once"),
            models.CheckConstraint(
                condition=models.Q(about__in=["nomination", "honour", "unit"]), name="process_about_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.name}"


class Judgement(models.Model):
    """A recorded answer of a person: about a row, a case, a group, a unit or the edition.

    `key` says which one: '' (edition), 'case:12', 'row:12:contests:3', 'trade:焊工', 'unit:5'.
    A changed answer is a new record; the one that stands has `superseded` false.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="judgements")
    question = models.CharField(max_length=40)
    about = models.CharField(max_length=40)
    key = models.CharField(max_length=120, blank=True)
    case_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    answer = models.JSONField()
    basis = models.CharField("依据", max_length=500, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("gongjiang.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "question", "key"],
                condition=models.Q(superseded=False),
                name="judgement_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.key}: {self.answer}"


class Extension(models.Model):
    """A time of the pack moved by an officer, for all or for one organisation, with a reason.

    Taken back (`ended_at`), it holds until `ended_until`: the end of that day, or its own end if that comes first.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="extensions")
    time = models.CharField(max_length=40)
    organisation = models.ForeignKey("gongjiang.Organisation", null=True, blank=True, on_delete=models.PROTECT)
    opens = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_until = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.CharField("撤回的理由", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_until__isnull=True)
                | (models.Q(ended_at__isnull=False, ended_until__lte=models.F("until")) & ~models.Q(ended_why="")),
                name="extension_taken_back_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.time} → {self.until}"

    @property
    def holds_until(self) -> datetime:
        """The first moment too late under it."""
        return self.ended_until or self.until


class SampleClock(models.Model):
    """Only in an installation with sample data: how far its clock stands from the real one.

    A walk through a whole edition takes months; here an afternoon. Without a row the clock is real.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    offset_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_sample_clock")]

    def __str__(self) -> str:
        return f"{self.offset_seconds:+d} s"
