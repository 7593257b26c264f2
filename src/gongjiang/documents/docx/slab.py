"""A slab as one Word table: fixed columns, boxes over several columns and rows as merged cells."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from gongjiang.documents.boxes import Band, Box, Slab

Element = Any  # lxml's elements carry no types


def draw(document: Document, slab: Slab, fill: Callable[[_Cell, Box], None]) -> None:
    """Append `slab` to `document`; `fill` writes each box once, into the first cell of its merge."""
    edges = slab.edges
    column = {x: index for index, x in enumerate(edges)}
    root = _frame([_twips(end - start) for start, end in pairwise(edges)])
    document.element.body.insert_element_before(root, "w:sectPr")
    table = Table(root, document._body)
    tied = _tied(slab)
    for n, (band, spots) in enumerate(zip(slab.bands, _rows(slab), strict=True)):
        row = _row(band, head=n < slab.head)
        root.append(row)
        for box, first in spots:
            element = _cell(box, column[box.x + box.width] - column[box.x], first)
            row.append(element)
            if first:
                made = _Cell(element, table)
                fill(made, box)
                for paragraph in made.paragraphs if n in tied else ():
                    paragraph.paragraph_format.keep_with_next = True


def _tied(slab: Slab) -> set[int]:
    """Rows that stay on a page with the row below: those beside a label that is not parted."""
    return {
        row
        for n, band in enumerate(slab.bands)
        for box in band.boxes
        if box.rowspan > 1 and slab.together(n, box)
        for row in range(n, n + box.rowspan - 1)
    }


def _rows(slab: Slab) -> Iterator[list[tuple[Box, bool]]]:
    """Each row's boxes from left to right, with those that reach down from above (marked False)."""
    reaching: dict[int, tuple[Box, int]] = {}
    for band in slab.bands:
        carried = [(box, False) for box, left in reaching.values() if left]
        yield sorted([*carried, *((box, True) for box in band.boxes)], key=lambda spot: spot[0].x)
        reaching = {x: (box, left - 1) for x, (box, left) in reaching.items() if left > 1}
        reaching |= {box.x: (box, box.rowspan - 1) for box in band.boxes if box.rowspan > 1}


def _twips(tenths: int) -> int:
    return round(tenths * 5.669)


def _add(parent: Element, tag: str, **attributes: object) -> Element:
    child = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        child.set(qn(f"w:{key}"), str(value))
    parent.append(child)
    return child


def _frame(widths: list[int]) -> Element:
    root = OxmlElement("w:tbl")
    shape = _add(root, "tblPr")
    _add(shape, "tblW", w=sum(widths), type="dxa")
    _add(shape, "jc", val="center")
    borders = _add(shape, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _add(borders, side, val="single", sz=4, space=0, color="000000")
    _add(shape, "tblLayout", type="fixed")
    margins = _add(shape, "tblCellMar")
    for side, width in (("top", 40), ("left", 68), ("bottom", 40), ("right", 68)):
        _add(margins, side, w=width, type="dxa")
    grid = _add(root, "tblGrid")
    for width in widths:
        _add(grid, "gridCol", w=width)
    return root


def _row(band: Band, *, head: bool = False) -> Element:
    row = OxmlElement("w:tr")
    shape = _add(row, "trPr")
    if band.keep:
        _add(shape, "cantSplit")
    height = max((box.height for box in band.boxes if box.rowspan == 1), default=0)
    if height:
        _add(shape, "trHeight", val=_twips(height), hRule="atLeast")
    if head:
        _add(shape, "tblHeader")
    return row


def _cell(box: Box, columns: int, first: bool) -> Element:
    cell = OxmlElement("w:tc")
    shape = _add(cell, "tcPr")
    _add(shape, "tcW", w=_twips(box.width), type="dxa")
    if columns > 1:
        _add(shape, "gridSpan", val=columns)
    if box.rowspan > 1:
        _add(shape, "vMerge", val="restart" if first else "continue")
    if box.narrow:
        margins = _add(shape, "tcMar")
        _add(margins, "left", w=130, type="dxa")
        _add(margins, "right", w=130, type="dxa")
    if box.middle:
        _add(shape, "vAlign", val="center")
    _add(cell, "p")
    return cell
