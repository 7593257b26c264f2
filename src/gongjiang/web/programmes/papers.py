"""The annexes of an edition's notice: those that are about nobody as they stand, the forms of a nominee empty."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.services.nominations.blank_list import blank_list, blank_lists
from gongjiang.services.nominations.printing import blank_papers, blank_sheet
from gongjiang.services.packages.queries import handles
from gongjiang.services.programmes.papers import paper_sheet, print_sheet
from gongjiang.services.programmes.queries import get_programme
from gongjiang.web.access import signed_in

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Every annex with its PDF and its Word file, summary sheets as Excel."""
    programme = get_programme(request.actor, edition_id)
    standing = [(one.id, one.heading, one.shown) for one in programme.pack.papers]
    forms = [(*one, False) for one in blank_papers(programme)] + [(*one, True) for one in blank_lists(programme)]
    forms.sort(key=lambda one: (not one[1], one[1]))
    context = {
        "edition": programme.edition,
        "papers": standing,
        "forms": forms,
        "packs_up": handles(request.actor, programme.edition),
    }
    return render(request, "programmes/papers.html", context)


@signed_in
@require_safe
def printed(request: HttpRequest, edition_id: int, paper_id: str, kind: str) -> HttpResponse:
    """One annex; a form of a nominee comes empty."""
    programme = get_programme(request.actor, edition_id)
    if kind not in KINDS:
        raise NotFound()
    lists = {key: f"{annex}{label}" for key, annex, label in blank_lists(programme)}
    if (paper_id in lists) != (kind == "xlsx"):
        raise NotFound()
    if kind == "xlsx":
        return _file(blank_list(programme, paper_id), lists[paper_id], kind)
    stands = any(one.id == paper_id for one in programme.pack.papers)
    sheet = paper_sheet(programme.pack, paper_id) if stands else blank_sheet(programme, paper_id)
    return _file(print_sheet(sheet, kind), f"{sheet.annex}{sheet.title}", kind)


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=KINDS[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{kind}"
    return response
