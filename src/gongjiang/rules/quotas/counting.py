"""How many of a list count, as exact bounds over everything that is not known yet."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongjiang.kernel.truth import Truth, Unknown, count_bounds
from gongjiang.rules.quotas.limits import Bound
from gongjiang.rules.quotas.members import Member, counted, pairs, surplus

#: A member with whether it lies in the group looked at.
Seen = tuple[Member, Truth]


@dataclass(frozen=True, slots=True)
class Count:
    """Least and greatest number of a pool in a group, of its parent, and how many cases are open."""

    low: int
    high: int
    whole_low: int
    whole_high: int
    open: int


def count_members(seen: Sequence[Seen], *, nested: bool) -> Count:
    """Bounds of the pool and of its parent; open are those that may still change either."""
    low, high = count_bounds(counted(one, group, nested=nested) for one, group in seen)
    whole = [pairs(one, group, nested=nested) for one, group in seen]
    return Count(
        low,
        high,
        sum(min(d for _, d in options) for options in whole),
        sum(max(d for _, d in options) for options in whole),
        sum(len(options) > 1 for options in whole),
    )


def count_distinct(seen: Sequence[Seen], *, nested: bool) -> Count:
    """Bounds of the number of different values. An unknown value may equal another or be a new one."""
    sure: set[Hashable] = set()
    possible: set[Hashable] = set()
    nameless = certain = undecided = 0
    for one, group in seen:
        inside = counted(one, group, nested=nested)
        if inside is Truth.FALSE:
            continue
        certain += inside is Truth.TRUE
        undecided += inside is Truth.UNKNOWN or isinstance(one.value, Unknown)
        if isinstance(one.value, Unknown):
            nameless += 1
            continue
        possible.add(one.value)
        if inside is Truth.TRUE:
            sure.add(one.value)
    low = len(sure) if sure else min(certain, 1)
    return Count(low, len(possible) + nameless, 0, 0, undecided)


def count_meets(count: Count, bound: Bound) -> Truth:
    """Does a whole number keep its bound? All numbers from low to high can come out."""
    if isinstance(bound.value, Unknown):
        return Truth.UNKNOWN
    return _compare(Fraction(count.low), Fraction(count.high), bound.value, bound.kind)


def share_meets(seen: Iterable[Seen], bound: Bound, *, nested: bool) -> Truth:
    """Does a share keep its bound? Adds `numerator − share × denominator` case by case; nothing is rounded.

    A list whose denominator is empty keeps every share (the caller tells it as not applicable).
    """
    if isinstance(bound.value, Unknown):
        return Truth.UNKNOWN
    share = bound.value
    steps = [surplus(pairs(one, group, nested=nested), share) for one, group in seen]
    low = sum((min(one) for one in steps), Fraction(0))
    high = sum((max(one) for one in steps), Fraction(0))
    if bound.kind == "exactly" and low < high and low <= 0 <= high and Fraction(0) not in _reachable(steps):
        return Truth.FALSE
    return _compare(low, high, Fraction(0), bound.kind)


def _compare(low: Fraction, high: Fraction, bound: Fraction, kind: str) -> Truth:
    """Where [low, high] lies against the bound."""
    if kind == "at_least":
        sure, possible = low >= bound, high >= bound
    elif kind == "at_most":
        sure, possible = high <= bound, low <= bound
    else:
        sure, possible = low == high == bound, low <= bound <= high
    if sure:
        return Truth.TRUE
    return Truth.UNKNOWN if possible else Truth.FALSE


def _reachable(steps: Iterable[set[Fraction]]) -> set[Fraction]:
    """All sums that can come out: an exact share can fall between two of them."""
    sums = {Fraction(0)}
    for options in steps:
        sums = {one + more for one in sums for more in options}
    return sums
