"""A notice as a Word file in the form of GB/T 9704: margins 37, 35, 28, 26 mm, title 二号小标宋, body 三号仿宋,
28 lines' pitch, page number in dashes."""

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from gongjiang.documents.docx.paper import ALIGN, BODY, LABEL, TITLE, blank, field, saved, write
from gongjiang.documents.ink import printable
from gongjiang.documents.notice.text import NameList, NoticeText

SIZE, SMALL, PITCH = 16, 12, 28.0
INDENT = Pt(2 * SIZE)


def notice_docx(notice: NoticeText) -> bytes:
    """`notice` ready to seal; the same notice gives the same bytes."""
    document = blank(printable(notice.title), (37, 35, 28, 26), size=SIZE)
    for line in notice.title.split("\n"):
        _line(document, line, "center", TITLE, 22, 33)
    if notice.number:
        _line(document, notice.number, "center")
    _line(document, "", "center")
    if notice.addressee:
        _line(document, f"{notice.addressee.rstrip('：')}：")
    for text in notice.paragraphs:
        _prose(document, text)
    for names in notice.lists:
        _names(document, names)
    for text in notice.closing:
        _prose(document, text)
    for label, text in notice.contact:
        _prose(document, f"{label}：{text}")
    _signature(document, notice)
    _page_number(document)
    return saved(document)


def _line(
    document: Document, text: str, align: str = "left", font: str = BODY, size: float = SIZE, pitch: float = PITCH
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.line_spacing = Pt(pitch)
    write(paragraph, printable(text), font, size)
    return paragraph


def _prose(document: Document, text: str) -> None:
    for line in text.split("\n"):
        _line(document, line).paragraph_format.first_line_indent = INDENT


def _names(document: Document, names: NameList) -> None:
    if names.heading:
        heading = _line(document, names.heading, font=LABEL)
        heading.paragraph_format.first_line_indent = INDENT
        heading.paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(names.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    rows = [(LABEL, names.columns), *((BODY, row) for row in names.rows)]
    widths = _widths(names)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for font, row in rows:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN["center" if len(text) < 12 else "left"]
            paragraph.paragraph_format.line_spacing = Pt(20)
            write(paragraph, printable(text), font, SMALL)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _widths(names: NameList) -> list[Mm]:
    """The text area shared by how long the words of each column are, within reason."""
    columns = zip(names.columns, *names.rows, strict=True)
    weights = [min(24, max(4, *(len(text) for text in column))) for column in columns]
    return [Mm(round(156 * weight / sum(weights), 1)) for weight in weights]


def _signature(document: Document, notice: NoticeText) -> None:
    _line(document, "")
    for text in (*notice.issuers, notice.date):
        signed = _line(document, text, "right")
        signed.paragraph_format.right_indent = Pt(4 * SIZE if text == notice.date else 2 * SIZE)
        signed.paragraph_format.keep_with_next = text != notice.date


def _page_number(document: Document) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = ALIGN["center"]
    write(foot, "— ", "宋体", 14)
    field(foot, "PAGE", 14)
    write(foot, " —", "宋体", 14)
