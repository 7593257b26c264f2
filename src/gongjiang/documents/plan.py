"""From a sheet to its geometry. Both printers draw from a plan, so that PDF and Word have the same boxes in the
same order."""

from collections.abc import Iterator
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
            parts.extend(_slabs(list(group)))
        else:
            parts.extend(_strip(block) for block in group if isinstance(block, lo.Line | lo.Note | lo.Title))
    return Plan(sheet.title, sheet.subtitle, sheet.annex, sheet.code, tuple(parts))


def _slabs(members: list[lo.Block]) -> Iterator[Slab]:
    """Neighbours are one table; but one whose head stands again on every page is a table of its own, right below."""
    runs: list[list[lo.Block]] = []
    for block in members:
        if runs and not _over(block) and not _over(runs[-1][-1]):
            runs[-1].append(block)
        else:
            runs.append([block])
    for n, run in enumerate(runs):
        bare = isinstance(run[0], lo.Table) and not run[0].label
        head = 2 if _over(run[0]) else 1 if bare and n == 0 else 0
        yield Slab(tuple(band for block in run for band in bands_of(block)), head, joined=n > 0)


def _over(block: lo.Block) -> bool:
    return isinstance(block, lo.Table) and block.over


def _settle_notes(blocks: tuple[lo.Block, ...]) -> tuple[lo.Block, ...]:
    inked = [index for index, block in enumerate(blocks) if not isinstance(block, lo.Line | lo.Note | lo.Title)]
    first, last = (inked[0], inked[-1]) if inked else (0, 0)
    return tuple(
        replace(block, boxed=first < index < last) if isinstance(block, lo.Note) and block.boxed is None else block
        for index, block in enumerate(blocks)
    )


def _is_boxed(block: lo.Block) -> bool:
    if isinstance(block, lo.Note):
        return bool(block.boxed)
    return not isinstance(block, lo.Line | lo.Title)


def _strip(block: lo.Line | lo.Note | lo.Title) -> Strip:
    if isinstance(block, lo.Title):
        return Strip(paras_of(block.text, style="title", align="center"), new_page=block.new_page)
    if isinstance(block, lo.Note):
        return Strip(paras_of(block.text, style="note"))
    items = [(Run(f"{label}："), Run(text)) if label else (Run(text),) for label, text in block.items]
    if block.align in ("spread", "stack"):
        return Strip(tuple(Para(runs) for runs in items), spread=block.align == "spread")
    gap = (Run("　　"),)
    runs = tuple(run for index, item in enumerate(items) for run in ((gap if index else ()) + item))
    return Strip((Para(runs, align="right" if block.align == "right" else "left"),))
