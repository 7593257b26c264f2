"""is · is_not."""

from dataclasses import replace
from typing import Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.operators.equality import Equality
from gongjiang.rules.programmes.values import Days, Value
from gongjiang.rules.programmes.vector.columns import Column, Day, Number
from gongjiang.rules.programmes.vector.comparing import (
    as_column,
    by_combination,
    by_values,
    claimed,
    literal,
    settled,
    term_value,
)
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import where_known

KIND: Final = Equality


def truth(operator: Equality, column: Column, scene: Scene) -> pl.Expr:
    """Single numbers and days as they stand; all else by each different value."""
    if settled(operator):
        found = _plain(column, term_value(operator.term, scene), scene)
        if found is None or not isinstance(column, Number | Day):
            return by_values(operator, column, scene)
        return claimed(~found if operator.negated else found, column, operator, scene)
    codes = scene.shared.words.code_list(operator.spec)

    def ask(actual: Value, wanted: Value) -> Truth:
        return replace(operator, term=literal(wanted, operator.spec, codes)).test(actual, scene.shared, None)

    return by_combination(scene, ask, column, as_column(term_value(operator.term, scene), scene))


def _plain(column: Column, wanted: Value | Column, scene: Scene) -> pl.Expr | None:
    if isinstance(column, Number) and column.high is None and isinstance(wanted, Interval) and wanted.known:
        number, low = column.scale.exactly(wanted.low), scene.put(column.low)
        return where_known(low, Truth.FALSE) if number is None else low == number
    if isinstance(column, Day) and column.last is None and isinstance(wanted, Days) and wanted.first == wanted.last:
        return scene.put(column.first) == wanted.first
    return None
