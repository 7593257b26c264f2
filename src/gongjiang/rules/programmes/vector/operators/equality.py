"""is · is_not."""

from typing import Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.operators.equality import Equality
from gongjiang.rules.programmes.values import Days, Value
from gongjiang.rules.programmes.vector.columns import Column, Day, Number
from gongjiang.rules.programmes.vector.comparing import by_term, by_values, claimed, settled, term_value
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import where_known

KIND: Final = Equality


def truth(operator: Equality, column: Column, scene: Scene) -> pl.Expr:
    """Single numbers and days as they stand; all else by each different value."""
    wanted = term_value(operator.term, scene)
    if settled(operator):
        found = _plain(column, wanted, scene)
        if found is None or not isinstance(column, Number | Day):
            return by_values(operator, column, scene)
        return claimed(~found if operator.negated else found, column, operator, scene)
    return by_term(operator, column, wanted, scene)


def _plain(column: Column, wanted: Value | Column, scene: Scene) -> pl.Expr | None:
    if isinstance(column, Number) and column.high is None and isinstance(wanted, Interval) and wanted.known:
        number, low = column.scale.exactly(wanted.low), scene.put(column.low)
        return where_known(low, Truth.FALSE) if number is None else low == number
    if isinstance(column, Day) and column.last is None and isinstance(wanted, Days) and wanted.first == wanted.last:
        return scene.put(column.first) == wanted.first
    return None
