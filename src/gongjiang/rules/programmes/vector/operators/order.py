"""not_before · later_than."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operators.order import Order, in_order
from gongjiang.rules.programmes.values import Nothing
from gongjiang.rules.programmes.vector.columns import Column, Day
from gongjiang.rules.programmes.vector.comparing import by_combination, claimed
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import decided

KIND: Final = Order


def truth(operator: Order, column: Column, scene: Scene) -> pl.Expr:
    """Two columns of days as they stand; all else by each combination."""
    other = scene.value(operator.other)
    if isinstance(column, Day) and isinstance(other, Day):
        return claimed(_days(operator, column, other, scene), column, operator, scene)
    return by_combination(
        scene,
        lambda one, two: operator.unclaimed() if isinstance(one, Nothing) else in_order(operator.word, one, two),
        column,
        other,
    )


def _days(operator: Order, column: Day, other: Day, scene: Scene) -> pl.Expr:
    first, least = scene.put(column.first), scene.put(other.first)
    last = first if column.last is None else scene.put(column.last)
    most = least if other.last is None else scene.put(other.last)
    if operator.word == "not_before":
        return decided(first >= most, last < least)
    return decided(first > most, last <= least)
