"""The scoring page: evidence beside the indicator, digits, running total, one's own earlier totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed
from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.scoring.remarks import told
from gongjiang.services.formality.judge_case import judge_case
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.scoring.blind.code import called
from gongjiang.services.scoring.blind.order import in_order
from gongjiang.services.scoring.material import Material, material
from gongjiang.services.scoring.queries import Place, places_of, total_of
from gongjiang.services.scoring.sheet import REMARK, Desk, open_desk, save_sheet, step_aside, submit_sheet
from gongjiang.services.scoring.trees import tree_of
from gongjiang.web.access import signed_in
from gongjiang.web.scoring.evidence import evidence

SCORE = "s-"
WORDS = "r-"
DIGITS = 10


@signed_in
def sheet_page(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One case to score; POST keeps it (`go`: save, next, back, submit)."""
    try:
        found = open_desk(request.actor, assignment_id)
    except NotAllowed:
        return redirect("judging")
    if request.method != "POST":
        return _page(request, found)
    try:
        return _kept(request, found)
    except GongjiangError as error:
        return _page(request, found, error)


def _kept(request: HttpRequest, found: Desk) -> HttpResponse:
    typed = _posted(request, found)
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "assignment_id": found.assignment.pk}
    if not found.locked:
        _judged(request, found)
        if request.POST.get("go") == "submit":
            submit_sheet(**given, scores=typed.scores, remark=typed.remark, remarks=typed.remarks)
            messages.success(request, f"{nominee(found)}的评分已提交。")
        else:
            save_sheet(**given, scores=typed.scores, remark=typed.remark, remarks=typed.remarks)
    places = queue_of(found)
    here = next(n for n, one in enumerate(places) if one.assignment.pk == found.assignment.pk)
    if request.POST.get("go") in ("next", "submit"):
        later = [*places[here + 1 :], *places[:here]]
        following = next((one for one in later if not one.decided), None)
        if following is None:
            return redirect("judging-queue", found.assignment.expert_id)
        return redirect("judging-sheet", following.assignment.pk)
    return redirect("judging-sheet", found.assignment.pk)


def _judged(request: HttpRequest, found: Desk) -> None:
    """Yes-or-no questions answered beside the scores."""
    for name, value in request.POST.items():
        if name.startswith("answer-") and value:
            judge_case(
                actor=request.actor,
                at=request.at,
                case_id=found.assignment.case_id,
                question=name.removeprefix("answer-"),
                answer=value,
                basis=f"{found.stage.shown}：评审专家认定",
            )


@signed_in
@require_POST
def autosave(request: HttpRequest, assignment_id: int) -> JsonResponse:
    """Fields as they are filled: the scores that can't be taken are named, the others are kept."""
    found = open_desk(request.actor, assignment_id)
    typed = _posted(request, found)
    scores = typed.scores
    errors: dict[str, str] = {}
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "assignment_id": assignment_id}
    for leaf in found.leaves:
        try:
            save_sheet(**given, scores=scores, remark=typed.remark, remarks=typed.remarks)
            break
        except BadInput as error:
            wrong = next((one for one in found.leaves if one.label == error.place and one.id in scores), leaf)
            errors[f"{SCORE}{wrong.id}"] = error.text
            scores = {name: value for name, value in scores.items() if name != wrong.id}
        except GongjiangError as error:
            return JsonResponse({"text": error.text}, status=409)
    said = {"saved_at": f"{timezone.localtime(request.at):%H:%M:%S}", "errors": errors}
    return JsonResponse(said, status=422 if errors else 200)


