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
