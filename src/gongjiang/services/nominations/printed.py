"""What a printed sheet said, remembered as hashes: its page code stands for just that, whatever else of the record
changes afterwards."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings

from gongjiang.documents import layout as lo
from gongjiang.models import Case, PrintedSheet
from gongjiang.rules.papers.staleness import Mark
from gongjiang.services.programmes.programme import Programme


def coded(programme: Programme, case: Case, form_id: str, sheet: lo.Sheet) -> lo.Sheet:
    """The sheet with its page code; what it says is remembered once for each content. The code's version is that of the
    record; its digest is that of what is printed, and tells whether a print is stale."""
    marks = marks_of(case, form_id, sheet)
    digest = _hash("sheet", case, form_id, "\n".join(f"{one.label}\t{one.hash}" for one in marks))
    PrintedSheet.objects.get_or_create(
        case=case,
        form=form_id,
        digest=digest,
        defaults={"version": case.version, "marks": [[one.label, one.hash, one.open] for one in marks]},
    )
    return replace(sheet, code=lo.PageCode(f"{programme.pack.id}/{form_id}", case.number, str(case.version), digest))


def marks_of(case: Case, form_id: str, sheet: lo.Sheet) -> list[Mark]:
    """Box by box: label, keyed hash of what stands in it, whether it was left for a pen."""
    return [
        Mark(label[:40], _hash("box", case, form_id, f"{label}\n{text}")[:16], open_)
        for label, text, open_ in (box for block in sheet.blocks for box in boxes_of(block))
    ]


def marks_in(printed: PrintedSheet) -> list[Mark]:
    """Those that were remembered."""
    return [Mark(str(label), str(digest), bool(open_)) for label, digest, open_ in printed.marks]


def boxes_of(block: lo.Block) -> Iterator[tuple[str, str, bool]]:
    """(label, text, left open) of each box of a block."""
    if isinstance(block, lo.Grid):
        yield from (_cell(cell) for row in block.rows for cell in row)
    elif isinstance(block, lo.Line):
        yield from (_line(label, text) for label, text in block.items)
    elif isinstance(block, lo.TextBlock):
        yield block.label or "正文", f"{block.lead}\n{block.text}", False
    elif isinstance(block, lo.Opinions):
        yield from (_opinion(one) for one in block.cells)
    elif isinstance(block, lo.Table):
        yield block.label or "表格", repr((block.header, block.rows)), False
    elif isinstance(block, lo.Checks):
        for item in block.items:
            yield item.title, repr(item.lines), False
    else:
        yield "说明", block.text, False


def _cell(cell: lo.Cell | lo.PhotoCell) -> tuple[str, str, bool]:
    if isinstance(cell, lo.PhotoCell):
        return "照片", hashlib.sha256(cell.image or b"").hexdigest(), False
    return _line(cell.label, cell.text)


def _line(label: str, text: str) -> tuple[str, str, bool]:
    blank = text.replace("　", "").replace(" ", "") in {"", "年月日"} and "年" in text
    return label, "" if blank else text, blank


def _opinion(one: lo.OpinionCell) -> tuple[str, str, bool]:
    empty = not (one.text or one.signed_by or one.dated)
    return one.label, f"{one.lead}\n{one.text}\n{one.signed_by}\n{one.dated}", empty


def _hash(kind: str, case: Case, form_id: str, text: str) -> str:
    key = bytes.fromhex(settings.SECRETS["lookup"])
    return hmac.new(key, f"print.{kind}\0{case.number}\0{form_id}\0{text}".encode(), hashlib.sha256).hexdigest()
