"""within: a window of days."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operators.within import Within
from gongjiang.rules.programmes.vector.columns import Column, Day
from gongjiang.rules.programmes.vector.comparing import by_values, claimed, settled
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import decided

KIND: Final = Within


def truth(operator: Within, column: Column, scene: Scene) -> pl.Expr:
    """Days against the window."""
    window = operator.window(scene.shared, None) if settled(operator) else None
    if window is None or not isinstance(column, Day):
        return by_values(operator, column, scene)
    first = scene.put(column.first)
    last = first if column.last is None else scene.put(column.last)
    inside = (first >= window.first) & (last <= window.last)
    return claimed(decided(inside, (last < window.first) | (first > window.last)), column, operator, scene)
