"""A blank Word file as the offices expect it, and the few elements that python-docx doesn't write itself.

Everything is deterministic: the same content gives the same bytes, with no author and no clock in it.
"""

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

TITLE, BODY, LABEL, NOTE = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp, in no zone: the file says nothing of its making
ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def blank(title: str, margins: tuple[float, float, float, float], font: str = BODY, size: float = 10.5) -> Document:
    """An A4 document; `margins` in mm: top, bottom, left, right."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = margins
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance, section.footer_distance = Mm(6), Mm(8)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_after = Pt(0)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "", "", ""
    core.created = core.modified = EPOCH
    core.revision, core.language = 1, "zh-CN"
    return document


def write(paragraph: Paragraph, text: str, font: str = BODY, size: float | None = None) -> WordRun:
    """Add `text` to `paragraph` with its East Asian font named."""
    run = paragraph.add_run(text)
    run.font.name = LATIN
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    if size is not None:
        run.font.size = Pt(size)
    return run


def field(paragraph: Paragraph, instruction: str, size: float) -> None:
    """A field that Word computes itself, such as PAGE."""
    for kind, text in (("begin", ""), ("", instruction), ("end", "")):
        run = write(paragraph, "", size=size)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)


def picture(paragraph: Paragraph, image: bytes, height: float) -> None:
    """Set `image`, `height` mm high, into the line of words, with no room around it."""
    shape = paragraph.add_run().add_picture(io.BytesIO(image), height=Mm(height))
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")


def saved(document: Document) -> bytes:
    """The bytes of `document`, its zip entries without a clock, the library's own thumbnail left out."""
    links = document.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[key]
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
