"""The score sheet of an event: everybody who comes, a column a power."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.cultivation.cycle import MOMENTS, Moment, read_score
from gongjiang.services.cultivation.training.scoring import score_many, score_sheet
from gongjiang.web.access import signed_in
from gongjiang.web.cultivation.training.chart import shown
from gongjiang.web.cultivation.training.reading import day_of


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, event_id: int) -> HttpResponse:
    """The entry test, or the evaluation, of everybody."""
    said = request.POST.get("moment") or request.GET.get("moment", "")
    moment = Moment.EVALUATION if said == Moment.EVALUATION else Moment.ENTRY
    event, powers, lines = score_sheet(request.actor, event_id, moment)
    today = timezone.localtime(request.at).date()
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            scores = _scores(request, powers, lines)
            done, refused = score_many(
                actor=request.actor,
                at=request.at,
                event_id=event_id,
                moment=moment,
                on=day_of(request.POST, "on", "日期", today),
                scores=scores,
            )
            messages.success(request, f"{MOMENTS[moment]}：已记 {done} 人。")
            for name, why in refused[:10]:
                messages.warning(request, f"{name}：{why}")
            return redirect(f"{reverse('training-scores', args=[event_id])}?moment={moment.value}")
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem = refusal
    context: dict[str, Any] = {
        "event": event,
        "powers": powers,
        "moment": moment.value,
        "title": MOMENTS[moment],
        "tabs": [(one.value, label, one is moment) for one, label in MOMENTS.items()],
        "rows": [_row(request, line, powers, problem is not None) for line in lines],
        "today": today.isoformat(),
        "on": request.POST.get("on") or today.isoformat(),
        "problem": problem,
    }
    return render(request, "training/scores.html", context, status=problem.status if problem else 200)


def _scores(request: HttpRequest, powers: tuple[str, ...], lines: list[Any]) -> dict[int, dict[str, Decimal]]:
    """What was typed, by place; a refusal names the person and the power."""
    found: dict[int, dict[str, Decimal]] = {}
    for line in lines:
        for n, power in enumerate(powers):
            text = request.POST.get(f"s-{line.place.pk}-{n}", "").strip()
            if text:
                found.setdefault(line.place.pk, {})[power] = read_score(text, f"{line.place.honour.name} {power}")
    return found


def _row(request: HttpRequest, line: Any, powers: tuple[str, ...], typed: bool) -> dict[str, Any]:
    names = [f"s-{line.place.pk}-{n}" for n in range(len(powers))]
    kept = [shown(line.scores[power]) if power in line.scores else "" for power in powers]
    return {
        "place": line.place,
        "round": line.round,
        "cells": [
            (name, power, request.POST.get(name, "") if typed else value)
            for name, power, value in zip(names, powers, kept, strict=True)
        ],
    }
