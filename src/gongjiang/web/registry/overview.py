"""What the registers hold and how completely; lists brought in, newest first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import BadInput
from gongjiang.services.registry.bars import bars_seen
from gongjiang.services.registry.counting import set_counted
from gongjiang.services.registry.queries import PAGE, imports, lines, waiting
from gongjiang.services.registry.take import state_coverage
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.registry.given import day_of

STATES = {"preview": ("draft", "待确认"), "taken": ("passed", "已导入"), "withdrawn": ("withdrawn", "已撤销")}


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Registers first, then the lists."""
    return show(request)


def show(request: HttpRequest, problem: BadInput | None = None) -> HttpResponse:
    """The page, perhaps with what was wrong in the statement of coverage."""
    before = whole(request.GET.get("before"), 0)
    found = imports(request.actor, before)
    shown = found[:PAGE]
    context: dict[str, Any] = {
        "lines": (found_lines := lines(request.actor)),
        "codes": [(one.code, one.label) for one in found_lines],
        "imports": [{"one": one, "state": STATES[one.state]} for one in shown],
        "older": f"?before={shown[-1].pk}" if len(found) > PAGE else "",
        "newer": "?" if before else "",
        "people_label": f"待核对 {left}" if (left := waiting(request.actor)) else "核对记录",
        "cover_options": [("yes", "齐全"), ("no", "不齐全")],
        "registers": [
            (one.code, f"{one.label}（{'计入' if one.counted else '不计入'}）") for one in found_lines if one.rows
        ],
        "count_options": [("yes", "计入"), ("no", "不计入")],
        "bars": bars_seen(request.actor, request.at),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "registry/overview.html", context, status=422 if problem else 200)


@signed_in
@require_POST
def cover(request: HttpRequest) -> HttpResponse:
    """State by hand that a register is complete since a day, or that it is not."""
    try:
        register = state_coverage(
            actor=request.actor,
            at=request.at,
            code=request.POST.get("code", ""),
            source=request.POST.get("source", ""),
            since=day_of(request, "since", "起始日期"),
            complete=request.POST.get("complete") != "no",
        )
    except BadInput as problem:
        return show(request, problem)
    messages.success(request, f"“{register.label}”的收录范围已更新。")
    return redirect("registry")


@signed_in
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Do the people of a register count as artisans?"""
    counted = request.POST.get("counted") != "no"
    try:
        register = set_counted(
            actor=request.actor, at=request.at, code=request.POST.get("register", ""), counted=counted,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except BadInput as problem:
        return show(request, problem)
    messages.success(request, f"“{register.label}”{'已计入' if counted else '不再计入'}工匠队伍。")
    return redirect("registry")
