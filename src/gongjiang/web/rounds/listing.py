"""The list of a stage: units, the open list with its proposal, or the closed one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongjiang.kernel.errors import GongjiangError
from gongjiang.rules.quotas.near import near_names
from gongjiang.rules.rounds.rank import shown
from gongjiang.services.formality.judge_case import may_judge
from gongjiang.services.meetings.members import members_of
from gongjiang.services.meetings.room import records
from gongjiang.services.programmes.windows import stage_window
from gongjiang.services.quotas.figures import reckoned
from gongjiang.services.rounds import queries
from gongjiang.services.rounds.board import Board, board
from gongjiang.services.rounds.close import may_close
from gongjiang.services.rounds.pools import typed_groups
from gongjiang.services.rounds.sit import attendance_of, sitting_of
from gongjiang.services.rounds.supplement import may_add
from gongjiang.services.rounds.tiers import choices_of, chooses_tiers, tiers_of
from gongjiang.services.rounds.unit_order import ranks_itself
from gongjiang.services.rounds.upstream import on_their_way
from gongjiang.services.scoring.authority import may_run
from gongjiang.web.access import signed_in
from gongjiang.web.quotas.factors import factor_blocks
from gongjiang.web.rounds.choice import MARKS, Choice, first, meeting_fields, proposal
from gongjiang.web.rounds.gauges import figures_of, pools_of
from gongjiang.web.rounds.place import ListPlace, place_of


@signed_in
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """One page for select and panel stages."""
    place = place_of(request, edition_id, stage_id)
    if place.stage.per and not place.group:
        return units_page(request, place)
    closed = queries.frozen(place.programme, place.stage, place.group)
    if closed is not None:
        return closed_page(request, place, closed)
    found = board(place.programme, place.stage, place.group)
    chosen = proposal(found, members_of(place.programme, place.stage), request.at)
    held = sitting_of(place.programme, place.stage, place.group)
    if held is not None and held.state == "ended":
        chosen.typed |= attendance_of(held)
    return open_page(request, place, found, chosen)


def frame(request: HttpRequest, place: ListPlace) -> dict[str, Any]:
    """What every form of the page says about where one is."""
    runs = place.stage.type == "panel" and may_run(request.actor, place.programme, place.stage)  # type: ignore[arg-type]
    keeps = records(request.actor, place.programme, place.stage.id) and (place.group or not place.stage.per)
    return {
        "place": place,
        "edition": place.programme.edition,
        "stage": place.stage,
        "group": place.group,
        "panel_url": reverse("panel-admin", args=[place.programme.edition.pk, place.stage.id]) if runs else "",
        "decide_url": place.act("rounds-decide"),
        "rank_url": place.act("rounds-rank"),
        "judge_url": place.act("rounds-judge"),
        "supplement_url": place.act("rounds-supplement"),
        "sitting_url": place.act("rounds-sitting") if keeps else "",
    }


def units_page(request: HttpRequest, place: ListPlace) -> HttpResponse:
    """Units and their own lists."""
    rows = queries.unit_lists(place.programme, place.stage)
    if not queries.may_see(request.actor, place.programme):
        own = queries.own_groups(request.actor, place.programme.edition.pk)
        rows = [one for one in rows if one.group in own]
    items = [
        {"unit": one, "url": ListPlace(place.programme, place.stage, one.group).url}
        for one in sorted(rows, key=lambda one: (not one.lagging, one.closed is not None, one.group))
    ]
    counts = [
        {"value": sum(one.lagging for one in rows), "label": "未定", "hot": any(one.lagging for one in rows)},
        {"value": sum(one.closed is not None for one in rows), "label": "已定"},
        {"value": sum(one.kept for one in rows), "label": "人列入"},
    ]
    return render(request, "rounds/units.html", {**frame(request, place), "rows": items, "kpis": counts})


def open_page(
    request: HttpRequest, place: ListPlace, found: Board, chosen: Choice, problem: GongjiangError | None = None
) -> HttpResponse:
    """The list with a choice on it, to change and confirm."""
    coming = on_their_way(place.programme, place.stage, place.group)
    may = may_close(request.actor, place.programme, place.stage, found)
    window = stage_window(place.programme, place.stage)
    states = found.pools(chosen.kept)
    context = {
        **frame(request, place),
        "found": found,
        "rows": rows_of(place, found, chosen),
        "keys": found.keys,
        "marks": MARKS,
        "grading": chooses_tiers(place.programme, place.stage),
        "pools": pools_of(states, chosen),
        "figures": figures_of(place, found, chosen),
        "alike": near_names(typed_groups(place.programme, found.pools(found.cases))),
        "blocks": factor_blocks(reckoned(place.programme), {place.group}) if place.group else [],
        "early": window.opens if window.state(request.at) == "early" else None,
        "tie": found.proposal.tie,
        "open": found.ranking.open,
        "coming": coming,
        "may": may,
        "ranks_itself": ranks_itself(place.stage) and may,
        "reasons": chosen.reasons,
        "typed": chosen.typed,
        "judging": judging(request, place, found),
        "problem": problem,
        "kpis": [
            {"value": len(found.cases), "label": "在列"},
            *([{"value": found.size, "label": "名额"}] if found.size is not None else []),
            {"value": len(chosen.kept), "label": "现选" if may else "建议"},
        ],
    }
    return render(request, "rounds/open.html", context, status=problem.status if problem else 200)


def rows_of(place: ListPlace, found: Board, chosen: Choice) -> list[dict[str, Any]]:
    """Everybody on the list, ranked; ties bracketed, 未定 at the end, the cut marked."""
    prefs = queries.preferences(place.programme, found)
    bars = queries.hindrances(place.programme, found)
    skipped = {one.case: one.reason for one in found.proposal.skipped}
    apart = {int(one.case): one.sentence for one in found.ranking.open}
    rows = []
    for rung in found.ranking.rungs:
        for pk in sorted((int(one) for one in rung.cases), key=lambda one: chosen.order.get(one, 0)):
            rows.append(
                {
                    **_row(place, found, chosen, pk),
                    "number": rung.number,
                    "tied": len(rung.cases) > 1,
                    "decided": rung.decided,
                    "skipped": skipped.get(str(pk), ""),
                }
            )
    cut = found.places
    for n, row in enumerate(rows, 1):
        row["cut"] = found.size is not None and n == cut and len(found.cases) > cut
    rows += [{**_row(place, found, chosen, pk), "number": None, "apart": text} for pk, text in apart.items()]
    for row in rows:
        row["prefs"] = prefs[row["pk"]]
        row["bars"] = bars[row["pk"]]
    return rows


def _row(place: ListPlace, found: Board, chosen: Choice, pk: int) -> dict[str, Any]:
    case = found.cases[pk]
    return {
        "pk": pk,
        "case": case,
        "cells": [
            {"label": key.label, "value": shown(one)} for key, one in zip(found.keys, found.values[pk], strict=True)
        ],
        "mark": chosen.marks.get(pk, "drop"),
        "order": chosen.order.get(pk, 0),
        "why": chosen.reasons.get(f"pick:{pk}", ""),
        "url": reverse("nominee", args=[pk]),
        "tiers": choices_of(place.programme, place.stage, case.award),
        "tier": chosen.tiers.get(pk, ""),
    }


def judging(request: HttpRequest, place: ListPlace, found: Board) -> dict[str, Any] | None:
    """Judgements still open, as a grid of people and questions, for whoever may record the meeting's."""
    waiting = queries.open_judgements(place.programme, found)
    questions = list({one.id: one for specs in waiting.values() for one in specs}.values())
    if not questions:
        return None
    example = next(found.cases[pk] for pk, specs in waiting.items() if specs)
    allowed = [one for one in questions if may_judge(request.actor, place.programme, example, one)]
    return {
        "left": sum(len(one) for one in waiting.values()),
        "people": sum(bool(one) for one in waiting.values()),
        "questions": allowed,
        "rows": [
            {
                "case": found.cases[pk],
                "cells": [{"spec": one, "name": f"j-{pk}-{one.id}", "open": one in waiting[pk]} for one in allowed],
            }
            for pk in found.order()
            if waiting[pk]
        ]
        if allowed
        else [],
        "basis": f"{first(place.stage)}认定",
    }


