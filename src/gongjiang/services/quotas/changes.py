"""Places given or lost after the notice: a unit's place is cancelled, allotted to a body below it, or recalled.

The guard's limit and the record change in one transaction, under the count's lock: whoever asks for a place at
the same moment gets one or is refused, and the CHECK stands behind both (TRUST 1).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.models import Case, PlaceChange, PoolCount, Process
from gongjiang.services.audit.append import append
from gongjiang.services.quotas.guard import SeatAsked


def changes_of(process: Process) -> dict[str, dict[str, int]]:
    """Pool → group → places more or fewer than the notice gives, in one query."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = PlaceChange.objects.filter(process=process).values_list("pool", "group").annotate(sum=Sum("places"))
    for pool, group, places in rows.order_by("pool", "group"):
        if places:
            found[pool][group] = places
    return found


@transaction.atomic
def change_places(
    *,
    actor: Actor,
    at: datetime,
    process: Process,
    seat: SeatAsked,
    places: int,
    kind: PlaceChange.Kind,
    reason: str,
    case: Case | None = None,
    other: str = "",
) -> PlaceChange:
    """Give a group so many places more (or fewer). `seat`: the pool's group with its limit as it stands now.

    Raises Refused where it has not so many unused places, BadInput without a reason.
    """
    if not reason.strip():
        raise BadInput("请写明理由。", "Give the reason.", place="理由")
    PoolCount.objects.get_or_create(process=process, pool=seat.pool, group=seat.group, defaults={"limit": seat.limit})
    count = PoolCount.objects.select_for_update().get(process=process, pool=seat.pool, group=seat.group)
    if count.limit + places < count.used:
        raise Refused(
            f"{seat.label}共 {count.limit} 名，已用 {count.used} 名，不能减少 {-places} 名。请先撤回或调出。",
            "Not so many places are unused.",
            place=seat.label,
        )
    PoolCount.objects.filter(pk=count.pk).update(limit=count.limit + places)
    made = PlaceChange.objects.create(
        process=process,
        pool=seat.pool,
        group=seat.group,
        places=places,
        kind=kind,
        other=other,
        reason=reason.strip()[:500],
        case=case,
        by_id=actor.user_id,
        at=at,
    )
    append(
        actor=actor,
        at=at,
        action=f"places.{kind.value}",
        kind="pool",
        key=count.pk,
        case_id=case.pk if case is not None else None,
        edition_id=process.edition_id,
        data={
            "pool": seat.pool,
            "group": seat.group,
            "places": places,
            "other": other,
            "limit": count.limit + places,
            "reason": reason,
        },
    )
    return made


@dataclass(frozen=True, slots=True)
class Move:
    """A group's places moved by so many; `other`: the group at the other end."""

    seat: SeatAsked
    places: int
    other: str


def net_between(process: Process, pool: str, group: str, other: str) -> int:
    """How many places a group holds from another one: given to it less what was taken back."""
    rows = PlaceChange.objects.filter(process=process, pool=pool, group=group, other=other)
    return int(rows.aggregate(sum=Sum("places"))["sum"] or 0)


@transaction.atomic
def move_places(
    *, actor: Actor, at: datetime, process: Process, moves: Sequence[Move], kind: PlaceChange.Kind, reason: str
) -> tuple[PlaceChange, ...]:
    """All these moves of one pool or none, in the order given. Raises Refused where too few places are unused."""
    seats = {one.seat.group for one in moves}
    if len(seats) != len(moves) or len({one.seat.pool for one in moves}) != 1 or not all(one.places for one in moves):
        raise BadInput("名额须是同一口径下不同单位之间的正整数。", "Whole places between units.", place="名额")
    made = {
        one.seat.group: change_places(
            actor=actor,
            at=at,
            process=process,
            seat=one.seat,
            places=one.places,
            kind=kind,
            reason=reason,
            other=one.other,
        )
        for one in sorted(moves, key=lambda one: one.seat.group)  # one order for all: no deadlock
    }
    return tuple(made[one.seat.group] for one in moves)
