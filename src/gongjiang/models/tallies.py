"""Kept figures: what each honour counts as, and how many count so under each organisation and edition.

Both follow from honours and activity entries and can be made anew at any time (`gongjiang tallies rebuild`).
"""

from django.db import models
from django.db.models import Q


class HonourMark(models.Model):
    """What an honour counts as (rules/honours/tallying.Mark). Lists behind a figure are drawn from these rows, so that
    a figure and its list can't differ. The person's values are those of the naming."""

    honour = models.OneToOneField("gongjiang.Honour", primary_key=True, on_delete=models.CASCADE, related_name="mark")
    level = models.CharField(max_length=12, blank=True)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    province = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    age = models.CharField(max_length=20, blank=True)
    ownership = models.CharField(max_length=40, blank=True)
    programme = models.CharField(max_length=60, blank=True)
    path = models.CharField("主办单位在树中的位置", max_length=255, blank=True)
    nominator = models.BigIntegerField(null=True)
    edition = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["path", "level", "state"], name="mark_by_path"),
            models.Index(fields=["nominator"], name="mark_by_nominator"),
            models.Index(fields=["edition"], name="mark_by_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.level} {self.year} {self.state}"


class ListedMark(models.Model):
    """What somebody of an imported register counts as: once a level, however many lists name them, and not at all
    where an honour of this platform at that level does. The row of the list is the one that tells the state."""

    entry = models.OneToOneField(
        "gongjiang.RegistryEntry", primary_key=True, on_delete=models.CASCADE, related_name="mark"
    )
    subject = models.ForeignKey("gongjiang.Subject", on_delete=models.CASCADE, related_name="listed_marks")
    level = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    province = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    age = models.CharField(max_length=20, blank=True)
    ownership = models.CharField(max_length=40, blank=True)
    programme = models.CharField(max_length=60, blank=True)
    path = models.CharField("导入单位在树中的位置", max_length=255, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "level"], name="listed_once_a_level")]
        indexes = [models.Index(fields=["path", "level", "state"], name="listed_by_path")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.level} {self.year} {self.state}"


class Tally(models.Model):
    """How many honours, or entries of their logs, stand in one cell (rules/honours/tallying.Cell)."""

    key = models.CharField(max_length=220, primary_key=True)
    scope = models.CharField(max_length=20)
    of = models.CharField(max_length=10)
    facet = models.CharField(max_length=10)
    level = models.CharField(max_length=12, blank=True)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    value = models.CharField(max_length=60, blank=True)
    n = models.IntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(n__gte=0), name="tally_not_below_zero")]
        indexes = [models.Index(fields=["scope", "of", "facet"], name="tally_of_scope")]

    def __str__(self) -> str:
        return f"{self.key}: {self.n}"
