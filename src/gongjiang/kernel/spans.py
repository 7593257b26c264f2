"""Spans of months, as a résumé lists them: counted once where they overlap, with gaps and overlaps pointed out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from gongjiang.kernel.dates import Month
from gongjiang.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Span:
    """From a month to a month; `until` None is 至今. Raises BadInput when it ends before it begins."""

    since: Month
    until: Month | None = None
    place: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise BadInput(
                f"止于{self.until.chinese()}，早于开始的{self.since.chinese()}，请核对。",
                "The span ends before it begins.",
                place=self.place,
            )


@dataclass(frozen=True, slots=True)
class SpanReport:
    """What a résumé adds up to, and what a reader should ask about. Pairs are (from, to), both included."""

    months: int
    gaps: tuple[tuple[Month, Month], ...]
    overlaps: tuple[tuple[Month, Month], ...]


def merged(spans: Iterable[Span], as_of: date) -> tuple[tuple[Month, Month], ...]:
    """The spans united up to the month of `as_of`; one that begins in the month after another ends joins it."""
    end = Month.of(as_of)
    united: list[tuple[Month, Month]] = []
    for since, until in sorted(_clipped(spans, end)):
        if united and since.index <= united[-1][1].index + 1:
            united[-1] = (united[-1][0], max(united[-1][1], until))
        else:
            united.append((since, until))
    return tuple(united)


def months_covered(spans: Iterable[Span], as_of: date) -> int:
    """Cumulative months to `as_of`, no month twice.

    An unbroken stretch lasts from its first month to its last one by difference: 2003.8 to 2026.6 is 22 years
    and 10 months, whether it is written as one row, as 2003.8-2010.3 and 2010.3-2026.6, or as -2010.2 and 2010.3-.
    """
    return sum(until.index - since.index for since, until in merged(spans, as_of))


def years_covered(spans: Iterable[Span], as_of: date) -> Fraction:
    """The same in years, exactly: 59 months are 59/12, not yet 5."""
    return Fraction(months_covered(spans, as_of), 12)


def years_text(months: int) -> str:
    """`22年10个月`."""
    years, rest = divmod(months, 12)
    return "".join((f"{years}年" if years or not rest else "", f"{rest}个月" if rest else ""))


def review(spans: Sequence[Span], as_of: date) -> SpanReport:
    """Adds up a résumé, names the months that no row covers and those that two rows claim.

    Rows that meet in one month neither gape nor overlap.
    """
    united = merged(spans, as_of)
    gaps = tuple((before[1].plus(1), after[0].plus(-1)) for before, after in pairwise(united))
    overlaps: list[tuple[Month, Month]] = []
    latest: Month | None = None
    for since, until in sorted(_clipped(spans, Month.of(as_of))):
        if latest is not None and since < latest and since < until:
            overlaps.append((since, min(latest, until)))
        latest = until if latest is None else max(latest, until)
    return SpanReport(months_covered(spans, as_of), gaps, tuple(overlaps))


def _clipped(spans: Iterable[Span], end: Month) -> list[tuple[Month, Month]]:
    return [(one.since, min(one.until or end, end)) for one in spans if one.since <= end]
