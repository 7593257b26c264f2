"""in · not_in."""

from dataclasses import replace
from typing import Final

import polars as pl

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.operators.membership import Membership
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.columns import Column
from gongjiang.rules.programmes.vector.comparing import (
    as_column,
    by_combination,
    by_values,
    literal,
    settled,
    term_value,
)
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = Membership


def truth(operator: Membership, column: Column, scene: Scene) -> pl.Expr:
    """By each different value; with looked-up words, by each combination."""
    if settled(operator):
        return by_values(operator, column, scene)
    codes = scene.shared.words.code_list(operator.spec)

    def ask(actual: Value, *wanted: Value) -> Truth:
        terms = tuple(literal(one, operator.spec, codes) for one in wanted)
        return replace(operator, terms=terms).test(actual, scene.shared, None)

    return by_combination(scene, ask, column, *(as_column(term_value(one, scene), scene) for one in operator.terms))
