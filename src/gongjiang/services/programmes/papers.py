"""Annexes of the notice that are about no nominee, as sheets to print: what the pack knows, in the annex's boxes."""

import re
from collections.abc import Callable, Iterator, Mapping

from gongjiang.documents import layout as lo
from gongjiang.documents.docx import render_docx
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.errors import NotFound
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.schema.paper import PaperBlock

ITEM = re.compile(r"(?<=[。；])(?=\d\.)")


def paper_sheet(pack: Pack, paper_id: str) -> lo.Sheet:
    """An annex of the pack's `papers`. NotFound if it has none such."""
    paper = next((one for one in pack.papers if one.id == paper_id), None)
    if paper is None:
        raise NotFound(f"没有“{paper_id}”这张附件。", "No such annex.")
    blocks = (made for block in paper.blocks for made in BLOCKS[block.type](pack, block))
    return lo.Sheet(paper.shown, tuple(blocks), annex=paper.heading)


def print_sheet(sheet: lo.Sheet, kind: str) -> bytes:
    """A sheet as `pdf` or `docx`."""
    return render_docx(sheet) if kind == "docx" else render_pdf(sheet)


def _table(pack: Pack, block: PaperBlock) -> Iterator[lo.Block]:
    yield lo.Table("", block.columns, block.rows, 0, block.widths, block.merge)


def _places(pack: Pack, block: PaperBlock) -> Iterator[lo.Block]:
    """北京 6 | 重庆 7: read down, then across."""
    table = pack.tables[block.table or ""]
    lines = [(block.values.get(str(name), str(name)), _number(row)) for name, row in table.rows.items()]
    deep = -(-len(lines) // block.folds)
    folded = [lines[n::deep] for n in range(deep)]
    rows = tuple(tuple(word for pair in row for word in pair) for row in folded)
    full = tuple((*row, *("",) * (2 * block.folds - len(row))) for row in rows)
    yield lo.Table("", block.columns * block.folds, full, 0, block.widths * block.folds, lo.CENTRED)


def _number(row: object) -> str:
    """6; 9（3） where another unit's places lie inside; the sum of a split row."""
    if not isinstance(row, Mapping):
        return str(row)
    if "split" in row:
        return str(sum(int(one) for one in row["split"].values()))
    inside = sum(int(one) for one in row.get("includes", {}).values())
    return f"{row['places']}（{inside}）" if inside else str(row["places"])


def _rubric(pack: Pack, block: PaperBlock) -> Iterator[lo.Block]:
    tree = next(one for one in pack.scoring if one.id == block.tree)
    rows = tuple((power.shown, leaf.shown, leaf.gloss, _numbered(leaf)) for power in tree.of for leaf in power.of)
    yield lo.Table("", block.columns, rows, 0, block.widths, 1)


def _numbered(leaf: ScoreNode) -> str:
    if len(leaf.evidence) < 2:
        return "".join(leaf.evidence)
    return "\n".join(f"{n}. {one}" for n, one in enumerate(leaf.evidence, 1))


def _powers(pack: Pack, block: PaperBlock) -> Iterator[lo.Block]:
    clauses = {one.id: one.text for one in pack.all_clauses}
    rows = []
    for power in block.powers:
        rest = clauses.get(power.clause, "").removeprefix(power.label)
        for head, after in zip(power.of, (*power.of[1:], ""), strict=True):
            rest = rest.removeprefix(head)
            end = rest.index(after) if after else len(rest)
            rows.append((power.label, head, ITEM.sub("\n", rest[:end])))
            rest = rest[end:]
    yield lo.Table("", block.columns, tuple(rows), 0, block.widths, 1)
    named = {power.clause for power in block.powers}
    for one in pack.notice.corrections if pack.notice else ():
        if one.clause in named:
            yield lo.Note(f"平台注：原文“{one.printed}”，应为“{one.meant}”。")


def _note(pack: Pack, block: PaperBlock) -> Iterator[lo.Block]:
    clause = next((one.text for one in pack.all_clauses if one.id == block.clause), "")
    yield lo.Note(block.text or clause)


BLOCKS: Mapping[str, Callable[[Pack, PaperBlock], Iterator[lo.Block]]] = {
    "table": _table,
    "places": _places,
    "rubric": _rubric,
    "powers": _powers,
    "note": _note,
}
