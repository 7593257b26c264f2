"""Seats of pools: taken and given back under a guard that the database keeps at any concurrency.

The update counts up only while a place is free, and a CHECK stands behind it: 16 threads that ask for
the last place give it to exactly one (TRUST 1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from gongjiang.kernel.errors import QuotaFull
from gongjiang.models import Case, PoolCount, PoolSeat


@dataclass(frozen=True, slots=True)
class SeatAsked:
    """One place of one pool's group."""

    pool: str
    group: str
    limit: int
    label: str


def _count_up(count_id: int) -> bool:
    """Take one place if one is free: compare and set in a single statement."""
    return PoolCount.objects.filter(pk=count_id, used__lt=F("limit")).update(used=F("used") + 1) == 1


@transaction.atomic
def take_seats(*, case: Case, seats: Iterable[SeatAsked], at: datetime) -> int:
    """Sit the case in every count; a seat it has already is not taken twice. Returns how many were new.

    Raises QuotaFull naming the pool, its places and what to do; nothing is taken then.
    """
    taken = 0
    for seat in sorted(seats, key=lambda one: (one.pool, one.group)):  # one order for all: no deadlock
        count, _ = PoolCount.objects.get_or_create(
            process_id=case.process_id, pool=seat.pool, group=seat.group, defaults={"limit": seat.limit}
        )
        _, made = PoolSeat.objects.get_or_create(count=count, case=case, defaults={"taken_at": at})
        if not made:
            continue
        if not _count_up(count.pk):
            raise QuotaFull(
                f"{seat.label}共 {count.limit} 名，已全部用完。请先撤回或调出一人，再列入{case.title or '此人'}。",
                "No place left in this quota; withdraw one first.",
                place=seat.label,
            )
        taken += 1
    return taken


@transaction.atomic
def release_seats(*, case: Case, pools: Iterable[str] | None = None) -> int:
    """Give back the case's places (of these pools, or all): withdrawn, refused, not kept."""
    seats = PoolSeat.objects.select_for_update().filter(case=case)
    if pools is not None:
        seats = seats.filter(count__pool__in=list(pools))
    freed = 0
    for seat in seats.order_by("count_id"):
        PoolCount.objects.filter(pk=seat.count_id, used__gt=0).update(used=F("used") - 1)
        seat.delete()
        freed += 1
    return freed
