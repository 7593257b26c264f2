"""Sending a list up from a body that is no nominating unit (the province): what goes with it, and the step itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.services.formality.queue import edition_for, stage_cases
from gongjiang.services.nominations.bulk import move_many, ready_to_report
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.packages.ask import ask_archive
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.formality.present import link
from gongjiang.web.numbers import whole_numbers


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Who waits to go up, what stands in the way, the papers in one archive; one press for all."""
    programme = _programme(request, edition_id)
    stage = _stage(programme, stage_id)
    problem, status = "", 200
    if request.method == "POST":
        try:
            result = move_many(
                actor=request.actor,
                at=request.at,
                edition=programme.edition,
                stage_id=stage.id,
                action="report",
                cases=whole_numbers(request.POST.getlist("case")),
                ticked=request.POST.getlist("point"),
            )
        except GongjiangError as error:
            problem, status = str(error), error.status
        else:
            if result.done:
                names = "、".join(one.case.title for one in result.done[:20])
                messages.success(request, f"{stage.shown}：已办理 {len(result.done)} 人：{names}")
            if not result.failed:
                return redirect("nominees-send", edition_id, stage.id)
            problem, status = "；".join(text for _, text in result.failed), 409
    cases = stage_cases(request.actor, programme, stage)
    facts = facts_of(programme, cases)
    ready = [
        one
        for at, some in ready_to_report(request.actor, programme, cases, facts, request.at)
        if at == stage
        for one in some
    ]
    context: dict[str, Any] = {
        "edition": programme.edition,
        "stage": stage,
        "label": stage.moves[0].label,
        "ready": [{"one": one, "url": link("nominee", one.case.pk)} for one in ready],
        "can": sum(not one.against for one in ready),
        "to": "、".join(programme.role_label(one) for one in stage.to),
        "awaits": getattr(stage, "await_", None) is not None,
        "bundle_url": link("nominees-bundle", programme.edition.pk, stage.id) if ready else "",
        "problem": problem,
    }
    return render(request, "formality/send.html", context, status=status)


@signed_in
@require_POST
def bundle(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Ask for the archive of those who wait there: their forms that the stage sends, and their evidence."""
    programme = _programme(request, edition_id)
    stage = _stage(programme, stage_id)
    cases = stage_cases(request.actor, programme, stage)
    if not cases:
        raise NotFound()
    ask_archive(
        actor=request.actor,
        at=request.at,
        programme=programme,
        title=f"{programme.edition.title} {stage.shown}",
        cases=[one.pk for one in cases],
        forms=("pdf",),
        evidence=True,
        papers=[one for one in stage.forms if not _is_list(programme, one)],
    )
    messages.success(request, "已开始生成。可以离开本页，生成后会通知您。")
    return redirect("packages", programme.edition.pk)


def _is_list(programme: Programme, form_id: str) -> bool:
    return any(one.id == form_id and one.list is not None for one in programme.pack.forms)


def _programme(request: HttpRequest, edition_id: int) -> Programme:
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    return programme_of(main_process(edition))


def _stage(programme: Programme, stage_id: str) -> Any:
    found = next((one for one in programme.stages if one.id == stage_id and one.type == "submit"), None)
    if found is None:
        raise NotFound()
    return found
