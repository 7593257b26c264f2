"""The plan of one artisan, and any of its versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongjiang.rules.cultivation.hands import LABELS, Hand
from gongjiang.rules.cultivation.plans.agreeing import Action
from gongjiang.services.cultivation.plans.queries import Board, Version, board, compared, one_version
from gongjiang.web.access import signed_in
from gongjiang.web.cultivation.plans.words import STEP_MARKS, history, mark
from gongjiang.web.numbers import whole


@signed_in
@require_safe
def plan(request: HttpRequest, honour_id: int) -> HttpResponse:
    """What is in force, the version being made with what may be done to it, milestones, history."""
    return show(request, board(request.actor, honour_id))


@signed_in
@require_safe
def version(request: HttpRequest, honour_id: int, number: int) -> HttpResponse:
    """One version, and what it changed against another (`with`, or the one it was made from)."""
    found, one = one_version(request.actor, honour_id, number)
    other, parts = compared(found, number, whole(request.GET.get("with"), None))
    context = {
        "b": found,
        "v": one,
        "heading": f"培育方案第 {number} 版",
        "mark": mark(one.plan),
        "parties": _parties(one),
        "other": other,
        "other_number": str(other.number) if other is not None else "",
        "parts": parts,
        "others": [(str(p.number), f"第 {p.number} 版") for p in found.versions if p.number != number],
        "history": history([e for e in found.entries if e.plan.number == number]),
    }
    return render(request, "cultivation/plan_version.html", context)


def show(
    request: HttpRequest, found: Board, problem: str = "", status: int = 200, typed: dict[str, Any] | None = None
) -> HttpResponse:
    """The page, with what was refused and what was typed."""
    made = found.open
    old, parts = compared(found, made.plan.number, None) if made is not None else (None, ())
    context: dict[str, Any] = {
        "b": found,
        "made": made,
        "made_mark": mark(made.plan) if made is not None else None,
        "made_parties": _parties(made) if made is not None else [],
        "turn": LABELS[Hand(made.plan.turn)] if made is not None and made.plan.turn else "",
        "parties": [(one.value, LABELS[one]) for one in sorted(made.needed) if made.plan.turn != one.value]
        if made is not None
        else [],
        "next_turn": made.next_turn.value if made is not None and made.next_turn else "",
        "enters": [(one.value, LABELS[one]) for one in sorted(made.enters)] if made is not None else [],
        "may": {one.value: True for one in made.may} if made is not None else {},
        "may_comment": found.force is not None and Action.COMMENT in found.force.may,
        "old": old,
        "parts": parts,
        "force": found.force,
        "force_sub": f"第 {found.force.plan.number} 版" if found.force is not None else "",
        "milestones": steps(request, found),
        "versions": [{"plan": one, "mark": mark(one)} for one in found.versions],
        "history": history(found.entries),
        "problem": problem,
        "typed": typed or {},
    }
    return render(request, "cultivation/plan.html", context, status=status)


def steps(request: HttpRequest, found: Board) -> list[dict[str, Any]]:
    """Milestones with their marks; late ones say so."""
    today = timezone.localtime(request.at).date()
    return [
        {
            "one": one,
            "late": one.state == "open" and one.due < today and not one.dropped,
            "mark": ("withdrawn", "已不在方案中") if one.dropped else (STEP_MARKS[one.state], one.get_state_display()),
        }
        for one in found.milestones
    ]


def _parties(found: Version) -> list[dict[str, Any]]:
    return [{"label": LABELS[hand], "at": at} for hand, at in found.parties]
