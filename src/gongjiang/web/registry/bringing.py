"""A list brought in: described, looked at, taken over or dropped, taken back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.registry.entry import LEVELS, STATES
from gongjiang.services.registry.authority import must_keep
from gongjiang.services.registry.decide import may_part
from gongjiang.services.registry.open_list import open_list
from gongjiang.services.registry.queries import PAGE, choices, entries, get_import, masked_number, outcomes
from gongjiang.services.registry.read_list import LARGEST, preview
from gongjiang.services.registry.take import drop, take, used_by, withdraw
from gongjiang.services.registry.template import empty_list
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.registry.given import about_of
from gongjiang.web.registry.overview import STATES as IMPORT_STATES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = {"new": "新的人", "known": "已有记录", "ask": "待核对", "same": "已在库中"}
MARKS = {"new": "submitted", "known": "passed", "ask": "returned", "same": "waiting"}


@signed_in
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    must_keep(request.actor)
    response = HttpResponse(empty_list(), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('名册导入表')}.xlsx"
    return response


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Describe a list and hand in its file; what was read is shown before it counts."""
    must_keep(request.actor)
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            upload = request.FILES.get("file")
            if upload is None:
                raise BadInput("请选择文件。", "Choose a file.", place="文件")
            if (upload.size or 0) > LARGEST:
                raise BadInput("文件超过20MB，请分成几个文件。", "The file is too large.", place="文件")
            made = preview(
                actor=request.actor,
                at=request.at,
                about=about_of(request),
                filename=upload.name or "",
                data=upload.read(),
            )
        except NotFound:
            raise
        except GongjiangError as error:
            problem = error
        else:
            return redirect("registry-import", made.pk)
    context: dict[str, Any] = {
        "registers": [("", "新的名册"), *choices()],
        "levels": [("", "不注明"), *LEVELS.items()],
        "states": list(STATES.items()),
        "typed": request.POST or {"code": request.GET.get("code", ""), "state": "stands"},
        "problem": problem,
        "wrong": {problem.place: problem.text} if problem else {},
    }
    return render(request, "registry/new.html", context, status=problem.status if problem else 200)


@signed_in
@require_safe
def one(request: HttpRequest, import_id: int) -> HttpResponse:
    """One list: what it is, what came of it, row by row."""
    return show(request, import_id)


def show(request: HttpRequest, import_id: int, problem: GongjiangError | None = None) -> HttpResponse:
    """The page of a list, perhaps with why a step was refused."""
    found = get_import(request.actor, import_id)
    after, outcome = whole(request.GET.get("after"), 0), request.GET.get("outcome", "")
    outcome = outcome if outcome in WORDS else ""
    rows = entries(found, after, outcome)
    counted = outcomes(found)
    context: dict[str, Any] = {
        "one": found,
        "state": IMPORT_STATES[found.state],
        "counts": [
            {"n": n, "label": WORDS[key], "url": f"?outcome={key}", "current": key == outcome}
            for key in WORDS
            if (n := counted.get(key, 0))
        ],
        "total": sum(counted.values()),
        "rows": [
            {
                "entry": row,
                "number": masked_number(row),
                "word": WORDS[row.outcome],
                "mark": MARKS[row.outcome],
                "level": LEVELS.get(row.level or found.register.level, ""),
                "held": STATES.get(row.honour_state, ""),
                "may_part": may_part(row),
            }
            for row in rows[:PAGE]
        ],
        "next": f"?outcome={outcome}&after={rows[PAGE - 1].row}" if len(rows) > PAGE else "",
        "first": f"?outcome={outcome}" if after else "",
        "used": used_by(found) if found.state == "taken" else [],
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "registry/import.html", context, status=problem.status if problem else 200)


def _done(request: HttpRequest, import_id: int, step: Callable[[], str]) -> HttpResponse | None:
    """Take a step and say what it did; the page again where it is refused, None where all is well."""
    try:
        messages.success(request, step())
    except NotFound:
        raise
    except GongjiangError as error:
        return show(request, import_id, error)
    return None


@signed_in
@require_POST
def take_over(request: HttpRequest, import_id: int) -> HttpResponse:
    """From now on the rows count."""

    def step() -> str:
        made = take(actor=request.actor, at=request.at, import_id=import_id)
        counted = outcomes(made)
        asked = f"，{counted['ask']} 行待核对是谁" if counted.get("ask") else ""
        taken = sum(counted.values()) - counted.get("same", 0)
        return f"已导入“{made.register.label}” {taken} 行{asked}。"

    return _done(request, import_id, step) or redirect("registry-import", import_id)


@signed_in
@require_POST
def let_go(request: HttpRequest, import_id: int) -> HttpResponse:
    """What was only looked at goes away."""

    def step() -> str:
        return f"没有导入“{drop(actor=request.actor, at=request.at, import_id=import_id)}”。"

    return _done(request, import_id, step) or redirect("registry")


@signed_in
@require_POST
def set_public(request: HttpRequest, import_id: int) -> HttpResponse:
    """Its honours stand in the public register, or no longer."""

    def step() -> str:
        wanted, basis = request.POST.get("public") == "yes", request.POST.get("basis", "")
        open_list(actor=request.actor, at=request.at, import_id=import_id, public=wanted, basis=basis)
        return "已列入公开名册，只显示姓名、单位、称号和时间。" if wanted else "不再列入公开名册。"

    return _done(request, import_id, step) or redirect("registry-import", import_id)


@signed_in
@require_POST
def take_back(request: HttpRequest, import_id: int) -> HttpResponse:
    """The list as a whole no longer counts."""

    def step() -> str:
        reason = request.POST.get("reason", "")
        gone = withdraw(actor=request.actor, at=request.at, import_id=import_id, reason=reason)
        return f"已撤销“{gone.title}”，其中各行不再参与比对。"

    return _done(request, import_id, step) or redirect("registry-import", import_id)
