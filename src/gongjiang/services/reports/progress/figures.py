"""The kept figures of a seat, read once and added up in memory. A number of queries that nothing makes grow."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from gongjiang.models import ActivityEntry, Organisation, Tally
from gongjiang.rules.honours.tallying import ACTIVITY, HONOURS, LISTED, edition_scope, organisation_scope
from gongjiang.services.reports.progress.seats import Seat, asked_about
from gongjiang.services.tallies.recount import YEAR

TRAINEE, STANDS = "trainee", "stands"
SHOWN = ("province", "gender", "age", "ownership")
WHOLE = "gender"
"""The facet with the fewest values: every honour is in one of each, so any gives the same totals."""
Row = tuple[str, int, str, str]
"""Level, year, state, value."""


@dataclass(frozen=True)
class Figures:
    """Counts by facet: of each, how many at (level, year, state, value). `listed`: how many of them, by level and
    state, are known from imported registers only."""

    rows: dict[str, Counter[Row]]
    listed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def total(
        self,
        facet: str = WHOLE,
        *,
        level: str | None = None,
        year: int | None = None,
        states: Collection[str] = (),
        values: Collection[str] = (),
    ) -> int:
        """How many, at a level, of a year, in these states, with these values; all where one isn't said."""
        return sum(
            n
            for (at, of, state, value), n in self.rows.get(facet, Counter()).items()
            if level in (None, at)
            and year in (None, of)
            and (not states or state in states)
            and (not values or value in values)
        )

    def by_year(self, level: str, state: str) -> Counter[int]:
        """How many at a level and in a state, by year."""
        found: Counter[int] = Counter()
        for (at, year, each, _), n in self.rows.get(WHOLE, Counter()).items():
            if at == level and each == state:
                found[year] += n
        return found

    def by_value(self, facet: str, states: Collection[str]) -> Counter[str]:
        """How many in these states, by value of a facet."""
        found: Counter[str] = Counter()
        for (_, _, state, value), n in self.rows.get(facet, Counter()).items():
            if state in states:
                found[value] += n
        return found


def honour_figures(seat: Seat) -> Figures:
    """Of honours and, beside them, of people of registers. One query."""
    return _figures(seat, (HONOURS, LISTED), SHOWN)


def activity_figures(seat: Seat) -> Figures:
    """By kind; of single editions counted live. One query."""
    if seat.organisation.kind == Organisation.Kind.UNION:
        return _figures(seat, (ACTIVITY,), ("kind",))
    rows = ActivityEntry.objects.exclude(state=ActivityEntry.State.WITHDRAWN).filter(
        honour__mark__edition__in=seat.editions
    )
    found: Counter[Row] = Counter()
    alike = rows.order_by().values_list("honour__mark__level", YEAR, "state", "kind").annotate(n=Count("id"))
    for level, year, state, kind, n in alike:
        found[level, int(year), state, kind] += n
    return Figures({"kind": found})


def _figures(seat: Seat, of: Collection[str], facets: Iterable[str]) -> Figures:
    rows = Tally.objects.filter(scope__in=seat.scopes, of__in=of, facet__in=list(facets)).exclude(n=0)
    found: dict[str, Counter[Row]] = {}
    listed: Counter[tuple[str, str]] = Counter()
    for facet, level, year, state, value, n, kind in rows.values_list(
        "facet", "level", "year", "state", "value", "n", "of"
    ):
        found.setdefault(facet, Counter())[level, year, state, value] += n
        if kind == LISTED and facet == WHOLE:
            listed[level, state] += n
    return Figures(found, listed)


def unsure(seat: Seat) -> int:
    """Counted out of registers while it is open whether they are somebody else who is counted too. One query."""
    if seat.organisation.kind != Organisation.Kind.UNION:
        return 0
    return seat.listed().filter(asked_about()).count()


def held_in(edition_ids: Iterable[int]) -> Counter[int]:
    """Trainees and artisans by edition. One query."""
    scopes = {edition_scope(one): one for one in edition_ids}
    rows = Tally.objects.filter(scope__in=list(scopes), of=HONOURS, facet=WHOLE, state__in=(TRAINEE, STANDS)).order_by()
    return Counter({scopes[scope]: n for scope, n in rows.values_list("scope").annotate(all=Sum("n"))})


@dataclass(frozen=True)
class UnitFigures:
    """A union right under the seat: trainees and artisans by level."""

    organisation: Organisation
    counts: dict[tuple[str, str], int]

    def of(self, state: str) -> int:
        """How many in a state, at all levels."""
        return sum(n for (_, each), n in self.counts.items() if each == state)


def units_under(seat: Seat, limit: int = 400) -> list[UnitFigures]:
    """Unions right under a union that have anybody, the most first. Two queries."""
    if seat.organisation.kind != Organisation.Kind.UNION:
        return []
    below = Organisation.objects.filter(parent=seat.organisation, kind=Organisation.Kind.UNION, active=True)
    units = {organisation_scope(one.pk): one for one in below[:limit]}
    counts: dict[str, dict[tuple[str, str], int]] = {}
    rows = Tally.objects.filter(scope__in=list(units), of__in=(HONOURS, LISTED), facet=WHOLE).exclude(n=0).order_by()
    for scope, level, state, n in rows.values_list("scope", "level", "state").annotate(all=Sum("n")):
        counts.setdefault(scope, {})[level, state] = n
    found = [UnitFigures(units[scope], each) for scope, each in counts.items()]
    return sorted(found, key=lambda one: (-sum(one.counts.values()), one.organisation.pk))
