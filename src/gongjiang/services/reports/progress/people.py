"""The people and the entries behind a figure: the same marks that were counted, as far as one may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.models import ActivityEntry, Honour, ListedMark
from gongjiang.services.reports.progress.seats import Seat, asked_about

PAGE = 50
NARROWING = ("level", "year", "state", "province", "gender", "age", "ownership", "edition")
SOURCES = ("platform", "register")
REGISTER = SOURCES[1]
LISTED = "r"
"""Begins the mark of a page that is of people of registers."""
MOST_YEAR = 9999
NONE = "—"
"""Asks for those of whom something isn't known."""


@dataclass(frozen=True)
class Named:
    """One of those that a figure counts: named here (`honour_id`), or known from an imported register (`source` says
    which list). `unsure`: it is asked whether they are somebody else; `year` stands where no day is known."""

    name: str
    title: str
    level: str
    state: str
    unit: str
    province: str
    year: int
    day: date | None = None
    honour_id: int | None = None
    source: str = ""
    unsure: bool = False


@dataclass(frozen=True)
class People:
    """One page. `n`: how many there are in all; `after`: where the next page begins, blank at the end."""

    rows: list[Named]
    n: int
    after: str


@dataclass(frozen=True)
class Entries:
    """One page of what they did."""

    rows: list[ActivityEntry]
    n: int
    after: int


def people(actor: Actor, seat: Seat, asked: Mapping[str, str], *, after: str = "", limit: int = PAGE) -> People:
    """Honours that a figure counts, the latest first, then people of registers. Five queries at most."""
    honours, listed = _both(actor, seat, asked)
    n = honours.count() + listed.count()
    rows: list[Named] = []
    if not after.startswith(LISTED):
        key = _key(after)
        some = honours.filter(pk__lt=key) if key else honours
        page = list(some.select_related("mark", "case__applying_unit").order_by("-pk")[: limit + 1])
        if len(page) > limit:
            return People([_honour(one) for one in page[:limit]], n, str(page[limit - 1].pk))
        rows = [_honour(one) for one in page]
    key = _key(after.removeprefix(LISTED)) if after.startswith(LISTED) else 0
    more = listed.filter(pk__lt=key) if key else listed
    room = limit - len(rows)
    found = list(more.select_related("entry__source__register").order_by("-pk")[: room + 1])
    questioned = _questioned(found)
    rows += [_listed(one, one.pk in questioned) for one in found[:room]]
    if len(found) <= room:
        return People(rows, n, "")
    return People(rows, n, f"{LISTED}{found[room - 1].pk}" if room else LISTED)


def _both(actor: Actor, seat: Seat, asked: Mapping[str, str]) -> tuple[QuerySet[Honour], QuerySet[ListedMark]]:
    """Honours and people of registers; of either none where it is asked for the others only."""
    honours, listed = narrowed(seat.honours(actor), asked), narrowed_listed(seat.listed(), asked)
    source = asked.get("source")
    if source == REGISTER or asked.get("unsure"):
        honours = honours.none()
    if source and source != REGISTER:
        listed = listed.none()
    return honours, listed.filter(asked_about()) if asked.get("unsure") else listed


def _questioned(rows: Iterable[ListedMark]) -> set[int]:
    """Those of a page of whom it is asked who they are. One query."""
    return set(ListedMark.objects.filter(asked_about(), pk__in=[one.pk for one in rows]).values_list("pk", flat=True))


def _honour(one: Honour) -> Named:
    mark, unit = one.mark, one.case.applying_unit.name if one.case is not None else ""
    return Named(one.name, one.title, mark.level, one.state, unit, mark.province, mark.year, one.from_date, one.pk)


def _listed(one: ListedMark, unsure: bool) -> Named:
    entry, register = one.entry, one.entry.source.register
    return Named(
        entry.name, entry.award or register.label, one.level, one.state, entry.unit, one.province, one.year,
        source=f"{register.label}：{entry.source.title}", unsure=unsure,
    )  # fmt: skip


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
        found = found.filter(on__year=year) if 0 < year < MOST_YEAR else found.none()
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


def narrowed_listed(rows: QuerySet[ListedMark], asked: Mapping[str, str]) -> QuerySet[ListedMark]:
    """The same of people of registers, who belong to no edition."""
    for name in NARROWING:
        value = asked.get(name, "")
        if value and name == "edition":
            return rows.none()
        if value and name == "year":
            rows = rows.filter(year=_year(value))
        elif value:
            rows = rows.filter(**{f"{name}__in": [""] if value == NONE else value.split(",")})
    return rows


def _key(text: str) -> int:
    """An edition's key; one that none has, if it is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _year(text: str) -> int:
    """A year as a number; 0 asks for those of whom no year is known; one in which nothing is, if it is none."""
    if text == NONE:
        return 0
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else MOST_YEAR
