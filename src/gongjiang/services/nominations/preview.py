"""The printed forms of a nomination as pictures, from what is saved just now: made on request, kept nowhere."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pypdfium2

from gongjiang.documents import layout as lo
from gongjiang.documents.ink import printable
from gongjiang.documents.pdf import faces, render_pdf, without_glyph
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case
from gongjiang.services.nominations.printed import boxes_of
from gongjiang.services.nominations.printing import papers_of, print_form, sheet_of
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.programmes.programme import programme_of

WIDTH: Final = 1240
"""Pixels of an A4 page: 150 to the inch, so that small print reads well."""


@dataclass(frozen=True)
class Preview:
    """The papers of a case (id, name), the one that is shown, and how many pages it has. `missing`: characters that
    no typeface has, box by box; `faces`: what each part is set in (official name, typeface, only standing in)."""

    case: Case
    papers: tuple[tuple[str, str], ...]
    paper: str
    pages: int
    missing: tuple[tuple[str, str], ...]
    faces: list[tuple[str, str, bool]]


def preview_of(actor: Actor, case_id: int, paper: str = "") -> Preview:
    """A paper of a case that the actor may see, the first if none is named. NotFound if there is none such."""
    case = get_case(actor, case_id)
    programme = programme_of(case.process)
    papers = tuple(papers_of(programme, case))
    chosen = paper or (papers[0][0] if papers else "")
    if chosen not in {one for one, _ in papers}:
        raise NotFound("没有这张表。", "No such form.")
    sheet = sheet_of(programme, case, chosen)
    document = pypdfium2.PdfDocument(render_pdf(sheet))
    try:
        return Preview(case, papers, chosen, len(document), missing_in(sheet), faces())
    finally:
        document.close()


def missing_in(sheet: lo.Sheet) -> tuple[tuple[str, str], ...]:
    """Box by box (its label, the characters) what a PDF can't show."""
    boxes = [(label, text) for block in sheet.blocks for label, text, _ in boxes_of(block)]
    found = ((label, "".join(without_glyph(printable(text)))) for label, text in boxes)
    return tuple(dict.fromkeys((label, chars) for label, chars in found if chars))


def picture_of(actor: Actor, case_id: int, paper: str, page: int) -> bytes:
    """One page of it as a PNG. NotFound for a page that it hasn't."""
    case = get_case(actor, case_id)
    document = pypdfium2.PdfDocument(print_form(programme_of(case.process), case, paper, "pdf"))
    try:
        if not 1 <= page <= len(document):
            raise NotFound("没有这一页。", "No such page.")
        sheet = document[page - 1]
        picture = sheet.render(scale=WIDTH / max(sheet.get_width(), 1.0)).to_pil().convert("L")
        sheet.close()
    finally:
        document.close()
    out = BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()
