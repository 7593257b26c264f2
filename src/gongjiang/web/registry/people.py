"""待核对: is a person of a list one we know? Decided with a reason, and undone with one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.services.registry.decide import decide, part, undo
from gongjiang.services.registry.queries import PAGE, Side, questions, sides, waiting
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Those that wait, or those that were settled."""
    return show(request)


def show(request: HttpRequest, problem: GongjiangError | None = None, about: int = 0) -> HttpResponse:
    """The list, perhaps with what was wrong in one of its forms; what was typed is kept."""
    settled = request.GET.get("settled") == "1"
    after = whole(request.GET.get("after"), 0)
    found = questions(request.actor, settled=settled, after=after)
    both = sides(request.actor, found[:PAGE])
    rows = [_row(one, both[one.pk], request, about) for one in found[:PAGE]]
    tab = "settled=1&" if settled else ""
    context: dict[str, Any] = {
        "rows": rows,
        "settled": settled,
        "waiting": waiting(request.actor),
        "next": f"?{tab}after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "first": f"?{tab}" if after else "",
        "problem": problem,
    }
    return render(request, "registry/people.html", context, status=problem.status if problem else 200)


def _row(one: Any, both: tuple[Side, Side], request: HttpRequest, about: int) -> dict[str, Any]:
    return {
        "q": one,
        "name": both[0].name,
        "sides": [
            {
                "side": side,
                "facts": [
                    {"label": "出生年月", "value": side.birth or "未记载"},
                    {"label": "身份证号", "value": side.number or "未记载"},
                    {"label": "工作单位", "value": side.unit or "未记载", "wide": True},
                ],
            }
            for side in both
        ],
        "typed": request.POST.get("reason", "") if one.pk == about else "",
        "field_id": f"why-{one.pk}",
        "dialog": f"undo-{one.pk}",
        "dialog_field": f"undo-why-{one.pk}",
    }


def _done(request: HttpRequest, about: int, step: Callable[[], str]) -> HttpResponse | None:
    try:
        messages.success(request, step())
    except NotFound:
        raise
    except GongjiangError as error:
        return show(request, error, about)
    return None


@signed_in
@require_POST
def settle(request: HttpRequest, question_id: int) -> HttpResponse:
    """The same person, or another."""
    same = request.POST.get("same") == "yes"

    def step() -> str:
        reason = request.POST.get("reason", "")
        decide(actor=request.actor, at=request.at, question_id=question_id, same=same, reason=reason)
        return "已记下：是同一人，两份记录合为一份。" if same else "已记下：不是同一人。"

    return _done(request, question_id, step) or redirect("registry-people")


@signed_in
@require_POST
def reopen(request: HttpRequest, question_id: int) -> HttpResponse:
    """What was settled is open again."""

    def step() -> str:
        reason = request.POST.get("reason", "")
        undo(actor=request.actor, at=request.at, question_id=question_id, reason=reason)
        return "核对结果已撤回，回到待核对。"

    return _done(request, 0, step) or redirect("registry-people")


@signed_in
@require_POST
def set_apart(request: HttpRequest, row_id: int) -> HttpResponse:
    """A row that was put to somebody by its data alone is about another person."""

    def step() -> str:
        made = part(actor=request.actor, at=request.at, entry_id=row_id, reason=request.POST.get("reason", ""))
        return f"{made.one.name}已另立一份记录。"

    return _done(request, 0, step) or redirect("/registry/people/?settled=1")
