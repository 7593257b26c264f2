"""{field: path, <operator>}."""

from typing import Final

import polars as pl

from gongjiang.kernel.truth import UNKNOWN, Truth
from gongjiang.rules.programmes.conditions.operands.field import FieldCondition
from gongjiang.rules.programmes.conditions.operators.filled import Filled
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.columns import Flag
from gongjiang.rules.programmes.vector.comparing import compared
from gongjiang.rules.programmes.vector.people import Need
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import PLAIN, always

KIND: Final = FieldCondition


def truth(node: FieldCondition, scene: Scene) -> pl.Expr:
    """The comparison on the fact's column; `filled` on whether something was filled in."""
    if isinstance(node.operator, Filled):
        return scene.keep(_filled(node, scene, node.operator.wanted))
    return scene.keep(compared(node.operator, scene.value(node.path), scene))


def _filled(node: FieldCondition, scene: Scene, wanted: bool) -> pl.Expr:
    path = node.path

    def read(facts: Facts, row: Row | None) -> Value:
        found = PLAIN[facts.filled(path, row)]
        return UNKNOWN if found is None else found

    column = scene.need(Need("filled", path.key, path.at, path.via, path, read=read))
    if not isinstance(column, Flag):  # nobody's is known
        return always(Truth.UNKNOWN)
    found = scene.put(column.truth)
    return found if wanted else ~found
