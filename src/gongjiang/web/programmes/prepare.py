"""Preparing an edition: answers, seats of its bodies, review and publishing."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import GongjiangError
from gongjiang.rules.programmes.extending.provenance import provenance
from gongjiang.rules.programmes.schema.words import Param
from gongjiang.services.programmes.answers import (
    QuestionView,
    answers_of,
    may_publish,
    publish,
    publishers,
    save_answers,
    seats_of,
    words_of,
)
from gongjiang.services.programmes.cycle import decide_special, may_decide_special, turn_of
from gongjiang.services.programmes.programme import DEPARTS, Programme
from gongjiang.services.programmes.publish_edition import may_organise, open_problems, require_organiser, seat_member
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.registry.asked import lacking_of
from gongjiang.web.access import signed_in

STEPS = (("questions", "答复问题"), ("roles", "指定单位"), ("body", "登记成员"), ("review", "核对与发布"))


def steps(programme: Programme, current: str, done: dict[str, str]) -> list[dict[str, Any]]:
    """The wizard's steps; `done` gives each its note."""
    return [
        {
            "label": label,
            "url": f"/editions/{programme.edition.pk}/{name}/",
            "current": name == current,
            "done": not done.get(name, "?"),
            "note": done.get(name, ""),
        }
        for name, label in STEPS
    ]


def left_to_do(programme: Programme, views: list[QuestionView], at: datetime) -> dict[str, str]:
    """What each step still lacks, in a word; empty when it is complete."""
    problems = open_problems(programme, at)
    unanswered = len([one for one in views if one.answered is None and one.question.before == "publish"])
    unbound = len([one for one in problems if one.startswith("角色")])
    empty = len([one for one in seats_of(programme) if not one.name])
    return {
        "questions": f"{unanswered} 个未答" if unanswered else "",
        "roles": f"{unbound} 个未定" if unbound else "",
        "body": f"{empty} 席空缺" if empty else "",
        "review": f"{len(problems)} 项未完" if problems else "",
    }


@signed_in
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Every question of the pack with its clauses beside; an answer counts once it is confirmed."""
    programme = get_programme(request.actor, edition_id)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        confirmed = request.POST.getlist("ok")
        if only := request.POST.get("only"):
            confirmed = [only]
        given = {one: (request.POST.get(f"a-{one}", ""), request.POST.get(f"b-{one}", "")) for one in confirmed}
        saved, wrong = save_answers(
            actor=request.actor, at=request.at, programme=programme, given=given, basis=request.POST.get("basis", "")
        )
        if saved:
            messages.success(request, f"已记录 {saved} 个答复。")
        if not wrong:
            anchor = f"#q-{only}" if request.POST.get("only") else ""
            return redirect(f"/editions/{edition_id}/questions/{anchor}")
        programme = get_programme(request.actor, edition_id)
    views = answers_of(programme)
    mine = may_organise(request.actor, programme.edition.organiser)
    context = {
        "edition": programme.edition,
        "views": [_shown(one, wrong, request.POST) for one in views],
        "editable": mine and programme.edition.state == "preparing",
        "steps": steps(programme, "questions", left_to_do(programme, views, request.at)) if mine else [],
        "left": len([one for one in views if one.answered is None]),
        "wrong": wrong,
    }
    return render(request, "programmes/questions.html", context, status=422 if wrong else 200)


def _shown(one: QuestionView, wrong: dict[str, str], typed: Any) -> dict[str, Any]:
    key = one.question.id
    takes = one.question.takes
    options = list(takes.options.items()) if takes.options else [("yes", "是"), ("no", "否")]
    value = typed.get(f"a-{key}") or one.value
    return {
        "view": one,
        "key": key,
        "answer_name": f"a-{key}",
        "basis_name": f"b-{key}",
        "kind": takes.kind,
        "departs": key.startswith(DEPARTS),
        "must": one.question.must is not None and not key.startswith(DEPARTS),
        "options": [(word, label, word == value) for word, label in options],
        "value": value,
        "error": wrong.get(key, ""),
    }


@signed_in
@require_http_methods(["GET", "POST"])
def body(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Seats of the leading group and its office as the notice sets them up, and who sits there."""
    programme = get_programme(request.actor, edition_id)
    seats = seats_of(programme)
    if request.method == "POST":
        require_organiser(request.actor, programme.edition.organiser)
        changed = 0
        for seat in seats:
            name = request.POST.get(f"seat-{seat.pk}", seat.name).strip()[:40]
            if name != seat.name:
                seat_member(
                    actor=request.actor,
                    at=request.at,
                    edition=programme.edition,
                    seat_id=seat.pk,
                    name=name,
                    user_id=seat.user_id,
                )
                changed += 1
        messages.success(request, f"已登记 {changed} 席。" if changed else "没有改动。")
        return redirect(f"/editions/{edition_id}/body/")
    groups: dict[str, list[Any]] = {}
    for seat in seats:
        groups.setdefault(programme.role_label(seat.role), []).append(seat)
    mine = may_organise(request.actor, programme.edition.organiser)
    context = {
        "edition": programme.edition,
        "groups": groups,
        "editable": mine,
        "steps": steps(programme, "body", left_to_do(programme, answers_of(programme), request.at))
        if mine and programme.edition.state == "preparing"
        else [],
    }
    return render(request, "programmes/body.html", context)


def _param(one: Param, programme: Programme, views: list[QuestionView]) -> dict[str, str]:
    """A figure of the edition: from the notice, or as its question was answered, in the answer's own words."""
    asked = next((view for view in views if view.question.id == one.ask), None)
    value = programme.params.get(one.id)
    said = "待定" if value is None else words_of(value)
    return {
        "label": one.shown,
        "value": f"{asked.says(said) if asked else said}{one.unit}",
        "note": "　".join(text for text in (one.clause, "按答复" if asked else "") if text),
    }


@signed_in
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, edition_id: int) -> HttpResponse:
    """What still stands in the way; then publishing, which only an approver of the organiser may do."""
    programme = get_programme(request.actor, edition_id)
    require_organiser(request.actor, programme.edition.organiser)
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            if "special" in request.POST:
                return _special(request, programme)
            publish(actor=request.actor, at=request.at, edition=programme.edition)
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, f"“{programme.edition.title}”已发布，单位可以申报。")
            return redirect(f"/editions/{edition_id}/")
    views = answers_of(programme)
    turn = turn_of(programme.pack, programme.edition.organiser, programme)
    context = {
        "edition": programme.edition,
        "programme": programme,
        "departures": [one for one in provenance(programme.pack) if one.departs],
        "problems": open_problems(programme, request.at),
        "problem": problem,
        "lacking": lacking_of([programme]).get(programme.process.pk, ()),
        "params": [_param(one, programme, views) for one in programme.pack.params],
        "turn": turn.said if turn is not None else "",
        "decides": turn is not None and may_decide_special(request.actor, programme.edition),
        "typed": {key: request.POST.get(key, "") for key in ("special", "reason")},
        "may_publish": may_publish(request.actor, programme.edition),
        "publishers": publishers(programme.edition, request.at),
        "steps": steps(programme, "review", left_to_do(programme, views, request.at)),
    }
    return render(request, "programmes/review.html", context, status=409 if problem else 200)


def _special(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The decision on a special edition, beside the cycle."""
    number, reason = request.POST.get("special", ""), request.POST.get("reason", "")
    decide_special(actor=request.actor, at=request.at, edition=programme.edition, number=number, reason=reason)
    messages.success(request, "已登记特别届次的决定。")
    return redirect(f"/editions/{programme.edition.pk}/review/")
