"""A notice as a Word file in the form of GB/T 9704: margins 37, 35, 28, 26 mm, title 二号小标宋, body 三号仿宋,
28 lines' pitch, page number in dashes."""

from docx.document import Document

from gongjiang.documents.docx.official import INDENT, MARGINS, SIZE, line, page_number, prose, signed, table
from gongjiang.documents.docx.paper import LABEL, TITLE, blank, saved
from gongjiang.documents.ink import printable
from gongjiang.documents.notice.text import NameList, NoticeText


def notice_docx(notice: NoticeText) -> bytes:
    """`notice` ready to seal; the same notice gives the same bytes."""
    document = blank(printable(notice.title), MARGINS, size=SIZE)
    for text in notice.title.split("\n"):
        line(document, text, "center", TITLE, 22, 33)
    if notice.number:
        line(document, notice.number, "center")
    line(document, "", "center")
    if notice.addressee:
        line(document, f"{notice.addressee.rstrip('：')}：")
    for text in notice.paragraphs:
        prose(document, text)
    for names in notice.lists:
        _names(document, names)
    for text in notice.closing:
        prose(document, text)
    for label, text in notice.contact:
        prose(document, f"{label}：{text}")
    signed(document, notice.issuers, notice.date)
    page_number(document)
    return saved(document)


def _names(document: Document, names: NameList) -> None:
    if names.heading:
        heading = line(document, names.heading, font=LABEL)
        heading.paragraph_format.first_line_indent = INDENT
        heading.paragraph_format.keep_with_next = True
    table(document, names.columns, names.rows)
