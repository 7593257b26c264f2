"""The page of one event: what it is, who comes, sessions, material; each step on it posts and comes back."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.cultivation.kinds import label_of
from gongjiang.rules.cultivation.presence import in_window
from gongjiang.rules.registry.entry import LEVELS
from gongjiang.services.cultivation.files import ACCEPT
from gongjiang.services.cultivation.training.coming import Outcome, invite, leave, sign_up
from gongjiang.services.cultivation.training.listing import EventView, could_come, event_view
from gongjiang.services.cultivation.training.materials import add_material, remove_material
from gongjiang.services.cultivation.training.plan import cancel_event, publish_event
from gongjiang.services.cultivation.training.queries import get_event
from gongjiang.services.cultivation.training.sessions import Sitting, add_sessions, remove_session
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.training.listing import PLACES, mark_of
from gongjiang.web.cultivation.training.reading import files_of, hours_of, moment_of
from gongjiang.web.numbers import whole, whole_numbers

DAY: Final = (time(9), time(17), Decimal(6))
"""A day of a camp as it usually is."""
MOST_DAYS = 60


@signed_in
@require_safe
def detail(request: HttpRequest, event_id: int) -> HttpResponse:
    """One event."""
    return _show(request, event_view(request.actor, request.at, event_id))


@require_POST
@signed_in
def act(request: HttpRequest, event_id: int, step: str) -> HttpResponse:
    """One step on it; what is refused is said on the page, with what was typed."""
    get_event(request.actor, event_id)
    taken = _STEPS.get(step)
    if taken is None:
        raise NotFound()
    try:
        taken(request, event_id)
    except NotFound:
        raise
    except told_here(request) as problem:
        return _show(request, event_view(request.actor, request.at, event_id), problem)
    return redirect(f"{reverse('training-event', args=[event_id])}{_ANCHORS.get(step, '')}")


def _show(request: HttpRequest, view: EventView, problem: GongjiangError | None = None) -> HttpResponse:
    event, today = view.event, timezone.localtime(request.at).date()
    text = request.GET.get("text", "").strip()[:40]
    open_now = event.state == "open" and today <= event.last
    choosing = open_now and view.keeps
    context = {
        "v": view,
        "event": event,
        "kind": label_of(event.kind),
        "mark": mark_of(event, today),
        "facts": _facts(view),
        "own": [
            {"honour": honour, "place": place, "mark": PLACES.get(place.state) if place else None, "why": why}
            for honour, place, why in view.own
        ],
        "sessions": [
            {"one": one, "now": in_window(one.starts, one.ends, request.at), "begun": one.starts <= request.at}
            for one in view.sessions
        ],
        "places": [{"one": one, "mark": PLACES[one.state]} for one in view.places],
        "choices": could_come(request.actor, request.at, event, text) if choosing else [],
        "choosing": choosing,
        "open_now": open_now,
        "over": today > event.last,
        "begun": today >= event.first,
        "text": text,
        "signed": view.counts.get("signed", 0),
        "waiting": view.counts.get("waiting", 0),
        "in_sessions": event.kind in {"camp", "course"},
        "accept": ACCEPT,
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "training/event.html", context, status=problem.status if problem else 200)


def _facts(view: EventView) -> list[dict[str, Any]]:
    event = view.event
    whom = "只限受邀的工匠" if event.invited_only else "、".join(view.for_whom) or "范围内的工匠"
    if event.level and not event.invited_only:
        whom += f"（{LEVELS.get(event.level, event.level)}）"
    seats = "不限" if event.seats is None else f"{event.seats} 人，已报 {event.taken} 人"
    rows = [
        ("主办", event.organisation.name),
        ("承办", event.host),
        ("方式", event.get_mode_display()),
        ("地点", event.place),
        ("名额", seats),
        ("报名截止", long_date(event.last_day) if event.last_day else ""),
        ("面向", whom),
        ("着重提升", event.power),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _publish(request: HttpRequest, event_id: int) -> None:
    version = whole(request.POST.get("version"), 0)
    publish_event(actor=request.actor, at=request.at, event_id=event_id, version=version)
    messages.success(request, "已发布，范围内的工匠和单位看得到了。")


def _cancel(request: HttpRequest, event_id: int) -> None:
    cancel_event(
        actor=request.actor,
        at=request.at,
        event_id=event_id,
        version=whole(request.POST.get("version"), 0),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, "已取消，报名的人会收到消息。")


def _sign(request: HttpRequest, event_id: int) -> None:
    chosen = whole_numbers(request.POST.getlist("honour"))
    if not chosen:
        raise BadInput("请先勾选人员。", "Choose somebody.", place="人员")
    verb = invite if request.POST.get("way") == "invite" else sign_up
    _tell(request, verb(actor=request.actor, at=request.at, event_id=event_id, honour_ids=chosen))


def _tell(request: HttpRequest, outcomes: tuple[Outcome, ...]) -> None:
    """How many signed, wait, were asked; and of each who could not, why."""
    counted = {"signed": "已报名", "waiting": "名额已满，列入候补", "invited": "已邀请"}
    done = [one for one in outcomes if one.state and not one.why]
    for state, label in counted.items():
        names = [one.honour.name for one in done if one.state == state]
        if names:
            said = "、".join(names[:3]) + (f"等 {len(names)} 人" if len(names) > 3 else "")
            messages.success(request, f"{said}：{label}。")
    for one in [one for one in outcomes if one.why][:10]:
        messages.warning(request, f"{one.honour.name}：{one.why}")


def _leave(request: HttpRequest, event_id: int) -> None:
    leave(
        actor=request.actor,
        at=request.at,
        event_id=event_id,
        honour_id=whole(request.POST.get("honour"), 0),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, "已退出，名额让给候补的人。")


def _session(request: HttpRequest, event_id: int) -> None:
    sitting = Sitting(
        title=request.POST.get("title", ""),
        starts=moment_of(request.POST, "starts", "开始时间"),
        ends=moment_of(request.POST, "ends", "结束时间"),
        hours=hours_of(request.POST, "hours", "学时") or Decimal(0),
        place=request.POST.get("place", ""),
    )
    add_sessions(actor=request.actor, at=request.at, event_id=event_id, sittings=[sitting])
    messages.success(request, "已加一次课。")


def _days(request: HttpRequest, event_id: int) -> None:
    """One session a day, nine to five."""
    event = get_event(request.actor, event_id)
    many = (event.last - event.first).days + 1
    if many > MOST_DAYS:
        raise BadInput(f"活动超过 {MOST_DAYS} 天，请逐次添加。", "Too many days.", place="日程")
    begins, ends, hours = DAY
    found = []
    for n in range(many):
        day = event.first + timedelta(days=n)
        starts, over = (timezone.make_aware(datetime.combine(day, one)) for one in (begins, ends))
        found.append(Sitting(f"{day.month}月{day.day}日", starts, over, hours))
    add_sessions(actor=request.actor, at=request.at, event_id=event_id, sittings=found)
    messages.success(request, f"已按天生成 {many} 次，可以逐次删改。")


def _session_gone(request: HttpRequest, event_id: int) -> None:
    remove_session(actor=request.actor, at=request.at, session_id=whole(request.POST.get("session"), 0))
    messages.success(request, "已删去这一次。")


def _material(request: HttpRequest, event_id: int) -> None:
    files = files_of(request, "file", place="材料")
    add_material(actor=request.actor, at=request.at, event_id=event_id, files=files)
    messages.success(request, "材料已上传，报名的人可以下载。")


def _material_gone(request: HttpRequest, event_id: int) -> None:
    key = whole(request.POST.get("file"), 0)
    remove_material(actor=request.actor, at=request.at, event_id=event_id, file_id=key)
    messages.success(request, "材料已撤下。")


_STEPS: Final[Mapping[str, Callable[[HttpRequest, int], None]]] = {
    "publish": _publish,
    "cancel": _cancel,
    "sign": _sign,
    "leave": _leave,
    "session": _session,
    "days": _days,
    "session_gone": _session_gone,
    "material": _material,
    "material_gone": _material_gone,
}
_ANCHORS: Final = {
    "session": "#sessions", "days": "#sessions", "session_gone": "#sessions", "material": "#materials",
    "material_gone": "#materials", "sign": "#places", "leave": "#places",
}  # fmt: skip