def closed_page(
    request: HttpRequest,
    place: ListPlace,
    closed: queries.Frozen,
    problem: GongjiangError | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """The frozen list: order, digest, meeting, alternates; one more by a recorded decision."""
    programme = place.programme
    labels = {
        one.id: one.shown for award in programme.awards for one in tiers_of(programme, award.id) if place.stage.gives
    }
    waiting = [*closed.alternates, *closed.late]
    may = bool(waiting) and may_add(request.actor, programme, place.stage, waiting[0].case)
    members = members_of(programme, place.stage)
    met = closed.held.meeting
    context = {
        **frame(request, place),
        "closed": closed,
        "votes": votes_of(met.votes_for, met.votes_against, met.abstained) if met is not None else None,
        "labels": labels,
        "kept": [{"row": one, "tier": labels.get(one.case.standing, "")} for one in closed.kept],
        "may": may,
        "waiting": [{"row": one, "late": one in closed.late} for one in waiting],
        "typed": typed or meeting_fields(place.stage, members, request.at),
        "problem": problem,
        "kpis": [
            {"value": closed.held.entered, "label": "进入"},
            {"value": len(closed.kept), "label": "列入"},
            {"value": len(closed.alternates), "label": "备选"},
        ],
    }
    return render(request, "rounds/closed.html", context, status=problem.status if problem else 200)


def votes_of(*votes: int | None) -> tuple[int, ...] | None:
    """For, against, abstained; None where no votes were counted."""
    return None if all(one is None for one in votes) else tuple(one or 0 for one in votes)
