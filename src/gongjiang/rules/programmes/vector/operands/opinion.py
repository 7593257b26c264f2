"""{opinion: sheet.party, <operator>}."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operands.opinion import ANSWER, Opinion
from gongjiang.rules.programmes.vector.comparing import compared
from gongjiang.rules.programmes.vector.people import Need
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = Opinion


def truth(node: Opinion, scene: Scene) -> pl.Expr:
    """The comparison on what the party wrote."""
    key = f"{node.sheet}.{node.party}"
    need = Need("opinion", key, spec=ANSWER, read=lambda facts, row: node.value(facts))
    return scene.keep(compared(node.operator, scene.need(need), scene))
