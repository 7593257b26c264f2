"""The reliability page of a panel: all methods side by side, experts' habits, who is near the cut line, by hand."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjiang.kernel.errors import GongjiangError
from gongjiang.kernel.rounding import decimal_text, round_to
from gongjiang.rules.scoring.aggregate import AGGREGATE_LABELS
from gongjiang.rules.scoring.calibration import LABELS, METHODS
from gongjiang.services.nominations.seats import list_size
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.reliability import PanelReport, panel_report
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.scoring.panel import open_panel

WORST = 10**9
#: What the pack says of people with the same points at the end of a list.
AT_CUT = {
    "meeting": "末位同分的由会议决定",
    "draw": "末位同分的抽签",
    "take_all": "末位同分的都列入",
    "take_none": "末位同分的都不列入",
}


@signed_in
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Once all sheets are in; `?case=` derives one person's result by hand, `?places=` moves the cut line."""
    programme, stage = open_panel(request, edition_id, stage_id)
    places = whole(request.GET.get("places", ""), 0) or _places(programme, stage.keep)
    found = panel_report(actor=request.actor, programme=programme, stage=stage, places=places)
    context: dict[str, Any] = {
        "programme": programme,
        "edition": programme.edition,
        "stage": stage,
        "found": found,
        "places": places,
        "at_cut": AT_CUT.get(stage.at_cut or "", ""),
        "near": "、".join(one.title for pk, one in found.cases.items() if str(pk) in found.band),
        "rule": AGGREGATE_LABELS[found.rule],
        "advised": LABELS[found.advised],
    }
    if found.held is not None:
        context |= _tables(found) | {"by_hand": _by_hand(found, request.GET.get("case", ""))}
    return render(request, "scoring/reliability.html", context)


def _places(programme: Programme, keep: Any) -> int | None:
    """How many the list may keep; None where that is not known yet."""
    try:
        return list_size(programme, keep)
    except GongjiangError:
        return None


def _tables(found: PanelReport) -> dict[str, Any]:
    assert found.held is not None
    results = [found.held.results[method] for method in METHODS]
    placed = {one.method: one.places for one in results}
    ruling = found.rule if found.rule in METHODS else "mean"
    rows: list[dict[str, Any]] = [
        {
            "case": case,
            "cells": [_cell(one.scores.get(str(pk)), placed[one.method].get(str(pk))) for one in results],
            "chance": (found.chances or {}).get(str(pk)),
            "open": str(pk) in found.held.undecided or str(pk) not in placed["mean"],
            "near": str(pk) in found.band,
            "place": placed[ruling].get(str(pk), WORST),
        }
        for pk, case in found.cases.items()
    ]
    rows.sort(key=lambda row: (row["place"], row["case"].number))
    report = found.report
    judges = list(report.judges.values()) if report else []
    judges.sort(key=lambda one: int(one.judge.removeprefix("专家")))
    return {
        "heads": [{"label": LABELS[one.method], "rules": one.method == found.rule} for one in results],
        "refused": [one for one in results if not one.decision.allowed][:1],
        "rows": rows,
        "judges": judges,
        "widest": max((abs(one.severity) for one in judges), default=0.0),
        "figures": _figures(found),
    }


def _cell(score: Fraction | None, place: int | None) -> dict[str, Any]:
    return {"score": "" if score is None else decimal_text(round_to(score, 2, "half_up")), "place": place}


def _figures(found: PanelReport) -> list[tuple[str, str, str]]:
    """Label, figure, what it means."""
    report = found.report
    if report is None:
        return []
    name = "(2" if report.table else "(1"
    one, many, shares = report.single, report.mean, report.shares
    told = [
        (
            f"单份评分的信度 ICC{name},1)",
            f"{one.value:.2f}（{one.low:.2f}—{one.high:.2f}）",
            "换一位专家来评，结果会有多像",
        ),
        (
            f"平均分的信度 ICC{name},k)",
            f"{many.value:.2f}（{many.low:.2f}—{many.high:.2f}）",
            f"每人{report.each:.1f}份评分的平均",
        ),
        ("达到0.8需要", f"{report.needed}位专家" if report.needed else "加多少专家都达不到", "每个对象"),
        (
            "差异从何而来",
            f"对象{shares.cases:.0%}，专家宽严{shares.judges:.0%}，其余{shares.rest:.0%}",
            "对象一项越大越好",
        ),
    ]
    if report.w is not None:
        told.insert(2, ("肯德尔和谐系数 W", f"{report.w:.2f}", "各专家排出的名次有多一致，1为完全一致"))
    return told


def _by_hand(found: PanelReport, text: str) -> dict[str, Any] | None:
    """One person's result under the advised method, line by line."""
    assert found.held is not None
    pk = whole(text, 0)
    page_, case = found.held.results[found.advised].page, found.cases.get(pk)
    marks = found.held.marks.by_case.get(str(pk))
    if page_ is None or case is None or marks is None:
        return None
    return {"case": case, "lines": page_.lines(marks), "mean": found.held.results["mean"].scores[str(pk)]}
