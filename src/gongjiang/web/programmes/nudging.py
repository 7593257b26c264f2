"""催办 of an edition's units, seen before it is sent; and the schedule of what is sent by itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.programmes.publish_edition import may_organise, require_organiser
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.reports.cockpit.units import nudge_units, nudging_words, who_lags
from gongjiang.services.reports.reminders.plan import GROUPS, plan_of, set_plan
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole_numbers


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Who would be reminded, of what, in which words; then 催办 of one unit, or of those ticked."""
    programme = get_programme(request.actor, edition_id)
    if request.method == "POST":
        return _nudge(request, edition_id, programme)
    rows = who_lags(request.actor, request.at, programme)
    open_to = [one for one, told in rows if not told]
    context = {
        "edition": programme.edition,
        "rows": [(one, told, nudging_words(programme, one)) for one, told in rows],
        "count": len(open_to),
        "passed_over": len(rows) - len(open_to),
    }
    return render(request, "programmes/nudge.html", context)


def _nudge(request: HttpRequest, edition_id: int, programme: Any) -> HttpResponse:
    ids = whole_numbers(request.POST.getlist("organisation"))
    try:
        told = nudge_units(actor=request.actor, at=request.at, programme=programme, organisation_ids=ids)
    except GongjiangError as error:
        messages.error(request, str(error) if ids else "请先勾选要催办的单位。")
    else:
        text = f"已向{'、'.join(told[:3])}{'等' if len(told) > 3 else ''} {len(told)} 家发出催办。" if told else ""
        messages.success(request, text) if text else messages.warning(request, "24 小时内都已催办过。")
    return redirect(f"/editions/{edition_id}/")


@signed_in
@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest, edition_id: int) -> HttpResponse:
    """On which days before an end whom the platform reminds by itself."""
    programme = get_programme(request.actor, edition_id)
    require_organiser(request.actor, programme.edition.organiser)
    plan = plan_of(programme.edition)
    typed: dict[str, Any] = {
        "marks": "、".join(str(one) for one in plan.marks),
        "groups": list(plan.groups),
        "active": plan.active,
    }
    problem: GongjiangError | None = None
    if request.method == "POST":
        typed = {
            "marks": request.POST.get("marks", "").strip(),
            "groups": request.POST.getlist("groups"),
            "active": request.POST.get("active") == "on",
        }
        try:
            set_plan(actor=request.actor, at=request.at, edition=programme.edition, **typed)
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, "提醒安排已保存，从下一次提醒起生效。")
            return redirect("editions-reminders", edition_id)
    context = {
        "edition": programme.edition,
        "typed": typed,
        "groups": list(GROUPS.items()),
        "problem": problem,
        "wrong": {problem.place: problem.text} if problem else {},
        "may_organise": may_organise(request.actor, programme.edition.organiser),
    }
    return render(request, "programmes/reminders.html", context, status=422 if problem else 200)
