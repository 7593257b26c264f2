"""{rule: id}."""

from typing import Final

import polars as pl

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.operands.rule import RuleCondition
from gongjiang.rules.programmes.vector.applying import applies
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import always

KIND: Final = RuleCondition


def truth(node: RuleCondition, scene: Scene) -> pl.Expr:
    """The other rule applies and holds."""
    if scene.rows is not None:
        return scene.of_person(node)
    other = scene.plan.rules.get(node.rule)
    if other is None:
        return scene.keep(always(Truth.UNKNOWN))
    check, when = scene.truth(other.check), applies(other, scene)
    return check if when is None else scene.keep(pl.all_horizontal([when, check]))
