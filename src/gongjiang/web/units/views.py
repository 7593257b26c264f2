"""The desk of a nominating unit."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.formality.queue import edition_for, stage_rows
from gongjiang.services.nominations.bulk import move_many, ready_to_report
from gongjiang.services.nominations.summary import summary_form
from gongjiang.services.nominations.unit import UnitDesk, desk, rank_cases, units_of
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.programmes.queries import extensions_of
from gongjiang.services.programmes.windows import stage_window
from gongjiang.web.access import signed_in
from gongjiang.web.formality.present import CASE_STATES, link
from gongjiang.web.numbers import whole, whole_numbers


def unit_of(request: HttpRequest, edition: Any, unit_id: int | None) -> Any:
    """The unit by id among those this person handles; the first without an id. NotFound otherwise."""
    units = units_of(request.actor, edition)
    found = next((one for one in units if unit_id in (None, one.pk)), None)
    if found is None:
        raise NotFound()
    return found


def edition_of(request: HttpRequest, edition_id: int) -> Any:
    """The edition, if this person has any part in it; NotFound otherwise."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    return edition


@signed_in
def desk_page(request: HttpRequest, edition_id: int, unit_id: int | None = None) -> HttpResponse:
    """The unit's people, its places, and what to do next."""
    edition = edition_of(request, edition_id)
    if unit_id is None and not units_of(request.actor, edition):
        return _to_sending(request, edition)
    return _show(request, desk(request.actor, edition, unit_of(request, edition, unit_id)))


def _to_sending(request: HttpRequest, edition: Any) -> HttpResponse:
    """A body that is no nominating unit sends its list from the stage's own page. NotFound if nothing waits there."""
    programme = programme_of(main_process(edition))
    for stage in programme.stages:
        if stage.type == "submit" and stage_rows(request.actor, programme, stage):
            return redirect("nominees-send", edition.pk, stage.id)
    raise NotFound()


def _show(
    request: HttpRequest,
    found: UnitDesk,
    problem: str = "",
    status: int = 200,
    failed: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """The desk, perhaps with what went wrong, as a whole or for some of its people."""
    programme = found.programme
    reports = ready_to_report(request.actor, programme, found.cases, found.facts, request.at)
    return render(
        request,
        "units/desk.html",
        {
            "d": found,
            "edition": programme.edition,
            "where": f"{found.unit.name}　{programme.edition.title}",
            "units": units_of(request.actor, programme.edition),
            "rows": [_row(found, case) for case in found.cases],
            "gauges": [_gauge(one) for one in found.gauges],
            "reports": [
                {"stage": stage, "ready": ready, "can": sum(not one.against for one in ready)}
                for stage, ready in reports
            ],
            "ends": _ends(programme, found.unit.pk),
            "summary_label": summary_label(programme),
            "new_url": f"{link('nominations-new')}?edition={programme.edition.pk}",
            "problem": problem,
            "failed": failed,
        },
        status=status,
    )


def _ends(programme: Programme, unit_id: int) -> list[tuple[str, Any]]:
    """By when the unit hands in and sends up, with its own extensions."""
    moved = extensions_of(programme)
    stages = [one for one in programme.stages if one.type in {"apply", "submit"}]
    found = [(one.shown, stage_window(programme, one, unit_id, moved).closes) for one in stages]
    return [(label, closes) for label, closes in found if closes is not None]


def _row(found: UnitDesk, case: Any) -> dict[str, Any]:
    """One of the unit's people: where they stand, and how the rules look."""
    now = next((row.stage for row in case.rows.all() if row.state == RowState.OPEN), "")
    checked = [one.outcome for one in found.outcomes[case.pk] if one.force in {"hard", "soft"}]
    return {
        "case": case,
        "url": link("nominee", case.pk),
        "state": CASE_STATES[CaseState(case.state)],
        "stage": found.programme.stage(now).shown if now else "",
        "unmet": checked.count("fail"),
        "missing": checked.count("unknown"),
    }


def _gauge(one: Any) -> dict[str, Any]:
    """A quota with names on its seats; what doesn't fit any more is said in words."""
    used, waiting = (
        [{"name": c.title, "url": link("nominee", c.pk)} for c in part] for part in (one.used, one.waiting)
    )
    beyond = len(used) + len(waiting) - one.limit
    over = f"在办 {len(waiting)} 人，超出剩余名额 {beyond} 人，请排好次序。" if beyond > 0 else ""
    room = max(one.limit - len(used), 0)
    label = one.label if one.least in (None, one.limit) else f"{one.label}　{one.least}–{one.limit} 名"
    return {"label": label, "used": used, "waiting": waiting[:room], "limit": one.limit, "over": over}


def summary_label(programme: Programme) -> str:
    """The name of the official summary sheet; '' where the notice has none."""
    try:
        return summary_form(programme).shown
    except NotFound:
        return ""


@require_POST
@signed_in
def rank(request: HttpRequest, edition_id: int, unit_id: int) -> HttpResponse:
    """Save the unit's order: `place-<case>` numbers, or `order` with ids in order."""
    edition = edition_of(request, edition_id)
    unit = unit_of(request, edition, unit_id)
    given = request.POST.get("order", "")
    order = whole_numbers(given.split(","))
    if not order:
        typed = {key.removeprefix("place-"): str(one) for key, one in request.POST.items() if key.startswith("place-")}
        places = {int(pk): int(n) for pk, n in typed.items() if whole(pk, 0) and whole(n, 0)}
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
    edition = edition_of(request, edition_id)
    unit = unit_of(request, edition, unit_id)
    chosen = whole_numbers(request.POST.getlist("case"))
    try:
        result = move_many(
            actor=request.actor,
            at=request.at,
            edition=edition,
            stage_id=request.POST.get("stage", ""),
            action="report",
            cases=chosen,
            ticked=request.POST.getlist("point"),
        )
    except GongjiangError as error:
        return _show(request, desk(request.actor, edition, unit), str(error), error.status)
    if result.done:
        messages.success(
            request, f"已上报 {len(result.done)} 人：{'、'.join(one.case.title for one in result.done[:20])}"
        )
    if result.failed:
        found = desk(request.actor, edition, unit)
        titles = {case.pk: case.title for case in found.cases}
        told = [(titles.get(pk, ""), text) for pk, text in result.failed]
        return _show(request, found, f"有 {len(told)} 人没有上报，其余已办好。", 409, told)
    return redirect("units-desk-of", edition_id, unit_id)
