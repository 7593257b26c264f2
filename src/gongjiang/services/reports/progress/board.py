"""The board of progress: targets against what stands, by level, year, region and kind of person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import Organisation
from gongjiang.rules.honours.targets import LEVELS, Aim, pace
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.progress.aims import EditionAim, edition_aims, editions_of, framework, nominated
from gongjiang.services.reports.progress.figures import (
    STANDS,
    TRAINEE,
    WHOLE,
    Figures,
    UnitFigures,
    activity_figures,
    held_in,
    honour_figures,
    units_under,
    unsure,
)
from gongjiang.services.reports.progress.seats import Seat, seat_of

HELD = (TRAINEE, STANDS)


@dataclass(frozen=True)
class LevelLine:
    """One level: artisans that stand, trainees beside them (never added to them: ledger X-06), all that were ever
    chosen; `listed`: those of the ones that stand who are known from imported registers. `aim` None where no target is
    set for this organisation; `paced`: where an even pace would be now."""

    level: str
    stands: int
    trainees: int
    chosen: int
    listed: int
    aim: Aim | None
    paced: int
    years: tuple[int, ...]
    run: tuple[int, ...]
    line: tuple[int, ...]


@dataclass(frozen=True)
class AimLine:
    """A notice's own target for its year, and how many of that level and year there are."""

    one: EditionAim
    n: int


@dataclass(frozen=True)
class Board:
    """Everything the page shows."""

    seat: Seat
    mine: list[Organisation]
    levels: list[LevelLine]
    aims: list[AimLine]
    honours: Figures
    activity: Figures
    units: list[UnitFigures]
    nominated: int
    nominated_since: int
    year: int
    unsure: int

    @property
    def listed(self) -> int:
        """People known from imported registers only."""
        return sum(self.honours.listed.values())

    def listed_in(self, states: Collection[str]) -> int:
        """Those of them in these states."""
        return sum(n for (_, state), n in self.honours.listed.items() if state in states)

    @property
    def years(self) -> list[int]:
        """Years in which somebody was chosen, newest first."""
        return sorted({row[1] for row in self.honours.rows.get(WHOLE, {})}, reverse=True)  # 0: not known


def board(actor: Actor, at: datetime, organisation_id: int | None) -> Board:
    """The figures of one organisation; NotFound for one that isn't the actor's to see. Eleven queries at most."""
    seat, mine = seat_of(actor, organisation_id)
    figures = honour_figures(seat)
    year = timezone.localtime(at).date().year
    programmes = editions_of(seat.organisation)
    return Board(
        seat,
        mine,
        _levels(seat, figures, year),
        _aims(figures, programmes),
        figures,
        activity_figures(seat),
        units_under(seat),
        nominated(programmes),
        min((one.pack.pack.year or year for one in programmes), default=0),
        year,
        unsure(seat),
    )


def _levels(seat: Seat, figures: Figures, year: int) -> list[LevelLine]:
    """Levels that have people or, for the whole country, a target."""
    aims, begun = framework()
    whole = seat.organisation.level == Organisation.Level.NATIONAL and seat.organisation.kind == "union"
    by_level = {one.level: one for one in aims} if whole else {}
    found = []
    present = {row[0] for row in figures.rows.get(WHOLE, {})}
    for level in (*LEVELS, *sorted(present - set(LEVELS))):
        aim = by_level.get(level)
        if level not in present and aim is None:
            continue
        last = aim.by if aim is not None and aim.by else year
        named = figures.by_year(level, STANDS)
        first = min([begun if aim else year, *(one for one in named if one)])
        years = tuple(range(first, last + 1))
        run = tuple(sum(n for each, n in named.items() if each <= one) for one in years if one <= year)
        line = tuple(pace(aim, begun, years)) if aim is not None else ()
        found.append(
            LevelLine(
                level,
                figures.total(level=level, states=(STANDS,)),
                figures.total(level=level, states=(TRAINEE,)),
                figures.total(level=level),
                figures.listed[level, STANDS],
                aim,
                pace(aim, begun, [year])[0] if aim is not None else 0,
                years,
                run,
                line,
            )
        )
    return found


def _aims(figures: Figures, programmes: list[Programme]) -> list[AimLine]:
    """At its own level those of the edition, at others whoever was chosen in its year: trainees and artisans, not those
    who fell."""
    held = held_in(one.edition.pk for one in programmes)
    found = edition_aims(programmes)
    return [AimLine(one, held[one.edition_id] if one.own else _of_year(figures, one)) for one in found]


def _of_year(figures: Figures, one: EditionAim) -> int:
    return figures.total(level=one.aim.level, year=one.year, states=HELD)
