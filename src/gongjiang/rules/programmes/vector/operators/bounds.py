"""at_least · at_most · above · below."""

from fractions import Fraction
from math import lcm
from typing import Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.operators.bounds import Bound
from gongjiang.rules.programmes.values import Days
from gongjiang.rules.programmes.vector.coding import exact_parts
from gongjiang.rules.programmes.vector.columns import Column, Day, Number
from gongjiang.rules.programmes.vector.comparing import by_term, by_values, claimed, settled, term_value
from gongjiang.rules.programmes.vector.scales import Parts
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import always, decided

KIND: Final = Bound


def truth(operator: Bound, column: Column, scene: Scene) -> pl.Expr:
    """Numbers and days as they stand; ordered codes by each different one."""
    bound = term_value(operator.term, scene)
    found = None
    if isinstance(column, Number) and isinstance(bound, Interval):
        found = _number(operator, column, bound, scene)
    elif isinstance(column, Day) and isinstance(bound, Days):
        found = _day(operator, column, bound, scene)
    elif isinstance(column, Number) and isinstance(bound, Number):
        found = _pair(operator, column, bound, scene)
    if found is not None and isinstance(column, Number | Day):
        return claimed(found if operator.word in {"at_least", "above"} else ~found, column, operator, scene)
    if settled(operator):
        return by_values(operator, column, scene)
    return by_term(operator, column, bound, scene)


def _number(operator: Bound, column: Number, bound: Interval, scene: Scene) -> pl.Expr:
    strict = operator.word in {"above", "at_most"}

    def least(numbers: pl.Expr, edge: Fraction) -> pl.Expr:
        number, open_ = column.scale.at_least(edge, strict=strict)
        return numbers > number if open_ else numbers >= number

    low = scene.put(column.low)
    if column.high is None and bound.known:
        return least(low, bound.low)
    high = low if column.high is None else scene.put(column.high)
    return decided(least(low, bound.high), ~least(high, bound.low))


def _day(operator: Bound, column: Day, bound: Days, scene: Scene) -> pl.Expr:
    first = scene.put(column.first)
    last = first if column.last is None else scene.put(column.last)
    if operator.word in {"above", "at_most"}:
        return decided(first > bound.last, last <= bound.last)
    return decided(first >= bound.first, last < bound.first)


def _pair(operator: Bound, column: Number, bound: Number, scene: Scene) -> pl.Expr | None:
    """Each against a bound of their own; None where the numbers have no common unit."""
    if not (isinstance(column.scale, Parts) and isinstance(bound.scale, Parts)):
        return None
    parts = lcm(column.scale.parts, bound.scale.parts)
    mine, other = exact_parts(column, parts), exact_parts(bound, parts)
    if mine is None or other is None:
        return None
    low, high = scene.put(mine[0]), scene.put(mine[1])
    least, most = scene.put(other[0]), scene.put(other[1])
    strict = operator.word in {"above", "at_most"}
    found = decided(low > most, high <= least) if strict else decided(low >= most, high < least)
    if bound.none is None:
        return found
    meets_nothing = always(Truth.FALSE if operator.word in {"at_least", "above"} else Truth.TRUE)
    return pl.when(scene.put(bound.none) & low.is_not_null()).then(meets_nothing).otherwise(found)
