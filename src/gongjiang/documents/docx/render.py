"""A sheet as a Word file: the same boxes, in the same order, as the PDF of the same plan."""

import io

import segno
from docx.document import Document
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from gongjiang.documents.boxes import LINE, Box, Slab, Strip
from gongjiang.documents.checks import TICKED
from gongjiang.documents.docx.paper import ALIGN, BODY, LABEL, NOTE, TITLE, blank, field, picture, saved, write
from gongjiang.documents.docx.slab import draw
from gongjiang.documents.ink import Para, Run, printable
from gongjiang.documents.layout import PageCode, Sheet
from gongjiang.documents.picture import portrait, size_of
from gongjiang.documents.plan import plan

FONTS = {"body": BODY, "label": LABEL, "note": NOTE, "title": TITLE}
SYMBOLS = "Segoe UI Symbol"
EMPTY_LINE = "_" * 12


def render_docx(sheet: Sheet) -> bytes:
    """`sheet` as an editable Word file on A4."""
    drawn = plan(sheet)
    document = blank(printable(drawn.title), (21, 15, 22, 22))
    _frame(document, drawn.code)
    if drawn.annex:
        write(document.add_paragraph(), printable(drawn.annex), LABEL, 14)
    _heading(document, drawn.title, TITLE, 20)
    if drawn.subtitle:
        _heading(document, drawn.subtitle, NOTE, 14)
    for part in drawn.parts:
        if isinstance(part, Slab):
            if part.joined:
                _hair(document)
            draw(document, part, fill_cell)
        else:
            _strip(document, part)
    return saved(document)


def _hair(document: Document) -> None:
    """Two tables without a paragraph between them are one to Word; this one is too low to be seen."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(1)
    write(paragraph, "", size=1)


def _heading(document: Document, text: str, font: str, size: float) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN["center"]
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.line_spacing = Pt(size * 1.3)
    write(paragraph, printable(text), font, size)


def _frame(document: Document, code: PageCode | None) -> None:
    section = document.sections[0]
    if code:
        head = section.header.paragraphs[0]
        head.alignment = ALIGN["right"]
        write(head, f"{printable(code.caption)}　", size=6.5)
        image = io.BytesIO()
        segno.make(code.payload, error="m", micro=False).save(image, kind="png", scale=6, border=0)
        picture(head, image.getvalue(), 13)
    foot = section.footer.paragraphs[0]
    foot.alignment = ALIGN["center"]
    write(foot, "第 ", size=8)
    field(foot, "PAGE", 8)
    write(foot, " 页　共 ", size=8)
    field(foot, "NUMPAGES", 8)
    write(foot, " 页", size=8)


def _strip(document: Document, strip: Strip) -> None:
    if not strip.spread:
        for n, para in enumerate(strip.items):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.page_break_before = strip.new_page and n == 0
            _para(paragraph, para)
        return
    paragraph = document.add_paragraph()
    share = 166 / len(strip.items)
    for index, para in enumerate(strip.items):
        if index:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(share * index))
            paragraph.add_run("\t")
        _para(paragraph, para)


def fill_cell(cell: _Cell, box: Box) -> None:
    """Write a box's words, picture and foot into its table cell."""
    paragraph = cell.paragraphs[0]
    if box.image:
        paragraph.alignment = ALIGN["center"]
        image = portrait(box.image)
        picture(paragraph, image, _high(image))
        return
    for index, para in enumerate(box.paras or (Para(()),)):
        _para(paragraph if index == 0 else cell.add_paragraph(), para)
    for _ in range(_gap(box)):
        _para(cell.add_paragraph(), Para(()))
    for para in box.foot:
        _para(cell.add_paragraph(), para)


def _high(image: bytes) -> float:
    """How high the picture stands in its frame of 32 by 43 mm, whatever its proportions."""
    width, height = size_of(image)
    return min(43.0, 32.0 * height / width)


def _gap(box: Box) -> int:
    # Word can't pin words to the bottom of a box: empty lines hold the room for the seal.
    if not box.foot:
        return 0
    a_line = max(1, box.width // 38)
    used = sum(1 + sum(len(run.text) for run in para.runs) // a_line for para in box.paras)
    return max(1, box.height // LINE - used - len(box.foot))


def _para(paragraph: Paragraph, para: Para) -> None:
    paragraph.alignment = ALIGN[para.align]
    paragraph.paragraph_format.line_spacing = Pt(26 if para.style == "title" else 14)
    if para.indent:
        paragraph.paragraph_format.first_line_indent = Pt(21)
    for run in para.runs:
        _run(paragraph, run, FONTS[para.style], title=para.style == "title")


def _run(paragraph: Paragraph, run: Run, font: str, *, title: bool) -> None:
    if run.fill:
        write(paragraph, run.text or EMPTY_LINE, font).font.underline = bool(run.text)
        return
    for n, piece in enumerate(run.text.split(TICKED)):
        if n:
            write(paragraph, TICKED, SYMBOLS).font.name = SYMBOLS
        write(paragraph, piece, font, 18 if title else None)
