"""The cockpit of an edition."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongjiang.kernel.dates import long_date
from gongjiang.services.formality.judge_edition import edition_questions
from gongjiang.services.packages.queries import handles
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.reports.cockpit.funnel import Standing
from gongjiang.services.reports.cockpit.page import Cockpit, cockpit, may_oversee
from gongjiang.services.reports.side import days_left, next_deadline, process_line, when
from gongjiang.services.reports.todo.scope import Scope
from gongjiang.web.access import signed_in
from gongjiang.web.components.geometry import TILES
from gongjiang.web.frame import desk_for
from gongjiang.web.places import stage_page

MOST = 12


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Funnel, units that lag, composition, experts, the map. Others see the edition's line and its times."""
    scope, _ = desk_for(request)
    programme = get_programme(request.actor, edition_id)
    if not may_oversee(request.actor, programme):
        line = process_line(scope, programme)
        judged = bool(edition_questions(programme))
        context = {
            "edition": programme.edition,
            "line": [_step(one) for one in line],
            "judged": judged,
            "packs_up": handles(request.actor, programme.edition),
            "follow_up": bool(programme.pack.processes),
        }
        return render(request, "programmes/edition.html", context)
    found = cockpit(request.actor, edition_id, request.at)
    return render(request, "programmes/cockpit.html", shown(found, scope, request))


def shown(found: Cockpit, scope: Scope, request: HttpRequest) -> dict[str, Any]:
    """The page's contents as its template reads them."""
    programme = found.programme
    edition = programme.edition
    done, total = found.sheets
    now = timezone.localtime(request.at)
    return {
        "edition": edition,
        "judged": bool(edition_questions(programme)),
        "packs_up": handles(request.actor, edition),
        "follow_up": bool(programme.pack.processes),
        "may_organise": found.may_organise,
        "updated": f"{long_date(now)} {now:%H:%M}",
        "nearest": _nearest(found, scope),
        "kpis": kpis(found, scope, request, done, total),
        "funnel": [bar(one, scope, found) for one in found.funnel],
        "stages": [
            {"one": one, "url": stage_page(one.type, edition.pk, one.stage), "when": _when(scope, found, one.stage)}
            for one in found.funnel
        ],
        "laggards": found.laggards[:MOST],
        "lag_total": len(found.laggards),
        "shares": [
            {"label": one.label, "before": one.before_percent, "after": one.after_percent}
            for one in found.shares
            if not one.kinds
        ],
        "kinds": [one for one in found.shares if one.kinds],
        "before": f"提交 {found.nominated} 人",
        "after": f"{found.latest} {found.listed} 人",
        "experts": experts(found),
        **units(found),
    }


def kpis(found: Cockpit, scope: Scope, request: HttpRequest, done: int, total: int) -> list[dict[str, Any]]:
    """Days left, sheets, units that lag, objections."""
    rows: list[dict[str, Any]] = []
    nearest = _nearest(found, scope)
    if nearest is not None:
        left = days_left(request.at, nearest[2])
        value = f"{left} 天" if left else "今天"
        rows.append({"value": value, "label": f"{'距' if left else ''}{nearest[1].shown}截止", "hot": left <= 7})
    if total:
        rows.append({"value": f"{done} / {total}", "label": "评分份数"})
    late = len([one for one in found.laggards if one.count])
    rows.append({"value": f"{late} 家", "label": "有未办事项"})
    rows.append({"value": f"{found.objections} 件", "label": "未办异议", "hot": found.objections > 0})
    return rows


def _nearest(found: Cockpit, scope: Scope) -> tuple[Any, Any, Any] | None:
    return next_deadline(scope, [found.programme], {one.stage for one in found.funnel if one.state != "done"})


def bar(one: Standing, scope: Scope, found: Cockpit) -> dict[str, Any]:
    """A bar of the funnel."""
    words = _when(scope, found, one.stage)
    note = "　".join(word for word in (words, one.note) if word)
    return {"label": one.label, "n": one.n, "state": one.state, "through": one.through, "note": note}


def _when(scope: Scope, found: Cockpit, stage: str) -> str:
    return when(scope, found.programme, found.programme.stage(stage))


def experts(found: Cockpit) -> list[dict[str, Any]]:
    """Experts of each panel with bars."""
    labels = {one.id: one.shown for one in found.programme.stages}
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in found.experts:
        name = one.name if one.declared else f"{one.name}（未声明）"
        row = {"label": name, "value": one.done, "of": max(one.total, 1), "late": one.total > 0 and one.done == 0}
        groups.setdefault(one.stage, []).append(row)
    return [{"label": labels.get(stage, stage), "bars": rows, "stage": stage} for stage, rows in groups.items()]


def units(found: Cockpit) -> dict[str, Any]:
    """Provinces on the map, where the edition is national; the other units as a table."""
    names = {name: code for code, name in TILES.items()}
    late = {one.organisation_id for one in found.laggards if one.count}
    values: dict[str, int] = {}
    tardy: list[str] = []
    rest: list[dict[str, Any]] = []
    national = found.programme.pack.pack.level == "national"
    for one in found.units:
        code = names.get(one.organisation.short_name) or names.get(one.organisation.region)
        if national and code and code not in values and one.organisation.level == "province":
            values[code] = one.sent
            tardy += [code] if one.organisation.pk in late else []
            continue
        counts = found.pools.get(one.organisation.short_name, [])
        total = counts[0].limit if counts else None
        rest.append({"line": one, "total": total, "late": one.organisation.pk in late})
    return {"provinces": values, "tardy": tardy, "rest": rest}


def _step(one: Any) -> dict[str, Any]:
    return {"title": one.label, "when": one.when, "state": one.state, "note": one.note}
