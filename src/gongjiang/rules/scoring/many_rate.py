"""Points for every full step of a number, for many people at once."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from typing import Any, Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.vector.columns import Column, Number
from gongjiang.rules.programmes.vector.scales import Parts
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.scoring.leaves.base import Place, amount
from gongjiang.rules.scoring.many_points import Points, chosen
from gongjiang.rules.scoring.reader import Reader

_KEYS: Final = ("every", "above", "below", "points", "first", "each_more")
_ROUNDED: Final = ("down", "up", "half_up")


def rated(rate: Mapping[str, Any], column: Column, scene: Scene, reader: Reader, place: Place) -> Points | None:
    """The points of a `rate` leaf; None where it is better asked of each different value."""
    numbers = {key: amount(rate.get(key), reader, place) for key in _KEYS}
    whole = column.in_parts() if isinstance(column, Number) else None
    how = rate.get("round", "down")
    if whole is None or how not in _ROUNDED or any(numbers[key] is None for key in _KEYS if key in rate):
        return None
    low = scene.put(whole.low)
    ends = [low] if whole.high is None else [low, scene.put(whole.high)]
    assert isinstance(whole.scale, Parts)
    unit = lcm(*((numbers[key] or Fraction(0)).denominator for key in ("points", "first", "each_more")))
    worths = [_worth(_steps(one, whole.scale.parts, numbers, how), numbers, unit) for one in ends]
    least = worths[0] if len(worths) == 1 else pl.min_horizontal(worths)
    most = worths[0] if len(worths) == 1 else pl.max_horizontal(worths)
    return _with_gaps(Points(least, most, unit), whole, scene, reader, place)


def _steps(number: pl.Expr, parts: int, numbers: Mapping[str, Fraction | None], how: str) -> pl.Expr:
    """Full steps beyond the bound, in whole numbers all the way."""
    above, below, step = numbers["above"], numbers["below"], (numbers["every"] or Fraction(1)) * parts
    bound = (above if above is not None else below if below is not None else Fraction(0)) * parts
    beyond = number * bound.denominator - bound.numerator
    if above is None and below is not None:
        beyond = -beyond
    measured = beyond.clip(lower_bound=0) * step.denominator
    size = bound.denominator * step.numerator
    if how == "up":
        return (measured + (size - 1)) // size
    return (measured * 2 + size) // (2 * size) if how == "half_up" else measured if size == 1 else measured // size


def _worth(steps: pl.Expr, numbers: Mapping[str, Fraction | None], unit: int) -> pl.Expr:
    first = numbers["first"]
    if first is None:
        return steps * int((numbers["points"] or Fraction(0)) * unit)
    more = int((numbers["each_more"] or Fraction(0)) * unit)
    return pl.when(steps > 0).then((steps - 1) * more + int(first * unit)).when(steps <= 0).then(pl.lit(0, pl.Int64))


def _with_gaps(points: Points, column: Number, scene: Scene, reader: Reader, place: Place) -> Points:
    """Nothing for who claims nothing; all that it can be for whom the number is not known."""
    unknown = column.low.null_count() - (0 if column.none is None else int(column.none.sum()))
    low, high, unit = points.low, points.high, points.parts
    if unknown:
        everything = place.all_open(reader).interval
        open_ = chosen(pl.lit(True), dict.fromkeys(Truth, Interval(everything.low, everything.high)))
        unit = lcm(unit, open_.parts)
        points, open_ = points.into(unit), open_.into(unit)
        known = scene.put(column.low).is_not_null()
        low, high = (
            pl.when(known).then(mine).otherwise(other)
            for mine, other in ((points.low, open_.low), (points.high, open_.high))
        )
    if column.none is not None:
        nothing = scene.put(column.none)
        low, high = (pl.when(nothing).then(pl.lit(0, pl.Int64)).otherwise(one) for one in (low, high))
    return Points(low, high, unit)
