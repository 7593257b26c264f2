"""The desk of reports, a new call, and the page of a call: who is late, what came in, the roll-up."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.kernel.actor import HANDLING
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.reports.moves import LABELS, OWED, State
from gongjiang.services.reports.periodic.call import OWN, Asked, Offer, offers, open_call, units_for
from gongjiang.services.reports.periodic.chase import chase
from gongjiang.services.reports.periodic.queries import calls, own_reports, reports_of
from gongjiang.services.reports.periodic.roll_up import rolled_up
from gongjiang.services.reports.periodic.scope import acts_for, askers, get_call
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole_numbers

MARKS = {
    "draft": "draft", "review": "in_progress", "returned": "returned", "submitted": "submitted", "received": "passed",
    "archived": "named",
}  # fmt: skip
FIELDS = ("period", "since", "as_of", "due", "title", "basis", "sections", "reach")


def mark(state: str) -> tuple[str, str]:
    """A report's state as it is shown."""
    return MARKS[state], LABELS[State(state)]


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Reports that one's organisations owe and handed in, and those they asked for."""
    today = timezone.localtime(request.at).date()
    mine = own_reports(request.actor)
    asked = calls(request.actor)
    may_ask = askers(request.actor)
    if not (mine or asked or may_ask):
        raise NotFound()
    context: dict[str, Any] = {
        "mine": [
            {"one": one, "mark": mark(one.state), "late": one.state in OWED and today > one.call.due} for one in mine
        ],
        "calls": [{"line": one, "late": one.late(today)} for one in asked],
        "may_ask": bool(may_ask),
    }
    return render(request, "reports/periodic/index.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a report: first which, then period, days and units. Nothing typed is lost on an error."""
    mine = askers(request.actor)
    data = request.POST or request.GET
    asker = next((one for one in mine if str(one.pk) == data.get("asker")), mine[0] if mine else None)
    if asker is None:
        raise NotFound()
    found = offers(request.actor, asker)
    chosen = next((one for one in found if _key(one) == data.get("kind")), None)
    error: GongjiangError | None = None
    if request.method == "POST" and chosen is not None:
        try:
            call = open_call(actor=request.actor, at=request.at, asker_id=asker.pk, asked=_asked(request, chosen))
        except NotFound:
            raise
        except GongjiangError as refusal:
            error = refusal
        else:
            messages.success(request, f"已发起“{call.period}{call.title}”，报送单位已收到消息。")
            return redirect("report-call", call.pk)
    context: dict[str, Any] = {
        "asker": asker,
        "askers": mine,
        "offers": [{"key": _key(one), "label": _label(one), "one": one} for one in found],
        "chosen": chosen,
        "key": _key(chosen) if chosen else "",
        "own": chosen is not None and chosen.template.id == OWN,
        "values": _values(request, chosen),
        "units": _units(request, asker, chosen) if chosen else [],
        "reaches": [("tree", "连同下级工会的"), ("own", "只算报送单位自己主办和推荐的")],
        "error": error,
        "place": error.place if isinstance(error, BadInput) else "",
    }
    return render(request, "reports/periodic/new.html", context, status=422 if error else 200)


@signed_in
@require_safe
def call_page(request: HttpRequest, call_id: int) -> HttpResponse:
    """One call: who has handed in, who is late, the figures added up beside one's own."""
    call = get_call(request.actor, call_id)
    today = timezone.localtime(request.at).date()
    rows = reports_of(call)
    acts = acts_for(request.actor, call.asker, tuple(HANDLING))
    owed = [one for one in rows if one.state in OWED]
    context: dict[str, Any] = {
        "call": call,
        "acts": acts,
        "rows": [
            {"one": one, "mark": mark(one.state), "late": one.state in OWED and today > call.due,
             "open": bool(one.digest)} for one in rows
        ],
        "late": len(owed) if today > call.due else 0,
        "kpis": [
            {"value": len(rows), "label": "报送单位"},
            {"value": len(rows) - len(owed), "label": "已报送"},
            {"value": len(owed), "label": "未报送", "hot": today > call.due and bool(owed)},
        ],
        "may_chase": acts and bool(owed),
        "lines": rolled_up(request.actor, request.at, call),
    }  # fmt: skip
    return render(request, "reports/periodic/call.html", context)


@signed_in
@require_POST
def remind(request: HttpRequest, call_id: int) -> HttpResponse:
    """Remind all who haven't handed in."""
    try:
        n = chase(actor=request.actor, at=request.at, call_id=call_id)
    except NotFound:
        raise
    except GongjiangError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已催报 {n} 家。")
    return redirect("report-call", call_id)


def _key(one: Offer) -> str:
    return f"{one.template.id}.{one.edition.pk}" if one.edition else one.template.id


def _label(one: Offer) -> str:
    if one.template.id == OWN:
        return "自定的工作报告"
    return f"{one.template.label}（{one.edition.title}）" if one.edition else one.template.label


def _asked(request: HttpRequest, chosen: Offer) -> Asked:
    post = request.POST
    return Asked(
        kind=chosen.template.id,
        period=post.get("period", ""),
        since=_day(post.get("since", "")),
        as_of=_day(post.get("as_of", "")),
        due=_day(post.get("due", "")),
        units=whole_numbers(post.getlist("unit")),
        title=post.get("title", ""),
        basis=post.get("basis", ""),
        sections=post.get("sections", ""),
        reach=post.get("reach", "tree"),
        edition=chosen.edition.pk if chosen.edition else None,
    )


def _values(request: HttpRequest, chosen: Offer | None) -> dict[str, str]:
    """What was typed; before that what the notice says, else this year until today, due at the end of the month."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in FIELDS}
    today = timezone.localtime(request.at).date()
    due = chosen.due if chosen is not None else None
    year = due.year if due is not None else today.year
    day = due if due is not None and due < today else today
    return {
        "period": (chosen.period if chosen is not None else "") or f"{year}年",
        "since": date(year, 1, 1).isoformat(),
        "as_of": max(day, date(year, 1, 1)).isoformat(),
        "due": due.isoformat() if due is not None else "",
        "reach": "tree",
        "sections": "总体情况\n培育措施落实情况\n存在的问题\n下一步打算",
    }


def _units(request: HttpRequest, asker: Any, chosen: Offer) -> list[dict[str, Any]]:
    ticked = set(request.POST.getlist("unit")) if request.method == "POST" else None
    return [
        {"value": one.pk, "label": one.short_name or one.name, "ticked": ticked is None or str(one.pk) in ticked}
        for one in units_for(asker, chosen)
    ]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2100, 12, 31) else None
