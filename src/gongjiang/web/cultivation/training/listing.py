"""The list of camps and activities; one is made or changed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed, NotFound
from gongjiang.rules.cultivation.kinds import KINDS, label_of
from gongjiang.rules.cultivation.powers import POWERS
from gongjiang.rules.registry.entry import LEVELS
from gongjiang.services.cultivation.artisans import holds_honour
from gongjiang.services.cultivation.training.listing import WAYS, choices_of, events
from gongjiang.services.cultivation.training.plan import ALONE, Plan, change_event, make_event
from gongjiang.services.cultivation.training.queries import get_event, runs
from gongjiang.web.access import signed_in
from gongjiang.web.cultivation.training.reading import day_of, day_or_none, number_of
from gongjiang.web.numbers import whole, whole_numbers

PLACES = {
    "signed": ("passed", "已报名"),
    "waiting": ("alternate", "候补"),
    "invited": ("waiting", "待答复"),
    "left": ("withdrawn", "已退出"),
}
MODES = [("onsite", "线下"), ("online", "线上"), ("both", "线上线下结合")]
HELD = [(one.id, one.label) for one in KINDS if one.id not in ALONE]


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those to come first; by tabs the past, drafts, called off."""
    asked = {key: request.GET.get(key, "").strip()[:60] for key in ("way", "text", "kind")}
    way = asked["way"] if asked["way"] in WAYS else "coming"
    page = events(
        request.actor, request.at, way=way, text=asked["text"], kind=asked["kind"], after=request.GET.get("after", "")
    )
    kept = {key: value for key, value in asked.items() if value}
    today = timezone.localtime(request.at).date()
    organisations, _ = choices_of(request.actor)
    context = {
        "rows": [
            {
                "one": one,
                "kind": label_of(one.kind),
                "mark": mark_of(one, today),
                "mine": PLACES.get(page.mine.get(one.pk, "")),
            }
            for one in page.rows
        ],
        "tabs": [
            {
                "n": page.counts[key],
                "label": label,
                "url": f"?{urlencode({**kept, 'way': key})}",
                "current": key == way,
                "hot": False,
            }
            for key, label in WAYS.items()
            if page.counts[key] or key in {"coming", way}
        ],
        "asked": asked,
        "kinds": [("", "全部种类"), *HELD],
        "may_make": bool(organisations),
        "holds": holds_honour(request.actor),
        "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
    }
    return render(request, "training/index.html", context)


def mark_of(event: Any, today: Any) -> tuple[str, str]:
    """Where an event stands, as a mark."""
    if event.state == "draft":
        return "draft", "筹备中"
    if event.state == "cancelled":
        return "struck", "已取消"
    if today > event.last:
        return "passed", "已结束"
    if today >= event.first:
        return "in_progress", "进行中"
    if event.last_day is not None and today > event.last_day:
        return "submitted", "报名截止"
    return "public", "报名中"


@signed_in
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Another event; it is a draft until it is published."""
    organisations, _ = choices_of(request.actor)
    if not organisations:
        raise NotAllowed("举办训练营和活动，须是工会或单位的经办、审批人员。", "Not yours to make.")
    if request.method == "POST":
        try:
            chosen = whole(request.POST.get("organisation"), organisations[0][0])
            made = make_event(
                actor=request.actor, at=request.at, organisation_id=chosen, plan=_plan(request)
            )  # fmt: skip
        except GongjiangError as problem:
            return _form(request, None, problem)
        messages.success(request, f"“{made.title}”已保存，发布后工匠才能看到和报名。")
        return redirect("training-event", made.pk)
    return _form(request, None)


@signed_in
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, event_id: int) -> HttpResponse:
    """The plan of an event is changed."""
    event = get_event(request.actor, event_id)
    if not runs(request.actor, event):
        raise NotAllowed(f"这项活动由{event.organisation.name}办理。", "Not yours to run.")
    if request.method == "POST":
        try:
            version = whole(request.POST.get("version"), 0)
            change_event(
                actor=request.actor, at=request.at, event_id=event_id, version=version, plan=_plan(request)
            )  # fmt: skip
        except NotFound:
            raise
        except GongjiangError as problem:
            return _form(request, event, problem)
        messages.success(request, "已保存。")
        return redirect("training-event", event_id)
    return _form(request, event)


def _plan(request: HttpRequest) -> Plan:
    said = request.POST
    words = {key: said.get(key, "") for key in ("kind", "title", "host", "place", "link", "about", "power", "level")}
    first = day_of(said, "first", "开始日期")
    if len(said.getlist("editions")) > 200:
        raise BadInput("届次太多。", "Too many editions.", place="面向届次")
    return Plan(
        **words,
        first=first,
        last=day_of(said, "last", "结束日期", first),
        mode=said.get("mode", ""),
        seats=number_of(said, "seats", "名额"),
        last_day=day_or_none(said, "last_day", "报名截止"),
        editions=tuple(whole_numbers(said.getlist("editions"))),
        invited_only=said.get("for") == "invited",
    )


def _form(request: HttpRequest, event: Any, problem: GongjiangError | None = None) -> HttpResponse:
    organisations, editions = choices_of(request.actor)
    if problem is not None:
        typed: Any = {**request.POST.dict(), "editions": request.POST.getlist("editions")}
    elif event is not None:
        typed = {key: getattr(event, key) for key in _FIELDS}
        typed |= {key: getattr(event, key).isoformat() if getattr(event, key) else "" for key in _DAYS}
        typed |= {"editions": [str(one.pk) for one in event.editions.all()]}
        typed |= {"for": "invited" if event.invited_only else "", "seats": event.seats or ""}
    else:
        typed = {"kind": request.GET.get("kind", "camp"), "mode": "onsite"}
    context = {
        "event": event,
        "version": request.POST.get("version") or (event.version if event else 0),
        "typed": typed,
        "problem": problem,
        "kinds": HELD,
        "modes": MODES,
        "powers": [("", "不分"), *((one, one) for one in POWERS)],
        "levels": [("", "不限级别"), *((key, LEVELS[key]) for key in ("national", "province", "city"))],
        "organisations": organisations,
        "editions": [(str(pk), title) for pk, title in editions],
        "ways": [
            {"value": "", "label": "范围内的工匠都可以报名"},
            {"value": "invited", "label": "只限受邀的工匠", "hint": "发布后在活动页逐人或批量邀请"},
        ],
    }
    return render(request, "training/form.html", context, status=problem.status if problem else 200)


_FIELDS = ("kind", "title", "host", "mode", "place", "link", "about", "power", "level")
_DAYS = ("first", "last", "last_day")
