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
