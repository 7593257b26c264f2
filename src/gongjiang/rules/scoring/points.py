"""Points with their openness, and how several become one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gongjiang.kernel.interval import ZERO, Interval
from gongjiang.kernel.truth import Truth

Take = Literal["sum", "highest", "lowest", "chosen", "mean"]


@dataclass(frozen=True, slots=True)
class Points:
    """Points that a leaf, row or node gives. `open` names what keeps them from being one number.

    `counts`: does it count at all? A row whose `where` is unknown may not.
    """

    interval: Interval
    open: tuple[str, ...] = ()
    counts: Truth = Truth.TRUE


NOTHING = Points(ZERO)


def together(parts: Iterable[Points], take: Take = "sum") -> Points:
    """Parts as one: what doesn't count is left out, what may count gives [with, without]. Of nothing: 0."""
    found = [one for one in parts if one.counts is not Truth.FALSE]
    sure = [one.interval for one in found if one.counts is Truth.TRUE]
    maybe = [one.interval for one in found if one.counts is Truth.UNKNOWN]
    opened = tuple(dict.fromkeys(name for one in found for name in one.open))
    if take == "highest":
        interval = _highest(sure, maybe)
    elif take == "lowest":
        interval = _highest([_mirror(one) for one in sure], [_mirror(one) for one in maybe])
        interval = _mirror(interval)
    elif take == "mean":
        interval = _mean(sure, maybe)
    else:
        interval = sum((one.joined(ZERO) for one in maybe), sum(sure, ZERO))
    return Points(interval, opened)


def _mirror(one: Interval) -> Interval:
    return one.scaled(Fraction(-1))


def _highest(sure: Sequence[Interval], maybe: Sequence[Interval]) -> Interval:
    """Of nothing the highest is 0, so without a sure part 0 can come out as well."""
    if sure:
        return Interval(max(one.low for one in sure), max(one.high for one in (*sure, *maybe)))
    low = min((one.low for one in maybe), default=Fraction(0))
    high = max((one.high for one in maybe), default=Fraction(0))
    return Interval(low, high).joined(ZERO)


def _mean(sure: Sequence[Interval], maybe: Sequence[Interval]) -> Interval:
    """The least and greatest mean over every choice of the doubtful parts."""
    high = _best_mean([one.high for one in sure], [one.high for one in maybe])
    low = -_best_mean([-one.low for one in sure], [-one.low for one in maybe])
    return Interval(low, high)


def _best_mean(sure: list[Fraction], maybe: list[Fraction]) -> Fraction:
    if not sure:
        return max([Fraction(0), *maybe])
    total, count = sum(sure, Fraction(0)), len(sure)
    for value in sorted(maybe, reverse=True):
        if value * count > total:
            total, count = total + value, count + 1
    return total / count
