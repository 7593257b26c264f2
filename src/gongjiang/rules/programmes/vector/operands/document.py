"""{document: attachment}."""

from typing import Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.operands.document import Document
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.comparing import as_column, by_combination, term_value
from gongjiang.rules.programmes.vector.people import Need
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vocabulary import FieldSpec

KIND: Final = Document
_COUNT: Final = FieldSpec("count", type="int")


def truth(node: Document, scene: Scene) -> pl.Expr:
    """How many files there are against how many there must be."""
    short = node.short(scene.shared)

    def ask(have: Value, needed: Value) -> Truth:
        if not isinstance(have, Interval) or not isinstance(needed, Interval):
            return Truth.UNKNOWN
        return Truth.TRUE if have.low >= needed.high else short

    need = Need(
        "document",
        node.attachment,
        spec=_COUNT,
        read=lambda facts, row: Interval.point(facts.documents.get(node.attachment, 0)),
    )
    return scene.keep(by_combination(scene, ask, scene.need(need), as_column(term_value(node.count, scene), scene)))
