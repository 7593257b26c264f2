"""{judged: question}."""

from typing import Final

import polars as pl

from gongjiang.rules.programmes.conditions.operands.judged import Judged
from gongjiang.rules.programmes.vector.comparing import compared
from gongjiang.rules.programmes.vector.people import Need
from gongjiang.rules.programmes.vector.scene import Scene

KIND: Final = Judged


def truth(node: Judged, scene: Scene) -> pl.Expr:
    """The comparison on people's answers."""
    question = node.question
    row = question.about == "row" or (node.each is not None and node.each.at == "row")
    need = Need(
        "judged",
        question.id,
        "row" if row else "",
        scene.group if row else "",
        about=question.about,
        each=node.each,
        spec=question.answer,
        read=node.answer,
    )
    return scene.keep(compared(node.operator, scene.need(need), scene))
