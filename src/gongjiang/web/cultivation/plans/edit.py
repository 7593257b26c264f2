"""Write at a draft. Whatever goes wrong, what was typed stays on the page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed, NotFound, Stale
from gongjiang.rules.cultivation.plans.agreeing import Action
from gongjiang.rules.cultivation.plans.changes import Part, changes
from gongjiang.rules.cultivation.plans.reading import AIM, PARTS, read_plan
from gongjiang.services.cultivation.plans.queries import Board, Version, board
from gongjiang.services.cultivation.plans.save import save_plan
from gongjiang.web.access import signed_in
from gongjiang.web.components.rows import read_rows, rows_action
from gongjiang.web.cultivation.plans.words import columns, fields, typed_of
from gongjiang.web.numbers import whole


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, honour_id: int) -> HttpResponse:
    """The form of the draft."""
    found = board(request.actor, honour_id)
    made = found.open
    if made is None or Action.SAVE not in made.may:
        if request.method == "POST":
            raise NotAllowed("现在没有可以修改的草稿。", "No draft to write at.")
        return redirect("artisan-plan", honour_id)
    if request.method != "POST":
        return _form(request, found, made, typed_of(made.text, found.powers))
    typed = _typed(request.POST, found.powers)
    if (action := rows_action(request.POST)) is not None:
        return _form(request, found, made, _rearranged(typed, action))
    given = {"actor": request.actor, "at": request.at, "honour_id": honour_id, "number": made.plan.number}
    try:
        saved = save_plan(**given, version=whole(request.POST.get("version"), None), typed=typed)
    except NotFound:
        raise
    except GongjiangError as refusal:
        return _form(request, found, made, typed, refusal)
    messages.success(request, f"第 {saved.number} 版已保存。")
    return redirect("artisan-plan", honour_id)


def _typed(data: QueryDict, powers: tuple[str, ...]) -> dict[str, Any]:
    rows = {part: read_rows(data, part, columns(part, powers)) for part in PARTS}
    return {"aim": data.get("aim", ""), **rows}


def _rearranged(typed: dict[str, Any], action: tuple[str, str, int]) -> dict[str, Any]:
    """加一行、删去 without script."""
    what, part, index = action
    if part not in PARTS:
        return typed
    rows = list(typed[part])
    if what == "add":
        rows.append({})
    elif what == "remove" and index < len(rows):
        del rows[index]
    return {**typed, part: rows}


def _form(
    request: HttpRequest,
    found: Board,
    made: Version,
    typed: dict[str, Any],
    refusal: GongjiangError | None = None,
) -> HttpResponse:
    context = {
        "b": found,
        "made": made,
        "heading": f"{found.honour.name}，第 {made.plan.number} 版",
        "typed": typed,
        "fields": fields(typed, found.powers, found.entry.template.funds),
        "version": made.plan.version if refusal is None or isinstance(refusal, Stale) else request.POST.get("version"),
        "problem": str(refusal) if refusal is not None else "",
        "differs": _differs(found, made, typed) if isinstance(refusal, Stale) else (),
        "longest": AIM,
    }
    return render(request, "cultivation/plan_edit.html", context, status=refusal.status if refusal else 200)


def _differs(found: Board, made: Version, typed: dict[str, Any]) -> tuple[Part, ...]:
    """What the typed text would change in what somebody else saved meanwhile."""
    try:
        return changes(made.text, read_plan(typed, found.powers, made.text))
    except BadInput:
        return ()
