"""The log: entered on a phone, on an artisan's page, confirmed and exported on the desk."""

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.documents.xlsx.stream import stream_list
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.cultivation.hands import WORKING, Hand
from gongjiang.rules.cultivation.kinds import KINDS, label_of
from gongjiang.services.cultivation.artisans import own_honours
from gongjiang.services.cultivation.files import ACCEPT
from gongjiang.services.cultivation.keeping import looks_after, powers_of
from gongjiang.services.cultivation.log import Doing, enter, withdraw
from gongjiang.services.cultivation.log_list import COLUMNS, Wanted, confirm_many, every, look, waiting_kinds
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.services.cultivation.training.presence import loggable, source_of
from gongjiang.services.programmes.windows import today_of
from gongjiang.web.access import signed_in
from gongjiang.web.cultivation.training.reading import day_of, day_or_none, files_of, hours_of, number_of
from gongjiang.web.honours.document import XLSX
from gongjiang.web.numbers import whole

MARKS = {"claimed": ("waiting", "待确认"), "confirmed": ("passed", "已确认")}
TYPED = [one for one in KINDS if one.typed]
ICONS = {"course": "doc", "mentoring": "people", "talk": "notice", "visit": "right", "innovation": "pen"}


@signed_in
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The artisan's own: what was done, entered in under a minute; what was entered before."""
    held = own_honours(request.actor)
    asked = whole(request.POST.get("honour") or request.GET.get("honour"), 0)
    honour = next((one for one in held if one.pk == asked), held[0] if held else None)
    if honour is None:
        return render(request, "artisans/nothing.html", {})
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            _enter(request, honour)
            messages.success(request, "已记下，等单位确认。")
            return redirect(f"{request.path}?honour={honour.pk}#done")
        except GongjiangError as refusal:
            problem = refusal
    page = look(request.actor, Wanted(), honour=honour, after=request.GET.get("after", ""), limit=20)
    context = _form(request, honour, problem) | {
        "rows": _rows(request, page.rows),
        "next_url": f"?{urlencode({'honour': honour.pk, 'after': page.after})}#done" if page.after else "",
        "held": held,
    }
    return render(request, "training/mine_log.html", context, status=problem.status if problem else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def of_artisan(request: HttpRequest, honour_id: int) -> HttpResponse:
    """The log of one artisan for those with a hand in it."""
    honour = get_honour(request.actor, honour_id)
    hands = hands_of(request.actor, honour)
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            _enter(request, honour)
            messages.success(request, "已记入。" if looks_after(hands) else "已记下，等单位确认。")
            return redirect("artisan-log", honour_id)
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem = refusal
    wanted = _wanted(request)
    page = look(request.actor, wanted, honour=honour, after=request.GET.get("after", ""))
    kept = _kept(wanted)
    context = _form(request, honour, problem) | {
        "rows": _rows(request, page.rows),
        "wanted": wanted,
        "kinds": _kinds(),
        "may_enter": bool(hands & WORKING),
        "may_confirm": looks_after(hands),
        "own": Hand.ARTISAN in hands,
        "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
        "query": urlencode({**kept, "honour": honour.pk}),
    }
    return render(request, "training/artisan_log.html", context, status=problem.status if problem else 200)


@signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """All entries that one sees; what waits to be confirmed stands first."""
    return _desk(request)


@require_POST
@signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm what was ticked: each box carries the entry and the version that was looked at."""
    chosen: dict[int, int] = {}
    for text in request.POST.getlist("entry")[:2000]:
        key, _, version = text.partition(".")
        found, seen = whole(key, None), whole(version, None)
        if found is not None and seen is not None:
            chosen[found] = seen
    try:
        done, passed = confirm_many(actor=request.actor, at=request.at, chosen=chosen)
    except GongjiangError as problem:
        return _desk(request, problem)
    messages.success(request, f"已确认 {done} 条。")
    if passed:
        messages.warning(request, f"有 {passed} 条没有确认：刚刚变了，或不归您确认，请看最新内容。")
    honour = whole(request.POST.get("back"), None)
    return redirect("artisan-log", honour) if honour else redirect("activities")


@require_POST
@signed_in
def take_back(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Withdraw an entry, with the reason."""
    version = whole(request.POST.get("version"), 0)
    reason = request.POST.get("reason", "")
    entry = withdraw(actor=request.actor, at=request.at, entry_id=activity_id, version=version, reason=reason)
    messages.success(request, "已撤回。")
    if request.POST.get("back") == "mine":
        return redirect("mine-log")
    return redirect("artisan-log", entry.honour_id)


@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows as a workbook, sent while it is read."""
    honour_id = whole(request.GET.get("honour"), None)
    honour = get_honour(request.actor, honour_id) if honour_id is not None else None
    rows = every(request.actor, _wanted(request), honour=honour)
    title = f"{honour.name}的活动记录" if honour is not None else "工匠活动记录"
    answer = StreamingHttpResponse(stream_list(title, COLUMNS, rows, "活动记录"), content_type=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _desk(request: HttpRequest, problem: GongjiangError | None = None) -> HttpResponse:
    counted = waiting_kinds(request.actor)
    total = sum(n for _, n in counted)
    everything = request.GET.get("all") == "1" or not total
    wanted = _wanted(request, waiting=not everything)
    page = look(request.actor, wanted, after=request.GET.get("after", ""))
    kept = _kept(wanted) | ({"all": "1"} if everything else {})
    tabs = [("?", "待确认", total, not everything and not wanted.kind)]
    tabs += [(f"?kind={key}", label_of(key), n, not everything and wanted.kind == key) for key, n in counted]
    context = {
        "rows": _rows(request, page.rows),
        "tabs": [{"url": url, "label": label, "n": n, "current": now, "hot": False} for url, label, n, now in tabs],
        "wanted": wanted,
        "everything": everything,
        "kinds": _kinds(),
        "years": [("", "全部年份"), *((str(y), f"{y} 年") for y in range(today_of(request.at).year, 2023, -1))],
        "query": urlencode(kept),
        "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
        "problem": problem,
    }
    return render(request, "training/activities.html", context, status=problem.status if problem else 200)


def _enter(request: HttpRequest, honour: Any) -> None:
    said = request.POST
    event = loggable(honour, whole(said.get("event"), None))
    doing = Doing(
        kind=event.kind if event is not None else said.get("kind", ""),
        title=said.get("title", ""),
        on=day_of(said, "on", "日期", today_of(request.at)),
        until=day_or_none(said, "until", "至"),
        hours=hours_of(said, "hours", "学时"),
        people=number_of(said, "people", "受益人数"),
        **{key: said.get(key, "") for key in ("power", "place", "host", "note")},
    )
    files = files_of(request, "photo", "file")
    source = source_of(event) if event is not None else ""
    enter(actor=request.actor, at=request.at, honour_id=honour.pk, doing=doing, files=files, source=source)


def _form(request: HttpRequest, honour: Any, problem: GongjiangError | None) -> dict[str, Any]:
    event = loggable(honour, whole(request.POST.get("event") or request.GET.get("event"), None))
    today = today_of(request.at).isoformat()
    typed: dict[str, Any] = request.POST.dict() if problem is not None else {"on": today}
    if event is not None and problem is None:
        first = min(event.first, today_of(request.at)).isoformat()
        typed = {"title": event.title, "on": first, "place": event.place, "host": event.host, "power": event.power}
    return {
        "honour": honour,
        "event": event,
        "typed": typed,
        "today": today,
        "choices": [
            {"id": one.id, "label": one.label, "icon": ICONS.get(one.id, ""), "checked": typed.get("kind") == one.id}
            for one in TYPED
        ],
        "powers": [("", "不分"), *((one, one) for one in powers_of(honour))],
        "more": any(typed.get(key) for key in ("until", "hours", "people", "power", "place", "host", "note")),
        "accept": ACCEPT,
        "problem": problem,
    }


def _rows(request: HttpRequest, rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "one": one,
            "kind": label_of(one.kind),
            "mark": MARKS[one.state],
            "files": list(one.files.all()),
            "own": one.by_id is not None and one.by_id == request.actor.user_id and one.state == "claimed",
            "key": f"{one.pk}.{one.version}",
        }
        for one in rows
    ]


def _wanted(request: HttpRequest, *, waiting: bool = False) -> Wanted:
    asked = {key: request.GET.get(key, "").strip()[:40] for key in ("text", "kind", "year")}
    return Wanted(**asked, waiting=waiting)


def _kept(wanted: Wanted) -> dict[str, Any]:
    return {key: getattr(wanted, key) for key in ("text", "kind", "year") if getattr(wanted, key)}


def _kinds() -> list[tuple[str, str]]:
    return [("", "全部种类"), *((one.id, one.label) for one in KINDS)]
