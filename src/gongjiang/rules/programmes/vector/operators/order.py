"""not_before · later_than."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operators.order import Order, in_order
from gongjiang.rules.programmes.values import Nothing
from gongjiang.rules.programmes.vector.columns import Column
from gongjiang.rules.programmes.vector.comparing import by_combination
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = Order


def truth(operator: Order, column: Column, scene: Scene) -> pl.Expr:
    """Each combination of two days once."""
    other = scene.value(operator.other)
    return by_combination(
        scene,
        lambda one, two: operator.unclaimed() if isinstance(one, Nothing) else in_order(operator.word, one, two),
        column,
        other,
    )
