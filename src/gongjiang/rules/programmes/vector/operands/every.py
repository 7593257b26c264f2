"""{all: [...]}."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operands.every import All
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = All


def truth(node: All, scene: Scene) -> pl.Expr:
    """Kleene and."""
    return scene.keep(pl.all_horizontal([scene.truth(one) for one in node.of]))
