"""The official forms as they would be printed now, page by page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongjiang.services.nominations.preview import picture_of, preview_of
from gongjiang.web.access import signed_in
from gongjiang.web.nominations.page import address_or_none


@signed_in
@require_safe
def preview(request: HttpRequest, case_id: int, paper: str = "") -> HttpResponse:
    """One paper as pictures, the others beside it; `?from=`: the step of the form to go back to."""
    found = preview_of(request.actor, case_id, paper)
    step = request.GET.get("from", "")
    back = reverse("nominations-form", args=[case_id, step]) if step.isidentifier() else ""
    context = {
        "case": found.case,
        "paper": found.paper,
        "name": dict(found.papers)[found.paper],
        "tabs": [
            {"label": name, "url": reverse("nominations-preview", args=[case_id, one]), "current": one == found.paper}
            for one, name in found.papers
        ],
        "query": f"?from={step}" if back else "",
        "pages": range(1, found.pages + 1),
        "back": back or reverse("nominations-edit", args=[case_id]),
        "missing": found.missing,
        "stand_ins": [(name, used) for name, used, stands_in in found.faces if stands_in],
        "own_faces": [(name, used) for name, used, stands_in in found.faces if not stands_in],
        "pdf": address_or_none("nominations-print", case_id, found.paper, "pdf"),
        "docx": address_or_none("nominations-print", case_id, found.paper, "docx"),
    }
    return render(request, "nominations/preview.html", context)


@signed_in
@require_safe
def page(request: HttpRequest, case_id: int, paper: str, number: int) -> HttpResponse:
    """One page as a picture; never kept by the browser, since it shows what is saved now."""
    response = HttpResponse(picture_of(request.actor, case_id, paper, number), content_type="image/png")
    response["Cache-Control"] = "no-store"
    return response
