"""What Word files in the form of GB/T 9704 have in common: lines, tables over the text area, who signs, page numbers
in dashes. Sizes in points, widths in millimetres."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from gongjiang.documents.docx.paper import ALIGN, BODY, LABEL, field, write
from gongjiang.documents.ink import printable

SIZE, SMALL, PITCH, WIDE = 16, 12, 28.0, 156
MARGINS = (37, 35, 28, 26)
INDENT = Pt(2 * SIZE)
Row = Sequence[str]


def line(
    document: Document, text: str, align: str = "left", font: str = BODY, size: float = SIZE, pitch: float = PITCH
) -> Paragraph:
    """One paragraph, 三号仿宋 at 28 points unless said."""
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.line_spacing = Pt(pitch)
    write(paragraph, printable(text), font, size)
    return paragraph


def prose(document: Document, text: str) -> None:
    """Its lines, each indented by two characters."""
    for one in text.split("\n"):
        line(document, one).paragraph_format.first_line_indent = INDENT


def table(document: Document, columns: Row, rows: Sequence[Row], *, fixed: bool = False) -> None:
    """Header and rows over the text area; no row is torn, the header stands on each page. `fixed`: the widths are
    kept whatever a cell holds, texts stand in the middle of their row."""
    made = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    if fixed:
        made.autofit = False
    widths = [Mm(mm) for mm in widths_of(columns, rows)]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for font, row in [(LABEL, columns), *((BODY, row) for row in rows)]:
        for cell, text, width in zip(made.add_row().cells, row, widths, strict=True):
            cell.width = width
            if fixed:
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN["center" if len(text) < 12 else "left"]
            paragraph.paragraph_format.line_spacing = Pt(20)
            write(paragraph, printable(text), font, SMALL)
    for one in made.rows:
        one._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def widths_of(columns: Row, rows: Sequence[Row]) -> list[float]:
    """The text area shared by how long the words of each column are, within reason."""
    weights = [min(24, max(4, *(len(text) for text in column))) for column in zip(columns, *rows, strict=True)]
    return [round(WIDE * weight / sum(weights), 1) for weight in weights]


def signed(document: Document, issuers: Sequence[str], date: str) -> None:
    """Who issues it, and the day, at the right; kept on one page."""
    line(document, "")
    for text in (*issuers, date):
        last = text == date
        paragraph = line(document, text, "right")
        paragraph.paragraph_format.right_indent = Pt((4 if last else 2) * SIZE)
        paragraph.paragraph_format.keep_with_next = not last


def page_number(document: Document) -> None:
    """— 1 — in the middle of the foot."""
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = ALIGN["center"]
    write(foot, "— ", "宋体", 14)
    field(foot, "PAGE", 14)
    write(foot, " —", "宋体", 14)
