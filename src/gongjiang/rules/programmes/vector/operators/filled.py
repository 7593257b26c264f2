"""filled: on columns of answers, judgements, opinions. Facts are asked for the blank itself (operands/field.py)."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operators.filled import Filled
from gongjiang.rules.programmes.vector.columns import Column
from gongjiang.rules.programmes.vector.comparing import by_values
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = Filled


def truth(operator: Filled, column: Column, scene: Scene) -> pl.Expr:
    """A known value is filled."""
    return by_values(operator, column, scene)
