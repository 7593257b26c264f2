"""Before the end: everything still being filled in for an edition, what each lacks, and handing in several at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import BadInput
from gongjiang.services.nominations.ready import MOST, Draft, drafts_of, submit_many
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.queries import get_programme
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole_numbers

NAMED = 3


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The list; what was chosen is handed in, what could not be stays on it with the reason."""
    programme = get_programme(request.actor, edition_id)
    if request.method != "POST":
        return _show(request, programme, {})
    try:
        done = submit_many(
            actor=request.actor,
            at=request.at,
            programme=programme,
            cases=whole_numbers(request.POST.getlist("case")),
        )
    except BadInput as error:
        return _show(request, programme, {}, error.text, error.status)
    if done.done:
        names = "、".join(one.case.title for one in done.done[:NAMED])
        more = f"等 {len(done.done)} 人" if len(done.done) > NAMED else ""
        messages.success(request, f"已提交 {len(done.done)} 件：{names}{more}")
    if done.failed:
        return _show(request, programme, dict(done.failed), f"有 {len(done.failed)} 件没有提交，原因写在各行。", 409)
    return redirect("nominations-ready", edition_id)


def _show(
    request: HttpRequest, programme: Programme, failed: dict[int, str], problem: str = "", status: int = 200
) -> HttpResponse:
    drafts = drafts_of(request.actor, request.at, programme)
    rows = [_row(one, failed.get(one.case.pk, "")) for one in drafts]
    ends = [one.window.closes for one in drafts if one.window.closes is not None]
    context: dict[str, Any] = {
        "edition": programme.edition,
        "rows": rows,
        "can": sum(one["can"] for one in rows),
        "closes": min(ends, default=None),
        "full": len(drafts) >= MOST,
        "most": MOST,
        "problem": problem,
    }
    return render(request, "nominations/ready.html", context, status=status)


def _row(one: Draft, failed: str) -> dict[str, Any]:
    told = [failed] if failed else list(one.against)
    return {
        "case": one.case,
        "url": reverse("nominations-edit", args=[one.case.pk]),
        "can": not one.against,
        "told": told[:NAMED],
        "more": max(len(told) - NAMED, 0),
        "failed": bool(failed),
        "last": one.window.last_day,
    }
