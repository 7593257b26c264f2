"""The board of progress."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongjiang.rules.cultivation.kinds import label_of
from gongjiang.rules.honours.targets import level_label
from gongjiang.services.reports.progress.board import HELD, AimLine, Board, LevelLine, board
from gongjiang.services.reports.progress.figures import STANDS, TRAINEE
from gongjiang.services.reports.progress.people import NONE, REGISTER
from gongjiang.web.access import signed_in
from gongjiang.web.components.geometry import TILES
from gongjiang.web.numbers import whole

YOUNG = ("35岁及以下", "36—45岁")
PRIVATE = ("私营企业", "民营企业", "非公有制")
BOTH = ",".join(HELD)


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Targets, levels, years, provinces, units, who they are and what they do. `of`: an organisation."""
    found = board(request.actor, request.at, whole(request.GET.get("of"), None))
    context: dict[str, Any] = {
        "seat": found.seat.organisation,
        "seats": [
            {"label": one.short_name or one.name, "url": f"?of={one.pk}", "current": one == found.seat.organisation}
            for one in found.mine
        ],
        "levels": [_level(found, one) for one in found.levels],
        "aims": [_aim(found, one) for one in found.aims],
        "funnel": _funnel(found),
        "map": _map(found),
        "years": [_year(found, one) for one in found.years],
        "units": [_unit(found, one) for one in found.units],
        "shares": _shares(found),
        "ownership": _ownership(found),
        "kinds": _kinds(found),
        "listed": found.listed,
        "listed_url": people_url(found, source=REGISTER),
        "unsure": found.unsure,
        "unsure_url": people_url(found, unsure=1),
    }  # fmt: skip
    return render(request, "progress/board.html", context)


def people_url(found: Board, **asked: Any) -> str:
    """The list behind a figure."""
    return f"{reverse('progress-people')}?{urlencode({'of': found.seat.organisation.pk, **asked})}"


def _level(found: Board, one: LevelLine) -> dict[str, Any]:
    target = one.aim.value if one.aim is not None else 0
    return {
        "one": one,
        "label": level_label(one.level),
        "target": target,
        "percent": _percent(one.stands, target),
        "behind": bool(target) and one.stands < one.paced,
        "stands_url": people_url(found, level=one.level or NONE, state=STANDS),
        "listed_url": people_url(found, level=one.level or NONE, state=STANDS, source=REGISTER),
        "trainees_url": people_url(found, level=one.level or NONE, state=TRAINEE),
        "chosen_url": people_url(found, level=one.level or NONE),
        "table": list(zip(one.years, one.line, strict=False)),
    }


def _aim(found: Board, line: AimLine) -> dict[str, Any]:
    narrow = {"edition": line.one.edition_id} if line.one.own else {"level": line.one.aim.level, "year": line.one.year}
    url = people_url(found, **narrow, state=BOTH)
    return {"line": line, "percent": _percent(line.n, line.one.aim.value), "url": url}


def _funnel(found: Board) -> list[dict[str, Any]]:
    """From the nominations to the certificates, all years together; of those who went this way here."""
    chosen = found.honours.total() - found.listed
    held = found.honours.total(states=HELD) - found.listed_in(HELD)
    stands = found.honours.total(states=(STANDS,)) - found.listed_in((STANDS,))
    steps = [
        {"label": "入选", "n": chosen, "note": "历年确定的名单"},
        {"label": "在册", "n": held, "note": "培育对象和已认定的"},
        {"label": "已认定", "n": stands, "note": "考评合格或直接命名"},
    ]
    if found.nominated >= chosen:
        since = f"{found.nominated_since}年以来" if found.nominated_since else ""
        steps.insert(0, {"label": "推荐", "n": found.nominated, "note": f"{since}本单位主办的届次"})
    return [{**one, "state": "done"} for one in steps]


def _map(found: Board) -> dict[str, Any]:
    names = {name: code for code, name in TILES.items()}
    counts = found.honours.by_value("province", HELD)
    values = {names[one]: n for one, n in counts.items() if one in names}
    outside = counts.get("", 0)
    urls = {code: people_url(found, province=TILES[code], state=BOTH) for code in values}
    shown = {code: values.get(code, 0) for code in TILES} if len(values) > 1 else {}
    return {"values": shown, "urls": urls, "outside": outside,
            "outside_url": people_url(found, province=NONE, state=BOTH)}  # fmt: skip


def _year(found: Board, year: int) -> dict[str, Any]:
    def n(*states: str) -> int:
        return found.honours.total(year=year, states=states)

    def link(states: str) -> str:
        return people_url(found, year=year or NONE, **({"state": states} if states else {}))

    gone = ("suspended", "ended", "revoked")
    cells = [("", ()), (STANDS, (STANDS,)), (TRAINEE, (TRAINEE,)), (",".join(gone), gone)]
    return {"year": year or "年份不详", "cells": [(n(*states), link(key)) for key, states in cells]}


def _unit(found: Board, one: Any) -> dict[str, Any]:
    return {
        "name": one.organisation.short_name or one.organisation.name,
        "url": f"{reverse('progress')}?of={one.organisation.pk}",
        "stands": one.of(STANDS),
        "trainees": one.of(TRAINEE),
    }


def _shares(found: Board) -> list[dict[str, Any]]:
    """Women, the young and private enterprises among those of each year who are still held."""
    rows = []
    for year in found.years:
        of = found.honours.total(year=year, states=HELD)
        if not of:
            continue
        cells = []
        for facet, values in (("gender", ("女",)), ("age", YOUNG[:1]), ("age", YOUNG)):
            n = found.honours.total(facet, year=year, states=HELD, values=values)
            url = people_url(found, year=year or NONE, state=BOTH, **{facet: ",".join(values)})
            cells.append({"n": n, "percent": _percent(n, of), "url": url})
        whole_url = people_url(found, year=year or NONE, state=BOTH)
        rows.append({"year": year or "年份不详", "of": of, "url": whole_url, "cells": cells})
    return rows


def _ownership(found: Board) -> list[dict[str, Any]]:
    """Kinds of enterprise, the most first; those who gave none last."""
    counts = found.honours.by_value("ownership", HELD)
    of = sum(counts.values())
    keyed = sorted(counts.items(), key=lambda one: (one[0] == "", -one[1]))
    return [
        {"label": key or "未填", "n": n, "percent": _percent(n, of),
         "url": people_url(found, ownership=key or NONE, state=BOTH)}
        for key, n in keyed[:12]
    ]  # fmt: skip


def _kinds(found: Board) -> list[dict[str, Any]]:
    """What artisans did, by kind: confirmed this year, last year, ever."""
    figures = found.activity

    def n(kind: str, year: int | None) -> int:
        return figures.total("kind", year=year, states=("confirmed",), values=(kind,))

    def link(kind: str, year: int | None) -> str:
        asked = {"of": found.seat.organisation.pk, "kind": kind, "state": "confirmed"}
        return f"{reverse('progress-activities')}?{urlencode({**asked, **({'year': year} if year else {})})}"

    kinds = sorted({row[3] for row in figures.rows.get("kind", {})}, key=lambda one: -n(one, None))
    years = (found.year, found.year - 1, None)
    return [{"label": label_of(kind), "cells": [(n(kind, one), link(kind, one)) for one in years]} for kind in kinds]


def _percent(n: int, of: int) -> int:
    return round(100 * n / of) if of else 0
