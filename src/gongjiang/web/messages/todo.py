"""待办: the first page after signing in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongjiang.kernel.dates import long_date
from gongjiang.services.audit.queries import done_by
from gongjiang.services.reports.side import days_left, gauges, next_deadline, process_line
from gongjiang.services.reports.todo.item import Desk, Item, Waiting
from gongjiang.services.reports.todo.scope import Scope
from gongjiang.web.access import signed_in
from gongjiang.web.components.countdown import clock_words
from gongjiang.web.frame import WEEKDAYS, current_edition, desk_for
from gongjiang.web.navigation import active_organisation, files_here, part_editions
from gongjiang.web.places import case_page, item_page, place, stage_page

GROUPS = (("late", "已逾期"), ("today", "今天"), ("week", "本周"), ("later", "以后"))
MOST = 60


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits for the chosen identity, by date; what waits with others; places; where the edition is."""
    if "edition" in request.GET:
        given = request.GET["edition"]
        if given.isdecimal() and len(given) < 10:
            request.session["edition"] = int(given)
        else:
            request.session.pop("edition", None)
        return redirect("/todo/")
    scope, whole = desk_for(request)
    ours = active_organisation(request.actor)
    desk = whole.of(ours, current_edition(request))
    show = request.GET.get("show", "all")
    finished, total = done_by(request.actor, limit=MOST if show == "done" else 0)
    context: dict[str, Any] = {
        "today": today_words(request),
        "lead": lead(scope, whole, request),
        "stats": stats(desk.items, desk.waiting, total, request, show),
        "show": show,
        "groups": groups(desk.items, request, show),
        "others": [waiting(one, request) for one in (desk.waiting if show == "waiting" else desk.waiting[:5])],
        "waiting_count": len(desk.waiting),
        "finished": [{"at": one.at, "what": one.said, "url": one.url_of(case_page)} for one in finished],
        "elsewhere": len(whole.items) - len(whole.of(ours).items),
        "may_file": files_here(scope, request.actor) and place("nominations-new"),
        **beside(request, scope, desk, ours),
    }
    return render(request, "messages/todo.html", context)


def today_words(request: HttpRequest) -> str:
    """2026年6月24日 星期三."""
    now = timezone.localtime(request.at)
    return f"{long_date(now)} 星期{WEEKDAYS[now.weekday()]}"


def lead(scope: Scope, desk: Desk, request: HttpRequest) -> dict[str, Any] | None:
    """The next deadline of one's editions, in words."""
    chosen = current_edition(request)
    mine = {one.pk for one in part_editions(scope, desk) if chosen in (None, one.pk)}
    found = next_deadline(scope, [one for one in scope.programmes.values() if one.edition.pk in mine])
    if found is None:
        return None
    _, stage, closes = found
    days = days_left(request.at, closes)
    return {"label": stage.shown, "days": days, "until": clock_words(closes), "closes": closes}


def stats(items: list[Item], others: list[Waiting], done: int, request: HttpRequest, show: str) -> list[dict[str, Any]]:
    """The row of counts, each a filter."""
    late = len([one for one in items if one.late(request.at)])
    today = len([one for one in items if one.group(request.at) == "today"])
    rows = [
        ("late", late, "已逾期"),
        ("today", today, "今天到期"),
        ("all", len(items), "全部待我办"),
        ("waiting", len(others), "等待他人"),
        ("done", done, "已办结"),
    ]
    return [
        {"n": n, "label": label, "url": f"?show={key}", "current": key == show, "hot": key == "late" and n > 0}
        for key, n, label in rows
    ]


def groups(items: list[Item], request: HttpRequest, show: str) -> list[dict[str, Any]]:
    """Items by date: late, today, this week, later; the most urgent one carries the dark button."""
    found: list[dict[str, Any]] = []
    first = True
    now = timezone.localtime(request.at)
    for key, label in GROUPS:
        rows = [one for one in items if one.group(request.at) == key]
        if not rows or show not in ("all", key):
            continue
        shown = []
        for one in rows[:MOST]:
            shown.append(row(one, request, primary=first))
            first = False
        note = f"{now.month}月{now.day}日 星期{WEEKDAYS[now.weekday()]}" if key == "today" else ""
        found.append({"title": label, "note": note, "rows": shown})
    return found


def row(one: Item, request: HttpRequest, *, primary: bool = False) -> dict[str, Any]:
    """An item as the list shows it."""
    late, last = one.late(request.at), one.last_day
    several = current_edition(request) is None and len(part_editions(*desk_for(request))) > 1
    due, note = "不限期", ""
    if last is not None:
        left = (last - timezone.localtime(request.at).date()).days
        due = "今天" if left == 0 and not late else f"{last.month}月{last.day}日"
        note = f"已过 {-left} 天" if left < 0 else ("24:00 前" if left == 0 else f"还有 {left} 天")
    return {
        "due": due,
        "due_note": note,
        "late": late,
        "title": one.title,
        "url": item_page(one),
        "state": one.state,
        "state_label": one.state_label,
        "facts": (*one.facts, one.edition) if several else one.facts,
        "action_label": one.verb,
        "primary": primary,
    }


def waiting(one: Waiting, request: HttpRequest) -> dict[str, Any]:
    """Something with somebody else: who, whose, for how long."""
    days = (timezone.localtime(request.at).date() - timezone.localtime(one.since).date()).days if one.since else None
    url = case_page(one.case_id) if one.case_id else stage_page("check", one.edition_id, one.stage) if one.stage else ""
    return {"item": one, "days": days, "url": url}


def beside(request: HttpRequest, scope: Scope, desk: Desk, ours: int | None) -> dict[str, Any]:
    """Places of the unit, and the line of the edition in hand: the one chosen, else that of the most urgent item."""
    editions = [one.pk for one in part_editions(scope, desk) if one.state == "open"]
    at_hand = [current_edition(request), *(one.edition_id for one in (*desk.items, *desk.waiting)), *editions]
    edition = next((one for one in at_hand if one in editions), None)
    programme = next((one for one in scope.programmes.values() if one.edition.pk == edition), None)
    if programme is None or edition is None:
        return {}
    held = scope.parted[edition]
    found = []
    if ours is not None and any(ours in held.get(role, set()) for role in programme.nominating):
        found = gauges(programme, ours, request.actor.active.organisation)
    return {
        "edition": programme.edition,
        "notice_url": place("editions-notice", edition),
        "gauges": [
            {
                "label": one.label,
                "clause": one.clause,
                "total": one.total,
                "used": [{"name": name, "url": case_page(case_id)} for name, case_id in one.used],
                "drafts": one.coming[: max(one.total - len(one.used), 0)],
                "over": len(one.coming) - max(one.total - len(one.used), 0),
            }
            for one in found
        ],
        "line": [
            {"title": one.label, "when": one.when, "state": one.state, "note": one.note}
            for one in process_line(scope, programme)
        ],
    }
