"""{param: name, <operator>}."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operands.param import ParamCondition
from gongjiang.rules.programmes.vector.columns import constant
from gongjiang.rules.programmes.vector.comparing import compared, settled
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import always

KIND: Final = ParamCondition


def truth(node: ParamCondition, scene: Scene) -> pl.Expr:
    """The same for all, unless it is compared with something of theirs."""
    value = node.value(scene.shared)
    if settled(node.operator):
        return scene.keep(always(node.operator.test(value, scene.shared, None)))
    return scene.keep(compared(node.operator, constant(value, scene.size), scene))
