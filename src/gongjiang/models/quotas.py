"""The only count there is: hard whole-number maxima of pools, guarded by the database itself."""

from django.db import models
from django.db.models import F, Q


class PoolCount(models.Model):
    """Used and allowed places of one pool for one group ('' when the pool has no groups)."""

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="pool_counts")
    pool = models.CharField(max_length=60)
    group = models.CharField(max_length=120, blank=True)
    limit = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "pool", "group"], name="pool_count_once"),
            models.CheckConstraint(condition=Q(used__lte=F("limit")), name="pool_never_exceeded"),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.group}: {self.used}/{self.limit}"


class PoolSeat(models.Model):
    """A case sits in a count once, however often it is sent."""

    count = models.ForeignKey(PoolCount, on_delete=models.CASCADE, related_name="seats")
    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="pool_seats")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["count", "case"], name="pool_seat_once")]

    def __str__(self) -> str:
        return f"{self.case} in {self.count}"


class PlaceChange(models.Model):
    """Places that a group of a pool was given or lost after the notice: cancelled, allotted downwards, recalled,
    granted to a body that entered by approval. `other`: the group at the other end of a move.

    What stands is the pack's number plus all changes; `PoolCount.limit` is moved in the same transaction.
    """

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", "取消"
        ALLOTTED = "allotted", "分配"
        RECALLED = "recalled", "收回"
        GRANTED = "granted", "批准调剂"

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="place_changes")
    pool = models.CharField(max_length=60)
    group = models.CharField(max_length=120, blank=True)
    places = models.IntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    other = models.CharField(max_length=120, blank=True, default="")
    reason = models.CharField(max_length=500)
    case = models.ForeignKey("gongjiang.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(places=0), name="place_change_changes"),
            models.CheckConstraint(condition=~Q(kind="cancelled") | Q(places__lt=0), name="cancelled_places_are_lost"),
        ]
        indexes = [models.Index(fields=["process", "pool", "group"], name="place_change_of_pool")]

    def __str__(self) -> str:
        return f"{self.pool} {self.group}: {self.places:+d}"
