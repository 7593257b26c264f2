"""What follows a naming: processes that are due, a round opened, a round settled by a decision."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.dates import iso_day
from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.assessment.due import Ahead
from gongjiang.services.assessment.open import open_round
from gongjiang.services.assessment.queries import processes_of, round_of
from gongjiang.services.assessment.settle import may_settle, settle, settling
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole_numbers


@signed_in
@require_safe
def index(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Every process of the edition's pack: whom it is due for, the rounds so far."""
    edition, found, may = processes_of(request.actor, edition_id, request.at)
    today = timezone.localtime(request.at).date()
    context = {"edition": edition, "may": may, "rows": [_row(one, today) for one in found]}
    return render(request, "assessment/index.html", context)


def _row(one: Ahead, today: date) -> dict[str, Any]:
    later = sorted((due.on, due.honour.name) for due in one.due if due.on is not None and due.on > today)
    return {
        "spec": one.spec,
        "basis": f"依据 {one.spec.clause}" if one.spec.cite else "",
        "now": one.now(today),
        "units": one.units,
        "many": len(one.units) if one.spec.about == "unit" else len(one.now(today)),
        "running": sum(due.running for due in one.due),
        "next": later[0][0] if later else None,
        "later": len(later),
        "rounds": one.rounds,
        "dialog": f"open-{one.spec.id}",
        "tiers": [(tier.shown, tier.effects) for tier in one.spec.tiers],
    }


@signed_in
@require_POST
def begin(request: HttpRequest, edition_id: int, process: str) -> HttpResponse:
    """Open a round for those ticked."""
    edition, _, _ = processes_of(request.actor, edition_id, request.at)
    chosen = whole_numbers(request.POST.getlist("chosen"))
    try:
        made = open_round(
            actor=request.actor,
            at=request.at,
            edition=edition,
            process=process,
            chosen=chosen,
            title=request.POST.get("title", ""),
        )
    except GongjiangError as refusal:
        messages.error(request, str(refusal))
        return redirect("processes", edition_id)
    messages.success(request, f"“{made.title}”已经开始，共 {len(chosen)} 件。")
    return redirect("editions-cockpit", made.pk)


@signed_in
def settle_page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """A round's results with what follows from each; POST settles them by a decision."""
    programme = round_of(request.actor, edition_id)
    today = timezone.localtime(request.at).date()
    typed = {key: request.POST.get(key, "").strip() for key in ("number", "decided_on", "title")}
    day, problem = iso_day(typed["decided_on"]), ""
    if request.method == "POST":
        try:
            if typed["decided_on"] and day is None:
                problem = "决定日期看不懂，请写作 2028-10-12。"
            else:
                done = settle(
                    actor=request.actor,
                    at=request.at,
                    programme=programme,
                    number=typed["number"],
                    decided_on=day,
                    title=typed["title"],
                )
                messages.success(request, f"{len(done)} 件已按决定办结，结果已记入名册并告知本人。")
                return redirect("process-settle", edition_id)
        except GongjiangError as refusal:
            problem = str(refusal)
    found = settling(programme, day or today)
    context = {
        "edition": programme.edition,
        "found": found,
        "groups": _groups(found),
        "may": may_settle(request.actor, programme),
        "typed": typed,
        "day": day or today,
        "problem": problem,
    }
    return render(request, "assessment/settle.html", context, status=409 if problem else 200)


def _groups(found: Any) -> list[dict[str, Any]]:
    """Those ready, by what follows."""
    groups: dict[tuple[str, ...], list[Any]] = {}
    for one in found.ready:
        groups.setdefault((one.following.label, *one.words), []).append(one.case)
    return [{"label": key[0], "words": key[1:], "cases": cases} for key, cases in groups.items()]
