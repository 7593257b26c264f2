"""Points of many people, exactly: as multiples of a unit fraction, both ends."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.vector.truths import NotVectorised
from gongjiang.rules.scoring.leaves.base import Place, amount
from gongjiang.rules.scoring.reader import Reader
from gongjiang.rules.scoring.wholes import Whole


@dataclass(frozen=True, slots=True)
class Points:
    """Both ends for everybody, as multiples of 1/parts; `top` None where each is one number."""

    low: Whole
    top: Whole | None
    parts: int

    @property
    def high(self) -> Whole:
        """The upper end."""
        return self.low if self.top is None else self.top

    def kept(self, keep: Callable[[pl.Expr], pl.Expr]) -> "Points":
        """The same as columns of their own."""
        return Points(self.low.kept(keep), None if self.top is None else self.top.kept(keep), self.parts)

    def into(self, parts: int) -> "Points":
        """The same in smaller parts."""
        factor = parts // self.parts
        return Points(self.low * factor, None if self.top is None else self.top * factor, parts)


def chosen(truth: pl.Expr, ends: dict[Truth, Interval]) -> Points:
    """By the truth of a condition. Without an interval for UNKNOWN there is nobody of whom it is not known."""
    unit = lcm(*(end.denominator for one in ends.values() for end in (one.low, one.high)))

    def of(end: Callable[[Interval], Fraction]) -> Whole:
        units = {one: Whole.constant(int(end(interval) * unit)) for one, interval in ends.items()}
        if Truth.UNKNOWN not in units:
            return units[Truth.TRUE].where(truth, units[Truth.FALSE])
        return units[Truth.TRUE].where(truth, units[Truth.FALSE].where(~truth, units[Truth.UNKNOWN]))

    sure = all(one.known for one in ends.values())
    return Points(of(lambda one: one.low), None if sure else of(lambda one: one.high), unit)


def shaped(node: ScoreNode, points: Points, reader: Reader, place: Place) -> Points:
    """start, limits, weight, rounding: as the tree does."""
    start, low, high = (amount(one, reader, place) for one in (node.start, node.min, node.max))
    unit = lcm(points.parts, *(one.denominator for one in (start, low, high) if one is not None))
    points = points.into(unit)
    ends = [points.low] if points.top is None else [points.low, points.top]
    if start is not None:
        ends = [one + int(start * unit) for one in ends]
    if low is not None or high is not None:
        bounds = [None if one is None else int(one * unit) for one in (low, high)]
        ends = [one.clip(*bounds) for one in ends]
    if node.weight is not None:
        weight = amount(node.weight, reader, place)
        if weight is None:
            raise NotVectorised(f"scoring.{node.id}: weight")
        ends = [one * weight.numerator for one in (ends if weight >= 0 else ends[::-1])]
        unit *= weight.denominator
    if node.round_to is not None:
        places = amount(node.round_to, reader, place)
        if places is not None:
            scale = 10 ** int(places)
            ends = [(one * (2 * scale) + unit) // (2 * unit) for one in ends]  # half up
            unit = scale
    return Points(ends[0], ends[1] if len(ends) > 1 else None, unit)
