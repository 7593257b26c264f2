"""How a nominee's result came about, line by line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.reports.explanation import explanation
from gongjiang.web.access import signed_in


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int, stage_id: str, case_id: int) -> HttpResponse:
    """For whoever runs the panel, and for the nominee where the edition allows it."""
    programme = get_programme(request.actor, edition_id)
    found = explanation(request.actor, programme, stage_id, case_id)
    context = {"edition": programme.edition, "stage": found.stage, "found": found}
    return render(request, "reports/explanation.html", context)
