"""Lists of cases: all that one has filed, and everybody of one edition, narrowed by links that can be kept."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.services.formality.queue import edition_for
from gongjiang.services.nominations.listing import (
    Filters,
    Listed,
    ListPage,
    edition_page,
    filed_page,
)
from gongjiang.services.nominations.ready import editions_filling
from gongjiang.services.nominations.summary_stream import may_export
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.reports.todo.item import few
from gongjiang.web.access import signed_in
from gongjiang.web.formality.present import CASE_STATES, CaseState, link
from gongjiang.web.frame import desk_for
from gongjiang.web.navigation import files_here
from gongjiang.web.numbers import whole

KEPT = ("group", "edition", "stage", "unit", "q")
LABELS = {
    "mine": (
        ("", "全部申报"),
        ("filling", "待填报、待补正"),
        ("running", "办理中"),
        ("named", "已命名"),
        ("over", "未入选、已结束"),
    ),
    "edition": (
        ("", "全部人选"),
        ("filling", "填报、补正中"),
        ("running", "办理中"),
        ("named", "已命名"),
        ("over", "未入选、已结束"),
    ),
}


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything one has filed, in all editions: where it stands, who acts next, what is left to do."""
    scope, _ = desk_for(request)
    found = filed_page(request.actor, filters(request))
    several = len(found.choices) > 1
    context = {
        "editions": [("", "全部届次"), *((str(pk), title) for pk, title in found.choices)] if several else [],
        "several": several,
        "may_file": files_here(scope, request.actor),
        "filling": editions_filling(request.actor),
    }
    return render(request, "nominations/list.html", context | _shown(request, "mine", found))


@signed_in
@require_safe
def of_edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Everybody put forward in one edition that this person may see; drafts stay with those who fill them in."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    programme = programme_of(main_process(edition))
    found = edition_page(request.actor, programme, filters(request))
    context = {
        "edition": edition,
        "stages": [("", "全部环节"), *((one.id, one.shown) for one in programme.stages)],
        "units": [("", "全部推荐单位"), *((str(pk), name) for pk, name in found.choices)],
        "official": may_export(request.actor, programme) and any(one.list is not None for one in programme.pack.forms),
    }
    return render(request, "nominations/all.html", context | _shown(request, "edition", found))


def _given(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "").strip()[:60] for key in KEPT}


def filters(request: HttpRequest) -> Filters:
    """What the address narrows the list to."""
    given = _given(request)
    return Filters(
        group=given["group"],
        edition_id=whole(given["edition"], None),
        stage=given["stage"],
        nominator_id=whole(given["unit"], None),
        words=given["q"],
        before=whole(request.GET.get("before"), None),
    )


def _shown(request: HttpRequest, kind: str, found: ListPage) -> dict[str, Any]:
    """What both lists show: counts that are filters, rows, the way to older ones."""
    given = _given(request)
    kept = {key: value for key, value in given.items() if value}
    rest = {key: value for key, value in kept.items() if key != "group"}
    return {
        "stats": [
            {
                "n": found.counts[key or "all"],
                "label": label,
                "url": _address({**rest, "group": key}),
                "current": key == given["group"],
            }
            for key, label in LABELS[kind]
        ],
        "rows": [shown(request, one) for one in found.rows],
        "given": given,
        "narrowed": bool(kept),
        "next_url": _address({**kept, "before": str(found.rows[-1].case.pk)}) if found.more else "",
        "sheet_query": _address({**kept, "before": ""}),
        "first_url": _address(kept) if request.GET.get("before") else "",
    }


def _address(query: dict[str, str]) -> str:
    kept = {key: value for key, value in query.items() if value}
    return f"?{urlencode(kept)}" if kept else "?"


def shown(request: HttpRequest, one: Listed) -> dict[str, Any]:
    """One row as the lists and their sheets show it."""
    case = one.case
    award = one.programme.award(case.award).shown if len(one.programme.awards) > 1 else ""
    to = "nominations-edit" if one.filling else "nominee"
    reserve = one.alternate is not None and case.state == CaseState.RUNNING and not one.stages
    return {
        "case": case,
        "award": award,
        "url": link(to, case.pk),
        "view_url": link("nominee", case.pk),
        "state": ("alternate", "备选") if reserve else CASE_STATES[CaseState(case.state)],
        "where": _where(one, reserve),
        "next_by": few(list(one.next_by)) if one.next_by else "",
        "note": one.note,
        "verb": ("去补正" if case.state == CaseState.RETURNED else "继续填报") if one.filling else "",
        **_due(request, one),
    }


def _where(one: Listed, reserve: bool) -> str:
    if one.stages:
        return "、".join(dict.fromkeys(stage.shown for stage in one.stages))
    if reserve and one.alternate is not None:
        return f"{one.alternate.shown}名单的备选，等候递补"
    return f"止于{one.ended.shown}" if one.ended else ""


def _due(request: HttpRequest, one: Listed) -> dict[str, Any]:
    """The last day in time of what is open, and whether it is over: 6月30日, 还有 6 天."""
    if one.closes is None or not one.stages:
        return {"due": "", "left": "", "late": False}
    last = timezone.localtime(one.closes - timedelta(microseconds=1)).date()
    days = (last - timezone.localtime(request.at).date()).days
    left = f"已过 {-days} 天" if days < 0 else "今天" if days == 0 else f"还有 {days} 天"
    return {"due": f"{last.month}月{last.day}日", "left": left, "late": request.at >= one.closes}
