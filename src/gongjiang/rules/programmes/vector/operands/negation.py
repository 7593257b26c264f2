"""{not: condition}."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operands.negation import Not
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = Not


def truth(node: Not, scene: Scene) -> pl.Expr:
    """Kleene not."""
    return scene.keep(~scene.truth(node.inner))
