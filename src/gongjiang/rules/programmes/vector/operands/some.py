"""{any: [...]}."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operands.some import Any_
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = Any_


def truth(node: Any_, scene: Scene) -> pl.Expr:
    """Kleene or."""
    return scene.keep(pl.any_horizontal([scene.truth(one) for one in node.of]))
