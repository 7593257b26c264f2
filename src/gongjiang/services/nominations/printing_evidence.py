"""The index of evidence as an annex prints it: power by power, each indicator with its numbered pieces."""

from collections.abc import Mapping
from itertools import groupby

from gongjiang.documents import layout as lo
from gongjiang.rules.nominations.form_plan_parts import Indicator
from gongjiang.rules.programmes.schema.material import Block
from gongjiang.services.nominations.filling import Filling
from gongjiang.services.nominations.plan import plan_of


def evidence_index(filling: Filling, block: Block) -> list[lo.Block]:
    """One group of boxes a power. An indicator without pieces keeps its empty box: only those that apply are filled.
    What the annex prints in a box (`values`, by the indicator's label: 1. 2. 3.) stands there as long as all are empty.
    """
    asked = next(
        (one for one in plan_of(filling.programme, filling.case).files() if one.attachment.id == block.attach), None
    )
    if asked is None:
        return []
    titles = filling.pieces.get(block.attach or "", {})
    words = {} if titles else block.values
    return [
        lo.Grid(tuple((_cell(one, titles, words, block.lines or 1),) for one in group), power)
        for power, group in groupby(asked.indicators, key=lambda one: one.under)
    ]


def _cell(one: Indicator, titles: Mapping[str, list[str]], words: Mapping[str, str], lines: int) -> lo.Cell:
    return lo.Cell(one.label, numbered(titles.get(one.id, [])) or words.get(one.label, ""), min_lines=lines)


def numbered(titles: list[str]) -> str:
    """1.甲 2.乙, a line each; nothing for none."""
    return "\n".join(f"{n}.{title}" for n, title in enumerate(titles, 1))
