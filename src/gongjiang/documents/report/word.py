"""A report as a Word file in the form of GB/T 9704: title 二号小标宋, headings 黑体, body 三号仿宋; tables as annexes,
each under its name."""

from io import BytesIO

from docx.shared import Mm

from gongjiang.documents.docx.official import INDENT, MARGINS, SIZE, WIDE, line, page_number, prose, signed, table
from gongjiang.documents.docx.paper import LABEL, TITLE, blank, saved
from gongjiang.documents.ink import printable
from gongjiang.documents.report.pdf import chart_png
from gongjiang.documents.report.text import Chart, ReportText, Tabled


def report_docx(report: ReportText) -> bytes:
    """`report` ready to seal; the same words give the same bytes."""
    document = blank(printable(report.title), MARGINS, size=SIZE)
    if report.draft:
        line(document, report.draft, "right", size=12, pitch=20)
    for text in report.title.split("\n"):
        line(document, text, "center", TITLE, 22, 33)
    line(document, "")
    line(document, f"{report.addressee.rstrip('：:')}：")
    prose(document, report.opening)
    for part in report.parts:
        heading = line(document, part.heading, font=LABEL)
        heading.paragraph_format.first_line_indent = INDENT
        heading.paragraph_format.keep_with_next = True
        for text in part.paragraphs:
            prose(document, text)
    line(document, "")
    annexes: tuple[Tabled | Chart, ...] = (*report.tables, *report.charts)
    names = [one.title for one in annexes]
    for n, name in enumerate(names, 1):
        said = line(document, f"{'附件：' if n == 1 else '　　　'}{f'{n}.' if len(names) > 1 else ''}{name}")
        said.paragraph_format.first_line_indent = INDENT
    signed(document, (report.issuer,), report.date)
    for n, one in enumerate(annexes, 1):
        mark = line(document, f"附件{n if len(names) > 1 else ''}", font=LABEL)
        mark.paragraph_format.page_break_before = n == 1
        mark.paragraph_format.keep_with_next = True
        line(document, one.title, "center", TITLE, 18, 30).paragraph_format.keep_with_next = True
        if isinstance(one, Chart):
            document.add_picture(BytesIO(chart_png(one)), width=Mm(WIDE))
        else:
            table(document, one.columns, one.rows, fixed=True)
        line(document, "", pitch=14)
    if report.note:
        line(document, report.note, size=12, pitch=20)
    page_number(document)
    return saved(document)
