"""The papers of one case: print, stamp, scan, upload."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.papers.arrived import arrived_of
from gongjiang.services.papers.crossed import crossed
from gongjiang.services.papers.scans import Paper, accepts, may_hand_in, papers_with_scans, take_scan
from gongjiang.services.programmes.programme import programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.places import place


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Every paper of the case; a scan of a stamped one is taken here."""
    case = get_case(request.actor, case_id)
    programme = programme_of(case.process)
    problem, status = "", 200
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise BadInput("请选择盖章件的扫描件。", "Choose a file.")
            taken = take_scan(
                actor=request.actor,
                at=request.at,
                case_id=case_id,
                name=upload.name or "",
                content=cast(BinaryIO, upload.file),
                typed=request.POST.get("code", "")[:120],
                form=request.POST.get("form", "")[:80],
                reason=request.POST.get("reason", ""),
            )
        except GongjiangError as error:
            problem, status = error.text, error.status
        else:
            messages.success(request, f"盖章件已收下（{taken.get_matched_display()}）")
            return redirect("papers-of-case", case_id)
    papers = papers_with_scans(programme, case)
    context: dict[str, Any] = {
        "case": case,
        "edition": programme.edition,
        "rows": [_row(case_id, one) for one in papers],
        "arrived": arrived_of(case),
        "unlike": list(crossed([case.pk]).values()),
        "may": may_hand_in(request.actor, programme, case),
        "accepts": accepts(request.actor, programme, case),
        "forms": [("", "按页码"), *((one.form, one.label) for one in papers)],
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "papers/case.html", context, status=status)


def _row(case_id: int, one: Paper) -> dict[str, Any]:
    if one.scan is None:
        state = ("missing", "还没有盖章件")
    elif one.changed:
        state = ("unmet", "已过时")
    elif one.scan.matched == "accepted":
        state = ("justified", "人工认可")
    else:
        state = ("met", "已收，与表一致")
    return {
        "one": one,
        "state": state,
        "pdf": reverse("nominations-print", args=[case_id, one.form, "pdf"]),
        "view": place("evidence-view", one.scan.file_id) if one.scan is not None else "",
    }
