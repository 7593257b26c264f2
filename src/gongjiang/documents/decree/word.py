"""An issued document as a Word file in the form of GB/T 9704: red head, 发文字号, red line, title 二号小标宋,
body 三号仿宋, the annex on pages of its own, page numbers in dashes."""

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.text.paragraph import Paragraph

from gongjiang.documents.decree.text import Decree
from gongjiang.documents.docx.official import INDENT, MARGINS, SIZE, WIDE, line, page_number, prose, signed, table
from gongjiang.documents.docx.paper import ALIGN, LABEL, TITLE, blank, saved, write
from gongjiang.documents.ink import printable

MM = 0.3528  # millimetres of a point
RED = RGBColor(0xD7, 0x00, 0x0F)


def decree_docx(decree: Decree) -> bytes:
    """`decree` ready to sign and seal; the same words give the same bytes."""
    document = blank(printable(decree.title), MARGINS, size=SIZE)
    _head(document, decree)
    for text in decree.title.split("\n"):
        line(document, text, "center", TITLE, 22, 33)
    line(document, "")
    if decree.addressee:
        line(document, f"{decree.addressee.rstrip('：:')}：")
    for text in decree.paragraphs:
        prose(document, text)
    line(document, "")
    line(document, f"附件：{decree.annex}").paragraph_format.first_line_indent = INDENT
    signed(document, decree.issuers, decree.date)
    _annex(document, decree)
    page_number(document)
    return saved(document)


def _head(document: Document, decree: Decree) -> None:
    """发文机关标志 in red (several bodies above each other, 文件 beside them), the number, the red line."""
    issuers = decree.issuers or ("（发文单位）",)
    many, longest = len(issuers), max(len(one) for one in issuers)
    wanted = 36 if many == 1 else 28 if many <= 3 else 22
    size = min(wanted, int((WIDE - 40) / (longest * MM)))
    head = document.add_table(rows=many, cols=2)
    head.alignment, head.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    left = round(longest * size * MM) + 5
    for column, width in zip(head.columns, (left, 34), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for row, name in zip(head.rows, issuers, strict=True):
        _red(row.cells[0].paragraphs[0], name, size, "right" if many == 1 else "center")
    word = head.cell(0, 1).merge(head.cell(many - 1, 1))
    _red(word.paragraphs[0], "文件", size if many == 1 else 34, "left")
    line(document, "")
    number = line(document, decree.number or "（发文字号）", "center")
    _red_rule(number)
    line(document, "")


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


def _annex(document: Document, decree: Decree) -> None:
    mark = line(document, "附件", font=LABEL)
    mark.paragraph_format.page_break_before = True
    line(document, "")
    line(document, decree.annex, "center", TITLE, 22, 33)
    for one in decree.lists:
        line(document, "", pitch=14)
        if one.heading:
            line(document, one.heading, font=LABEL).paragraph_format.keep_with_next = True
        table(document, one.columns, one.rows, fixed=True)
