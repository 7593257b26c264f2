"""Meetings that decide a list: the body, who was there, votes, the record."""

from django.db import models


class Meeting(models.Model):
    """A collective decision about the list of one stage (and one unit, where units decide their own)."""

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="meetings")
    stage = models.CharField(max_length=40)
    group = models.CharField(max_length=120, blank=True)
    body = models.CharField("会议", max_length=80)
    held_on = models.DateField()
    chair = models.CharField("主持", max_length=40, blank=True)
    record = models.TextField("会议记录", blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"


class Attendance(models.Model):
    """Present, absent or recused."""

    class Kind(models.TextChoices):
        PRESENT = "present", "到会"
        ABSENT = "absent", "缺席"
        RECUSED = "recused", "回避"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PRESENT)

    def __str__(self) -> str:
        return f"{self.name} {self.get_kind_display()}"


class Sitting(models.Model):
    """A meeting while it is held: who is in the room, whom it is about just now, the votes. Its outcome becomes part
    of a `Meeting` when the list is closed.

    `terms`: rules.meetings.ballot.Terms. `secret`: papers are only counted, nobody's choice is kept.
    """

    class State(models.TextChoices):
        CALLED = "called", "未开始"
        RUNNING = "running", "进行中"
        ENDED = "ended", "已结束"

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="sittings")
    stage = models.CharField(max_length=40)
    group = models.CharField(max_length=120, blank=True)
    body = models.CharField("会议", max_length=80)
    held_on = models.DateField()
    chair = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    terms = models.JSONField()
    secret = models.BooleanField("无记名", default=False)
    state = models.CharField(max_length=8, choices=State, default=State.CALLED)
    current = models.ForeignKey("gongjiang.SittingItem", null=True, on_delete=models.SET_NULL, related_name="+")
    called_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "stage", "group"],
                condition=~models.Q(state="ended"),
                name="one_sitting_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"


class SittingMember(models.Model):
    """One of the body. Without an account somebody else marks them as present, and they vote on paper."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    post = models.CharField("职务", max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    came_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "name"], name="sitting_member_once")]

    def __str__(self) -> str:
        return self.name


class SittingItem(models.Model):
    """A case on the agenda."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    note = models.CharField("讨论要点", max_length=1000, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "case"], name="sitting_item_once")]

    def __str__(self) -> str:
        return f"{self.position} {self.case}"


class Recusal(models.Model):
    """A member leaves the room for an item: found by rule, or declared."""

    item = models.ForeignKey(SittingItem, on_delete=models.CASCADE, related_name="recusals")
    member = models.ForeignKey(SittingMember, on_delete=models.CASCADE, related_name="recusals")
    ground = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.member} {self.ground}"


class Ballot(models.Model):
    """A vote on an item. `members` and `present` are frozen when it opens; counts are shown after it closed."""

    item = models.ForeignKey(SittingItem, on_delete=models.CASCADE, related_name="ballots")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    members = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    votes_for = models.PositiveSmallIntegerField(default=0)
    votes_against = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)
    passed = models.BooleanField(null=True)
    said = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=models.Q(closed_at=None), name="one_open_ballot"),
            models.CheckConstraint(
                condition=models.Q(
                    present__gte=models.F("votes_for") + models.F("votes_against") + models.F("abstained")
                ),
                name="no_more_papers_than_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.said}"


class Vote(models.Model):
    """That a member has voted; what they voted only where the ballot is open."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(SittingMember, on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="one_vote_each")]

    def __str__(self) -> str:
        return f"{self.member}"
