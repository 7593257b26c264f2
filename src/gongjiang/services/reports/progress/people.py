"""The people and the entries behind a figure: the same marks that were counted, as far as one may see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.models import ActivityEntry, Honour
from gongjiang.services.reports.progress.seats import Seat

PAGE = 50
NARROWING = ("level", "year", "state", "province", "gender", "age", "ownership", "edition")
NONE = "—"
"""Asks for those of whom something isn't known."""


@dataclass(frozen=True)
class People:
    """One page. `n`: how many there are in all; `after`: where the next page begins, 0 at the end."""

    rows: list[Honour]
    n: int
    after: int


@dataclass(frozen=True)
class Entries:
    """One page of what they did."""

    rows: list[ActivityEntry]
    n: int
    after: int


def people(actor: Actor, seat: Seat, asked: Mapping[str, str], *, after: int = 0, limit: int = PAGE) -> People:
    """Honours that a figure counts, the latest first. Two queries."""
    found = narrowed(seat.honours(actor), asked)
    n = found.count()
    rows = found.filter(pk__lt=after) if after else found
    page = list(rows.select_related("mark", "case__applying_unit", "edition").order_by("-pk")[: limit + 1])
    return People(page[:limit], n, page[limit - 1].pk if len(page) > limit else 0)


def entries(actor: Actor, seat: Seat, asked: Mapping[str, str], *, after: int = 0, limit: int = PAGE) -> Entries:
    """Entries that a figure counts (`year`: of the entry), the latest first. Two queries."""
    honours = narrowed(seat.honours(actor), {key: asked.get(key, "") for key in ("level", "province")})
    found = ActivityEntry.objects.filter(honour__in=honours.order_by().values("pk"))
    found = found.exclude(state=ActivityEntry.State.WITHDRAWN)
    if asked.get("kind"):
        found = found.filter(kind=asked["kind"])
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    if asked.get("year"):
        year = _year(asked["year"])
        found = found.filter(on__year=year) if year else found.none()
    n = found.count()
    rows = found.filter(pk__lt=after) if after else found
    page = list(rows.select_related("honour__mark").order_by("-pk")[: limit + 1])
    return Entries(page[:limit], n, page[limit - 1].pk if len(page) > limit else 0)


def narrowed(rows: QuerySet[Honour], asked: Mapping[str, str]) -> QuerySet[Honour]:
    """Those with these values. Several of a kind are joined by commas."""
    for name in NARROWING:
        value = asked.get(name, "")
        if not value:
            continue
        if name == "year":
            rows = rows.filter(mark__year=_year(value))
        elif name == "edition":
            rows = rows.filter(edition=_key(value))
        else:
            rows = rows.filter(**{f"mark__{name}__in": [""] if value == NONE else value.split(",")})
    return rows


def _key(text: str) -> int:
    """An edition's key; one that none has, if it is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _year(text: str) -> int:
    """A year as a number; one in which nothing is, if it is none."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else 0
