"""From a sheet to its geometry. Both printers draw from a plan, so that PDF and Word have the same boxes in the
same order."""

from dataclasses import dataclass, replace
from itertools import groupby

from gongjiang.documents import layout as lo
from gongjiang.documents.bands import bands_of
from gongjiang.documents.boxes import Slab, Strip
from gongjiang.documents.ink import Para, Run, paras_of


@dataclass(frozen=True)
class Plan:
    title: str
    subtitle: str
    annex: str
    code: lo.PageCode | None
    parts: tuple[Slab | Strip, ...]


def plan(sheet: lo.Sheet) -> Plan:
    """Place every block of `sheet`; neighbouring boxed blocks become one slab."""
    blocks = _settle_notes(sheet.blocks)
    parts: list[Slab | Strip] = []
    for boxed, group in groupby(blocks, key=_is_boxed):
        if boxed:
            members = list(group)
            head = 1 if isinstance(members[0], lo.Table) and not members[0].label else 0
            parts.append(Slab(tuple(band for block in members for band in bands_of(block)), head))
        else:
            parts.extend(_strip(block) for block in group if isinstance(block, lo.Line | lo.Note))
    return Plan(sheet.title, sheet.subtitle, sheet.annex, sheet.code, tuple(parts))


def _settle_notes(blocks: tuple[lo.Block, ...]) -> tuple[lo.Block, ...]:
    inked = [index for index, block in enumerate(blocks) if not isinstance(block, lo.Line | lo.Note)]
    first, last = (inked[0], inked[-1]) if inked else (0, 0)
    return tuple(
        replace(block, boxed=first < index < last) if isinstance(block, lo.Note) and block.boxed is None else block
        for index, block in enumerate(blocks)
    )


def _is_boxed(block: lo.Block) -> bool:
    if isinstance(block, lo.Note):
        return bool(block.boxed)
    return not isinstance(block, lo.Line)


def _strip(block: lo.Line | lo.Note) -> Strip:
    if isinstance(block, lo.Note):
        return Strip(paras_of(block.text, style="note"))
    items = [(Run(f"{label}："), Run(text)) if label else (Run(text),) for label, text in block.items]
    if block.align in ("spread", "stack"):
        return Strip(tuple(Para(runs) for runs in items), spread=block.align == "spread")
    gap = (Run("　　"),)
    runs = tuple(run for index, item in enumerate(items) for run in ((gap if index else ()) + item))
    return Strip((Para(runs, align="right" if block.align == "right" else "left"),))
