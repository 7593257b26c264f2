"""The desk of a nominating unit."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.formality.queue import edition_for
from gongjiang.services.nominations.import_summary import Imported, import_summary
from gongjiang.services.nominations.summary import summary_form
from gongjiang.services.nominations.unit import UnitDesk, desk, move_many, rank_cases, ready_to_report, units_of
from gongjiang.web.access import signed_in
from gongjiang.web.formality.present import CASE_STATES, link

LARGEST = 20 * 1024 * 1024


def unit_of(request: HttpRequest, edition: Any, unit_id: int | None) -> Any:
    """The unit by id among those this person handles; the first without an id. NotFound otherwise."""
    units = units_of(request.actor, edition)
    found = next((one for one in units if unit_id in (None, one.pk)), None)
    if found is None:
        raise NotFound()
    return found


def _edition(request: HttpRequest, edition_id: int) -> Any:
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    return edition


@signed_in
def desk_page(request: HttpRequest, edition_id: int, unit_id: int | None = None) -> HttpResponse:
    """The unit's people, its places, and what to do next."""
    edition = _edition(request, edition_id)
    return _show(request, desk(request.actor, edition, unit_of(request, edition, unit_id)))


def _show(request: HttpRequest, found: UnitDesk, problem: str = "", status: int = 200) -> HttpResponse:
    programme = found.programme
    ready = ready_to_report(request.actor, programme, found.cases)
    rows = []
    for case in found.cases:
        now = next((row.stage for row in case.rows.all() if row.state == RowState.OPEN), "")
        rows.append(
            {
                "case": case,
                "url": link("nominee", case.pk),
                "state": CASE_STATES[CaseState(case.state)],
                "stage": programme.stage(now).shown if now else "",
            }
        )
    return render(
        request,
        "units/desk.html",
        {
            "d": found,
            "edition": programme.edition,
            "rows": rows,
            "reports": [(programme.stage(name), cases) for name, cases in ready.items()],
            "summary_label": _summary_label(programme),
            "new_url": f"{link('nominations-new')}?edition={programme.edition.pk}",
            "problem": problem,
        },
        status=status,
    )


def _summary_label(programme: Any) -> str:
    try:
        return summary_form(programme).shown
    except NotFound:
        return ""


@require_POST
@signed_in
def rank(request: HttpRequest, edition_id: int, unit_id: int) -> HttpResponse:
    """Save the unit's order: `place-<case>` numbers, or `order` with ids in order."""
    edition = _edition(request, edition_id)
    unit = unit_of(request, edition, unit_id)
    given = request.POST.get("order", "")
    order = [int(one) for one in given.split(",") if one.isdecimal()]
    if not order:
        places = {
            int(name.removeprefix("place-")): int(value)
            for name, value in request.POST.items()
            if name.startswith("place-") and name[6:].isdecimal() and value.isdecimal()
        }
        order = sorted(places, key=lambda pk: (places[pk], pk))
    try:
        rank_cases(actor=request.actor, at=request.at, edition=edition, unit=unit, order=order)
    except GongjiangError as error:
        return _show(request, desk(request.actor, edition, unit), str(error), error.status)
    messages.success(request, "推荐次序已保存")
    return redirect("units-desk-of", edition_id, unit_id)


@require_POST
@signed_in
def report(request: HttpRequest, edition_id: int, unit_id: int) -> HttpResponse:
    """Send the chosen cases upward; those that can't go are told one by one."""
    edition = _edition(request, edition_id)
    unit = unit_of(request, edition, unit_id)
    chosen = [int(one) for one in request.POST.getlist("case") if one.isdecimal()]
    result = move_many(
        actor=request.actor,
        at=request.at,
        edition=edition,
        stage_id=request.POST.get("stage", ""),
        action="report",
        cases=chosen,
    )
    if result.done:
        messages.success(request, f"已上报 {len(result.done)} 人")
    if result.failed:
        return _show(request, desk(request.actor, edition, unit), "；".join(text for _, text in result.failed), 409)
    return redirect("units-desk-of", edition_id, unit_id)


@signed_in
def import_page(request: HttpRequest, edition_id: int, unit_id: int) -> HttpResponse:
    """Import the official summary sheet; every wrong cell is told by row and column."""
    edition = _edition(request, edition_id)
    unit = unit_of(request, edition, unit_id)
    found = desk(request.actor, edition, unit)
    result: Imported | None = None
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None or upload.size > LARGEST:
            problem = "请选择一个不超过 20 MB 的 Excel 或 CSV 文件。"
        else:
            try:
                result = import_summary(
                    actor=request.actor, at=request.at, programme=found.programme, unit=unit, data=upload.read()
                )
            except GongjiangError as error:
                problem = str(error)
    return render(
        request,
        "units/import.html",
        {"d": found, "edition": edition, "result": result, "problem": problem, "form": summary_form(found.programme)},
        status=422 if problem else 200,
    )
