"""{score: node, <operator>}."""

from typing import Final

import polars as pl

from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.programmes.conditions.operands.score import Score
from gongjiang.rules.programmes.vector.comparing import compared
from gongjiang.rules.programmes.vector.people import Need
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = Score


def truth(node: Score, scene: Scene) -> pl.Expr:
    """The comparison on the node's interval."""
    need = Need("score", node.node, spec=node.spec, read=lambda facts, row: facts.scores.get(node.node, UNKNOWN))
    return scene.keep(compared(node.operator, scene.need(need), scene))
