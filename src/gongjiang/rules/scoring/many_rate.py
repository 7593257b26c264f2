"""Points for every full step of a number, for many people at once."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, Final

import polars as pl

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.vector.columns import Column, Number
from gongjiang.rules.programmes.vector.scales import Floats, Parts
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.scoring.leaves.base import Place, amount
from gongjiang.rules.scoring.many_points import Points, chosen
from gongjiang.rules.scoring.reader import Reader
from gongjiang.rules.scoring.wholes import Whole

_KEYS: Final = ("every", "above", "below", "points", "first", "each_more")
_ROUNDED: Final = ("down", "up", "half_up")


def rated(rate: Mapping[str, Any], column: Column, scene: Scene, reader: Reader, place: Place) -> Points | None:
    """The points of a `rate` leaf; None where it is better asked of each different value."""
    numbers = {key: amount(rate.get(key), reader, place) for key in _KEYS}
    how = rate.get("round", "down")
    if not isinstance(column, Number) or any(numbers[key] is None for key in _KEYS if key in rate):
        return None
    steps = _steps_of(column, numbers, how, scene)
    if steps is None:
        return None
    unit = lcm(*((numbers[key] or Fraction(0)).denominator for key in ("points", "first", "each_more")))
    worths = [_worth(one, numbers, unit) for one in steps]
    points = Points(worths[0], None, unit)
    if len(worths) > 1:
        least = Whole.joined(pl.min_horizontal, worths, summed=False)
        points = Points(least, Whole.joined(pl.max_horizontal, worths, summed=False), unit)
    return _with_gaps(points, column, scene, reader, place)


def _steps_of(column: Number, numbers: Mapping[str, Fraction | None], how: str, scene: Scene) -> Sequence[Whole] | None:
    """Steps of both ends (or the one number); None for floats and roundings that need another way."""
    bound, step = _bound(numbers), numbers["every"] or Fraction(1)
    if isinstance(column.scale, Floats) and step == 1 and bound.denominator == 1 and how in {"down", "up"}:
        below = numbers["above"] is None and numbers["below"] is not None
        up = (how == "down") is below  # a float is whole just when its decimal is
        number = Whole.of_floats(column, scene.put, up=up)
        return [((-number if below else number) + (int(bound) if below else -int(bound))).clip(0, None)]
    whole_parts = column.in_parts()
    if whole_parts is None or how not in _ROUNDED:
        return None
    assert isinstance(whole_parts.scale, Parts)
    ends = [Whole.of(whole_parts.low, scene.put, whole_parts.span)]
    if whole_parts.high is not None:
        ends.append(Whole.of(whole_parts.high, scene.put))
    return [_steps(one, whole_parts.scale.parts, numbers, how) for one in ends]


def _bound(numbers: Mapping[str, Fraction | None]) -> Fraction:
    above, below = numbers["above"], numbers["below"]
    return above if above is not None else below if below is not None else Fraction(0)


def _steps(number: Whole, parts: int, numbers: Mapping[str, Fraction | None], how: str) -> Whole:
    """Full steps beyond the bound, in whole numbers all the way."""
    above, below, step = numbers["above"], numbers["below"], (numbers["every"] or Fraction(1)) * parts
    bound = _bound(numbers) * parts
    beyond = number * bound.denominator + -bound.numerator
    if above is None and below is not None:
        beyond = -beyond
    measured = beyond.clip(0, None) * step.denominator
    size = bound.denominator * step.numerator
    if how == "up":
        return (measured + (size - 1)) // size
    return (measured * 2 + size) // (2 * size) if how == "half_up" else measured // size


def _worth(steps: Whole, numbers: Mapping[str, Fraction | None], unit: int) -> Whole:
    first = numbers["first"]
    if first is None:
        return steps * int((numbers["points"] or Fraction(0)) * unit)
    more = (steps + -1) * int((numbers["each_more"] or Fraction(0)) * unit) + int(first * unit)
    return more.where(steps.expr > 0, Whole.constant(0))


def _with_gaps(points: Points, column: Number, scene: Scene, reader: Reader, place: Place) -> Points:
    """Nothing for who claims nothing; all that it can be for whom the number is not known."""
    unknown = column.low.null_count() - (0 if column.none is None else int(column.none.sum()))
    if unknown:
        everything = place.all_open(reader).interval
        known = scene.put(column.low).is_not_null()
        other = chosen(pl.lit(True), dict.fromkeys(Truth, everything))
        unit = lcm(points.parts, other.parts)
        points, other = points.into(unit), other.into(unit)
        points = Points(points.low.where(known, other.low), points.high.where(known, other.high), unit)
    if column.none is not None:
        nothing, zero = scene.put(column.none), Whole.constant(0)
        points = Points(zero.where(nothing, points.low), zero.where(nothing, points.high), points.parts)
    return points
