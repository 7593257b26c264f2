"""What an allocation gives each unit, and what its notice leaves open: computed, never guessed (ledger N-06).

Without figures each row of the table is held against every tier and combination; with figures the places are
computed and compared. Whatever can't be told stands among the gaps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from itertools import combinations

from gongjiang.rules.quotas.allocation import AllocationSpec, More
from gongjiang.rules.quotas.tiers import TierSpec, holding

#: Unit → factor → figure; what nobody has given is left out.
Counts = Mapping[str, Mapping[str, Fraction]]


class Verdict(Enum):
    """How a row stands to the formula."""

    FITS = "fits"  # computed, and the table has the same
    ONE = "one"  # no figure, one way to this number
    SEVERAL = "several"  # several ways to this number, or several numbers
    NONE = "none"  # no way to this number
    DIFFERS = "differs"  # computed, and the table has another
    COMPUTED = "computed"  # computed, nothing to compare with
    OPEN = "open"  # can't be told


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a number: a tier and the additions on top of it."""

    tier: TierSpec
    more: tuple[More, ...] = ()

    @property
    def places(self) -> int:
        """The number that comes out."""
        return self.tier.places + sum(one.places for one in self.more)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit. `table`: its row; `ways`: those to the row's number, or to every possible one; `places`: the number
    computed, None while more than one can come out; `quota`: the exact share that it was rounded from."""

    unit: str
    table: int | None
    figures: Mapping[str, Fraction]
    verdict: Verdict
    ways: tuple[Way, ...] = ()
    possible: tuple[int, ...] = ()
    quota: Fraction | None = None
    parts: Mapping[str, int] = field(default_factory=dict)
    split: tuple[tuple[str, int, tuple[Way, ...]], ...] = ()

    @property
    def places(self) -> int | None:
        """The one number that can come out."""
        return self.possible[0] if len(self.possible) == 1 else None


def tier_lines(spec: AllocationSpec, counts: Counts) -> tuple[Line, ...]:
    """A line for each unit of an allocation by tiers."""
    return tuple(_tier_line(spec, unit, counts.get(unit, {})) for unit in spec.units)


def _tier_line(spec: AllocationSpec, unit: str, figures: Mapping[str, Fraction]) -> Line:
    row, parts = spec.rows.get(unit), spec.parts.get(unit, {})
    if unit in spec.fixed:
        fixed = spec.fixed[unit]
        return Line(unit, row, figures, compared(row, (fixed,)), possible=(fixed,), parts=parts)
    figure = figures.get(spec.factors[0].id) if spec.factors else None
    tiers = spec.tiers if figure is None else holding(spec.tiers, figure)
    if figure is not None and not tiers and any(one.span is None for one in spec.tiers):
        tiers = spec.tiers  # tiers without bounds: any may hold
        figure = None
    ways = tuple(_ways(tiers, spec.more, unit))
    if figure is None:
        to_row = tuple(one for one in ways if one.places == row)
        verdict = Verdict.OPEN if row is None else (Verdict.NONE, Verdict.ONE, Verdict.SEVERAL)[min(len(to_row), 2)]
        split = _split(spec, row, parts) if verdict is Verdict.NONE and row is not None else ()
        return Line(unit, row, figures, verdict, to_row, parts=parts, split=split)
    possible = tuple(sorted({one.places for one in ways}))
    agreeing = tuple(one for one in ways if one.places == row)
    return Line(unit, row, figures, compared(row, possible), agreeing or ways, possible, parts=parts)


def compared(row: int | None, possible: tuple[int, ...]) -> Verdict:
    """How the numbers that can come out stand to the table's."""
    if not possible:
        return Verdict.OPEN
    if row is not None and row not in possible:
        return Verdict.DIFFERS
    if len(possible) > 1:
        return Verdict.SEVERAL
    return Verdict.COMPUTED if row is None else Verdict.FITS


def _ways(tiers: tuple[TierSpec, ...], more: tuple[More, ...], unit: str) -> Iterator[Way]:
    """Each tier with what surely is added, and with each choice of what perhaps is."""
    sure = tuple(one for one in more if one.surely(unit))
    perhaps = [one for one in more if one.perhaps(unit) and not one.surely(unit)]
    for tier in tiers:
        for size in range(len(perhaps) + 1):
            for chosen in combinations(perhaps, size):
                yield Way(tier, (*sure, *chosen))


def _split(spec: AllocationSpec, row: int, parts: Mapping[str, int]) -> tuple[tuple[str, int, tuple[Way, ...]], ...]:
    """What a row that no way gives would be if what lies inside it were counted apart; () where that explains
    nothing either. A reading for people to check: the notice doesn't say it."""
    if not parts:
        return ()
    pieces = [("其余", row - sum(parts.values())), *parts.items()]
    told = [
        (name, number, tuple(one for one in _ways(spec.tiers, spec.more, name) if one.places == number))
        for name, number in pieces
    ]
    return tuple(told) if all(ways for _, _, ways in told) else ()
