"""What waits at plans as a list: one kind at a time, with how many there are of each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.models import Honour, Milestone
from gongjiang.services.cultivation.plans.waiting import (
    KINDS,
    claimed_milestones,
    drafts_on_desk,
    late_milestones,
    planless,
    to_agree,
)

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One artisan with what waits there. `due`, `title`: of a milestone; `number`: of a version."""

    honour: Honour
    title: str = ""
    due: date | None = None
    number: int = 0
    milestone: int = 0


@dataclass(frozen=True)
class Listed:
    """A page of one kind. `counts`: (kind, label, how many); `after`: where the next page begins, 0 at the end."""

    lines: tuple[Line, ...]
    counts: tuple[tuple[str, str, int], ...]
    after: int


def listed(actor: Actor, at: datetime, kind: str, *, after: int = 0, limit: int = PAGE) -> Listed:
    """What waits, the latest entered last; for whom looks after artisans. A query a kind, and one for the page."""
    queues: dict[str, QuerySet[Any]] = {
        "turn": drafts_on_desk(actor),
        "agree": to_agree(actor),
        "late": late_milestones(actor, at),
        "confirm": claimed_milestones(actor),
        "none": planless(actor),
    }
    counts = tuple((name, label, queues[name].count()) for name, label in KINDS.items())
    related = ("case__applying_unit", "edition")
    names = related if kind == "none" else tuple(f"honour__{one}" for one in related)
    rows = queues[kind].filter(pk__gt=after).select_related(*names).order_by("pk")
    found = list(rows[: limit + 1])
    more = found[limit - 1].pk if len(found) > limit else 0
    return Listed(tuple(_line(one) for one in found[:limit]), counts, more)


def _line(one: Any) -> Line:
    if isinstance(one, Honour):
        return Line(one)
    if isinstance(one, Milestone):
        return Line(one.honour, one.title, one.due, milestone=one.pk)
    return Line(one.honour, number=one.number)
