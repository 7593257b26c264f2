"""Steps on a list: recount, confirm, close; a unit's order; a meeting's judgements; one more afterwards."""

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.services.nominations.unit import rank_cases
from gongjiang.services.rounds import queries
from gongjiang.services.rounds.board import board
from gongjiang.services.rounds.close import close_list, try_close
from gongjiang.services.rounds.judgements import record_judgements
from gongjiang.services.rounds.supplement import supplement
from gongjiang.services.rounds.tiers import tiers_of
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.rounds.choice import FIELDS, Choice, posted
from gongjiang.web.rounds.gauges import pools_of
from gongjiang.web.rounds.listing import closed_page, frame, judging, open_page, page, votes_of
from gongjiang.web.rounds.place import ListPlace, place_of


@signed_in
@require_POST
def decide(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """`go`: recount shows the choice anew, confirm lists the names, close closes, back returns to change."""
    place = place_of(request, edition_id, stage_id)
    found = board(place.programme, place.stage, place.group)
    chosen = posted(found, request.POST)
    if chosen.tiers:
        found = board(place.programme, place.stage, place.group, tiers=chosen.tiers)
    go = request.POST.get("go", "confirm")
    if go not in ("confirm", "close"):
        return open_page(request, place, found, chosen)
    try:
        given = _closing(request, place, chosen)
        if go == "close":
            close_list(**given, request_key=request.POST.get("key") or None)
        else:
            try_close(**given)
    except GongjiangError as error:
        if queries.frozen(place.programme, place.stage, place.group) is not None:
            messages.error(request, str(error))
            return redirect(place.url)
        return open_page(request, place, found, chosen, error)
    if go == "close":
        messages.success(request, f"“{place.stage.shown}”的名单已经确定，共 {len(chosen.kept)} 人。")
        return redirect(place.url)
    return render(request, "rounds/confirm.html", _confirmation(request, place, chosen))


def _closing(request: HttpRequest, place: ListPlace, chosen: Choice) -> dict[str, Any]:
    return {
        "actor": request.actor,
        "at": request.at,
        "programme": place.programme,
        "stage_id": place.stage.id,
        "kept": chosen.kept,
        "alternates": chosen.alternates,
        "meeting": chosen.meeting(),
        "reasons": chosen.reasons,
        "group": place.group,
        "tiers": chosen.tiers,
    }


def _confirmation(request: HttpRequest, place: ListPlace, chosen: Choice) -> dict[str, Any]:
    """The names in order, what pools say, the meeting; everything again as hidden fields."""
    found = board(
        place.programme, place.stage, place.group, settled=[*chosen.kept, *chosen.alternates], tiers=chosen.tiers
    )
    hidden = {f"pick-{pk}": mark for pk, mark in chosen.marks.items()}
    hidden |= {f"order-{pk}": str(number) for pk, number in chosen.order.items()}
    hidden |= {f"tier-{pk}": tier for pk, tier in chosen.tiers.items()}
    hidden |= {f"m-{name}": chosen.typed.get(name, "") for name in FIELDS}
    for name, text in chosen.reasons.items():
        kind, _, key = name.partition(":")
        hidden[f"{'why' if kind == 'pick' else kind}-{key}" if key else f"reason-{name}"] = text
    labels = {one.id: one.shown for award in place.programme.awards for one in tiers_of(place.programme, award.id)}
    return {
        **frame(request, place),
        "kept": [(found.cases[pk], labels.get(chosen.tiers.get(pk, ""), "")) for pk in chosen.kept],
        "alternates": [found.cases[pk] for pk in chosen.alternates],
        "dropped": [found.cases[pk] for pk in chosen.listed("drop")],
        "reasons": [
            {"case": found.cases[int(name.removeprefix("pick:"))], "text": text}
            for name, text in chosen.reasons.items()
            if name.startswith("pick:") and int(name.removeprefix("pick:")) in found.cases
        ],
        "pools": pools_of(found.pools(chosen.kept), chosen),
        "meeting": chosen.meeting(),
        "votes": votes_of(*(chosen.meeting().votes.get(one) for one in ("for", "against", "abstained"))),
        "hidden": hidden,
        "key": token_hex(16),
        "size": found.size,
    }


@signed_in
@require_POST
def save_order(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """A unit's own order of its people, by the numbers on the page."""
    place = place_of(request, edition_id, stage_id)
    found = board(place.programme, place.stage, place.group)
    chosen = posted(found, request.POST)
    order = sorted(found.cases, key=lambda pk: (chosen.order.get(pk, 0), pk))
    try:
        if not found.cases:
            raise BadInput("名单上还没有人。", "Nobody is here.")
        unit = next(iter(found.cases.values())).nominator
        rank_cases(actor=request.actor, at=request.at, edition=place.programme.edition, unit=unit, order=order)
    except GongjiangError as error:
        return open_page(request, place, found, chosen, error)
    messages.success(request, "推荐次序已保存。")
    return redirect(place.url)


@signed_in
@require_POST
def judge(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """What the meeting judged, for several people at once: one by one, and one answer for all the others."""
    place = place_of(request, edition_id, stage_id)
    answers = {}
    for name, value in request.POST.items():
        _, number, question = (*name.split("-", 2), "", "")[:3] if name.startswith("j-") else ("", "", "")
        case_id = whole(number, None)
        if case_id is not None and question and str(value):
            answers[case_id, question] = value
    grid = judging(request, place, board(place.programme, place.stage, place.group))
    for row in grid["rows"] if grid is not None else ():
        for cell in row["cells"]:
            value = request.POST.get(f"j-all-{cell['spec'].id}", "")
            if cell["open"] and value:
                answers.setdefault((row["case"].pk, cell["spec"].id), value)
    try:
        count = record_judgements(
            actor=request.actor, at=request.at, answers=answers, basis=request.POST.get("basis", "")
        )
    except GongjiangError as error:
        messages.error(request, str(error))
        return redirect(f"{place.url}#judging")
    messages.success(request, f"已记录 {count} 项认定。")
    return redirect(place.url)


@signed_in
@require_POST
def add(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """One more onto a closed list by a recorded decision."""
    place = place_of(request, edition_id, stage_id)
    number = request.POST.get("case", "")
    typed = Choice(typed={name: request.POST.get(f"m-{name}", "") for name in FIELDS})
    try:
        supplement(
            actor=request.actor,
            at=request.at,
            programme=place.programme,
            stage_id=place.stage.id,
            case_id=whole(number, 0),
            meeting=typed.meeting(),
            reason=request.POST.get("reason", ""),
        )
    except GongjiangError as error:
        closed = queries.frozen(place.programme, place.stage, place.group)
        return (
            closed_page(request, place, closed, error, typed.typed) if closed else page(request, edition_id, stage_id)
        )
    messages.success(request, "已补列，名单的校验码已更新。")
    return redirect(place.url)
