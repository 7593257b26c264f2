"""The printed forms of a nomination as pictures, from what is saved just now: made on request, kept nowhere."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pypdfium2

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case
from gongjiang.services.nominations.printing import papers_of, print_form
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.programmes.programme import programme_of

WIDTH: Final = 1240
"""Pixels of an A4 page: 150 to the inch, so that small print reads well."""


@dataclass(frozen=True)
class Preview:
    """The papers of a case (id, name), the one that is shown, and how many pages it has."""

    case: Case
    papers: tuple[tuple[str, str], ...]
    paper: str
    pages: int


def preview_of(actor: Actor, case_id: int, paper: str = "") -> Preview:
    """A paper of a case that the actor may see, the first if none is named. NotFound if there is none such."""
    case = get_case(actor, case_id)
    programme = programme_of(case.process)
    papers = tuple(papers_of(programme, case))
    chosen = paper or (papers[0][0] if papers else "")
    if chosen not in {one for one, _ in papers}:
        raise NotFound("没有这张表。", "No such form.")
    document = pypdfium2.PdfDocument(print_form(programme, case, chosen, "pdf"))
    try:
        return Preview(case, papers, chosen, len(document))
    finally:
        document.close()


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
