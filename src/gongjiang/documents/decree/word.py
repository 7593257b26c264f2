"""An issued document as a Word file in the form of GB/T 9704: red head, 发文字号, red line, title 二号小标宋,
body 三号仿宋, the annex on pages of its own, page numbers in dashes."""

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from gongjiang.documents.decree.text import AnnexList, Decree
from gongjiang.documents.docx.paper import ALIGN, BODY, LABEL, TITLE, blank, field, saved, write
from gongjiang.documents.ink import printable

SIZE, SMALL, PITCH, WIDE = 16, 12, 28.0, 156
MM = 0.3528  # millimetres of a point
RED = RGBColor(0xD7, 0x00, 0x0F)
INDENT = Pt(2 * SIZE)


def decree_docx(decree: Decree) -> bytes:
    """`decree` ready to sign and seal; the same words give the same bytes."""
    document = blank(printable(decree.title), (37, 35, 28, 26), size=SIZE)
    _head(document, decree)
    for line in decree.title.split("\n"):
        _line(document, line, "center", TITLE, 22, 33)
    _line(document, "")
    if decree.addressee:
        _line(document, f"{decree.addressee.rstrip('：:')}：")
    for text in decree.paragraphs:
        for line in text.split("\n"):
            _line(document, line).paragraph_format.first_line_indent = INDENT
    _line(document, "")
    _line(document, f"附件：{decree.annex}").paragraph_format.first_line_indent = INDENT
    _signed(document, decree)
    _annex(document, decree)
    _page_number(document)
    return saved(document)


def _head(document: Document, decree: Decree) -> None:
    """发文机关标志 in red (several bodies above each other, 文件 beside them), the number, the red line."""
    issuers = decree.issuers or ("（发文单位）",)
    many, longest = len(issuers), max(len(one) for one in issuers)
    wanted = 36 if many == 1 else 28 if many <= 3 else 22
    size = min(wanted, int((WIDE - 40) / (longest * MM)))
    table = document.add_table(rows=many, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    left = round(longest * size * MM) + 5
    for column, width in zip(table.columns, (left, 34), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for row, name in zip(table.rows, issuers, strict=True):
        _red(row.cells[0].paragraphs[0], name, size, "right" if many == 1 else "center")
    word = table.cell(0, 1).merge(table.cell(many - 1, 1))
    _red(word.paragraphs[0], "文件", size if many == 1 else 34, "left")
    _line(document, "")
    number = _line(document, decree.number or "（发文字号）", "center")
    _red_rule(number)
    _line(document, "")


def _red(paragraph: Paragraph, text: str, size: float, align: str) -> None:
    paragraph.alignment = ALIGN[align]
    write(paragraph, printable(text), TITLE, size).font.color.rgb = RED


def _red_rule(paragraph: Paragraph) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "D7000F")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _line(
    document: Document, text: str, align: str = "left", font: str = BODY, size: float = SIZE, pitch: float = PITCH
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.line_spacing = Pt(pitch)
    write(paragraph, printable(text), font, size)
    return paragraph


def _signed(document: Document, decree: Decree) -> None:
    _line(document, "")
    for text in (*decree.issuers, decree.date):
        last = text == decree.date
        line = _line(document, text, "right")
        line.paragraph_format.right_indent = Pt((4 if last else 2) * SIZE)
        line.paragraph_format.keep_with_next = not last


def _annex(document: Document, decree: Decree) -> None:
    mark = _line(document, "附件", font=LABEL)
    mark.paragraph_format.page_break_before = True
    _line(document, "")
    _line(document, decree.annex, "center", TITLE, 22, 33)
    for one in decree.lists:
        _line(document, "", pitch=14)
        if one.heading:
            _line(document, one.heading, font=LABEL).paragraph_format.keep_with_next = True
        _table(document, one)


def _table(document: Document, one: AnnexList) -> None:
    table = document.add_table(rows=0, cols=len(one.columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Mm(mm) for mm in widths_of(one)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for font, row in [(LABEL, one.columns), *((BODY, row) for row in one.rows)]:
        for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
            cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN["center" if len(text) < 12 else "left"]
            paragraph.paragraph_format.line_spacing = Pt(20)
            write(paragraph, printable(text), font, SMALL)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def widths_of(one: AnnexList) -> list[float]:
    """The text area in mm, shared by how long the words of each column are, within reason."""
    columns = zip(one.columns, *one.rows, strict=True)
    weights = [min(24, max(4, *(len(text) for text in column))) for column in columns]
    return [round(WIDE * weight / sum(weights), 1) for weight in weights]


def _page_number(document: Document) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = ALIGN["center"]
    write(foot, "— ", "宋体", 14)
    field(foot, "PAGE", 14)
    write(foot, " —", "宋体", 14)