@signed_in
@require_POST
def aside(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Abstain, or recuse oneself, with a reason."""
    found = open_desk(request.actor, assignment_id)
    try:
        step_aside(
            actor=request.actor,
            at=request.at,
            assignment_id=assignment_id,
            reason=request.POST.get("reason", ""),
            conflict=request.POST.get("why") == "conflict",
        )
    except GongjiangError as error:
        return _page(request, found, error)
    messages.success(request, f"{nominee(found)}已{'回避' if request.POST.get('why') == 'conflict' else '弃权'}。")
    return redirect("judging-queue", found.assignment.expert_id)


@dataclass(frozen=True)
class Typed:
    """What the page holds."""

    scores: dict[str, str]
    remark: str
    remarks: dict[str, str]


def _posted(request: HttpRequest, found: Desk) -> Typed:
    """The sheet with what was posted laid over it: a post may hold only what changed."""
    held = dict(found.sheet.scores) if found.sheet else {}
    words = dict(found.sheet.remarks) if found.sheet else {}
    for leaf in found.leaves:
        for prefix, into in ((SCORE, held), (WORDS, words)):
            if f"{prefix}{leaf.id}" in request.POST:
                into[leaf.id] = request.POST[f"{prefix}{leaf.id}"]
    return Typed(held, request.POST.get("remark", found.sheet.remark if found.sheet else ""), words)


def nominee(found: Desk) -> str:
    """What the judge calls whom they score."""
    return called(found.programme, found.stage, found.assignment.case)


def queue_of(found: Desk) -> list[Place]:
    """The queue around a desk, in the order in which its pages show it."""
    return in_order(found.programme, found.stage, places_of(found.assignment.expert))


def _page(request: HttpRequest, found: Desk, problem: GongjiangError | None = None) -> HttpResponse:
    places = queue_of(found)
    here = next(n for n, one in enumerate(places) if one.assignment.pk == found.assignment.pk)
    held = _posted(request, found)
    typed = held.scores
    shown = material(found)
    most = sum((one.most for one in found.leaves), Fraction(0))
    total = _sum(typed)
    context = {
        "desk": found,
        "case": found.assignment.case,
        "nominee": nominee(found),
        "blind": is_blind(found.programme, found.stage),
        "programme": found.programme,
        "powers": _powers(found, held, problem, shown),
        "total": decimal_text(total),
        "most": decimal_text(most),
        "filled": sum(bool(str(typed.get(one.id, "")).strip()) for one in found.leaves),
        "of": len(found.leaves),
        "remark": held.remark,
        "remark_asked": _asked(found),
        "remark_error": problem.text if problem is not None and problem.place == REMARK else "",
        "states": [_bar(one, n == here) for n, one in enumerate(places)],
        "dots": [float(one.total) for one in places if one.status == "done" and one.total is not None],
        "dots_high": float(most),
        "here": float(total),
        "before": places[here - 1].assignment.pk if here else None,
        "problem": problem,
        "questions": [
            {"spec": one.spec, "field": f"answer-{one.spec.id}"} for one in shown.asked if one.answer is None
        ],
        "judged": [one for one in shown.asked if one.answer is not None],
        "saved_at": f"{timezone.localtime(found.sheet.saved_at):%H:%M:%S}" if found.sheet else "",
        **evidence(request, found, shown),
    }
    return render(request, "scoring/sheet.html", context, status=problem.status if problem else 200)


def _sum(typed: Mapping[str, str]) -> Fraction:
    """What is filled in so far, as far as it is numbers."""
    found = Fraction(0)
    for one in typed.values():
        try:
            found += total_of({"": str(one)})
        except BadInput:
            continue
    return found


def _bar(place: Place, now: bool) -> str:
    if now:
        return "now"
    return "done" if place.status == "done" else "recuse" if place.decided else ""


def _asked(found: Desk) -> str:
    """When words about the whole sheet are asked for; '' where never."""
    root = tree_of(found.programme, found.stage)
    if root is None or root.remark is None:
        return ""
    return told(root.remark, sum((one.most for one in found.leaves), Fraction(0)), found.programme.value)


def _powers(found: Desk, held: Typed, problem: GongjiangError | None, shown: Material) -> list[dict[str, Any]]:
    """The lines of the sheet under their headings; the first heading with work left stands open."""
    groups: dict[str, list[dict[str, Any]]] = {}
    numbers = {one.pk: n for n, one in enumerate(shown.files, 1)}
    typed = held.scores
    for leaf in found.leaves:
        value = str(typed.get(leaf.id, "") or "")
        whole = leaf.most == DIGITS and leaf.node.step is None and (not value or value.isdecimal())
        groups.setdefault(leaf.group, []).append(
            {
                "leaf": leaf,
                "name": f"{SCORE}{leaf.id}",
                "value": int(value) if whole and value else value,
                "digits": whole,
                "high": int(leaf.most) if leaf.most.denominator == 1 else decimal_text(leaf.most),
                "error": problem.text if problem is not None and problem.place == leaf.label else "",
                "files": [
                    (numbers[one.pk], one)
                    for one in shown.files
                    if one.indicator == leaf.id or one.attachment in leaf.node.evidence
                ],
                "clause": leaf.node.clause,
                "words": f"{WORDS}{leaf.id}",
                "said": held.remarks.get(leaf.id, ""),
                "must": told(leaf.node.remark, leaf.most, found.programme.value) if leaf.node.remark else "",
            }
        )
    opened = False
    powers = []
    for label, lines in groups.items():
        done = sum(bool(str(one["value"])) for one in lines)
        open_ = not opened and (done < len(lines) or any(one["error"] for one in lines))
        opened = opened or open_
        powers.append(
            {
                "label": label,
                "lines": lines,
                "done": done,
                "of": len(lines),
                "points": decimal_text(_sum({one["name"]: str(one["value"]) for one in lines})),
                "most": decimal_text(sum((one["leaf"].most for one in lines), Fraction(0))),
                "open": open_,
            }
        )
    return powers
