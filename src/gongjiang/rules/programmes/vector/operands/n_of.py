"""{n_of: n, of: [...]}."""

from typing import Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.operands.n_of import NOf
from gongjiang.rules.programmes.vector.columns import Coded, Day, Flag, Number
from gongjiang.rules.programmes.vector.comparing import term_value
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import NotVectorised, always, decided

KIND: Final = NOf


def truth(node: NOf, scene: Scene) -> pl.Expr:
    """Counted by bounds; one of some is “any”, all of them “all”."""
    needed = term_value(node.count, scene)
    if isinstance(needed, Coded | Flag | Number | Day):
        raise NotVectorised("n_of: lookup")
    if not isinstance(needed, Interval) or not needed.known:
        return scene.keep(always(Truth.UNKNOWN))
    number, parts = int(needed.low), [scene.truth(one) for one in node.of]
    if number <= 0 or number > len(parts):
        return scene.keep(always(Truth.TRUE if number <= 0 else Truth.FALSE))
    if number == 1:
        return scene.keep(pl.any_horizontal(parts))
    if number == len(parts):
        return scene.keep(pl.all_horizontal(parts))
    low = pl.sum_horizontal([one.fill_null(False).cast(pl.UInt16) for one in parts])
    high = pl.sum_horizontal([one.fill_null(True).cast(pl.UInt16) for one in parts])
    return scene.keep(decided(low >= number, high < number))
