"""The list of matters, one matter, a unit's record, and what the public reads of withdrawn honours."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import NotFound
from gongjiang.rules.honours.effects import label_of
from gongjiang.services.inquiries.authority import employer_of, title_of
from gongjiang.services.inquiries.matter import Matter, matter
from gongjiang.services.inquiries.public import withdrawn
from gongjiang.services.inquiries.queries import counts, matters, record_of, unit_seen
from gongjiang.web.access import public, signed_in
from gongjiang.web.numbers import whole

STATES = {
    "open": ("in_progress", "核查中"),
    "notified": ("in_progress", "听取陈述"),
    "proposed": ("submitted", "待第二人审批"),
    "decided": ("rejected", "属实，已处理"),
    "closed": ("passed", "不予追究"),
}
ANSWERS = [("state", "只陈述"), ("hearing", "要求听证"), ("waive", "放弃陈述")]
KINDS = {"accountability": "追责", "exit": "退出", "reinstatement": "恢复"}


def shown_state(inquiry: Any) -> tuple[str, str]:
    """Its mark; a reinstatement that was granted is no bad news, one that was refused is."""
    if inquiry.kind == "reinstatement" and inquiry.state == "decided":
        return "passed", "已恢复"
    if inquiry.kind == "reinstatement" and inquiry.state == "closed":
        return "rejected", "不予恢复"
    return STATES[inquiry.state]


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those that run, or those that are over, newest first."""
    over = request.GET.get("state") == "over"
    page = matters(request.actor, over=over, after=whole(request.GET.get("after"), 0))
    running, ended = counts(request.actor)
    context = {
        "rows": [
            {"one": one, "title": title_of(one), "state": shown_state(one), "kind": KINDS[one.kind]}
            for one in page.rows
        ],
        "tabs": [
            {"n": running, "label": "在办", "url": "?", "current": not over, "hot": False},
            {"n": ended, "label": "已办结", "url": "?state=over", "current": over, "hot": False},
        ],
        "next_url": f"?state={'over' if over else ''}&after={page.after}" if page.after else "",
        "may_open": request.actor.has("officer", "approver"),
    }
    return render(request, "inquiries/list.html", context)


@signed_in
@require_safe
def detail(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """One matter with what may be done."""
    return show(request, matter(request.actor, request.at, inquiry_id))


def show(request: HttpRequest, found: Matter, problem: str = "", status: int = 200) -> HttpResponse:
    """The page, perhaps with a problem to tell and what was typed kept."""
    one = found.inquiry
    steps = found.ground.effects if found.ground is not None else ()
    context = {
        "m": found,
        "o": one,
        "edition": found.programme.edition,
        "state": shown_state(one),
        "kind": KINDS[one.kind],
        "facts": _facts(found),
        "follows": "、".join(label_of(name) for name in steps),
        "steps": _steps(found),
        "outcomes": _outcomes(found),
        "answers": ANSWERS,
        "propose_kind": "" if found.waits else "primary",
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "inquiries/page.html", context, status=status)


def _facts(found: Matter) -> list[dict[str, Any]]:
    one = found.inquiry
    ground = found.ground
    rows = [
        ("对象", found.title),
        ("届次", found.programme.edition.title),
        ("所在单位", employer_of(one)),
        ("责任单位", one.unit.name if one.unit is not None else ""),
        ("情形", one.situation),
        ("依据", f"{ground.label}（{ground.clause}）" if ground is not None and ground.clause else one.basis),
        ("决定单位", "、".join(found.bodies)),
        ("线索来源", one.get_source_display() if found.inside else ""),
        ("立案", f"{_day(one.opened_at)}　{one.opened_by or '平台'}" if found.inside else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _day(at: datetime) -> str:
    return long_date(timezone.localtime(at).date())


def _steps(found: Matter) -> list[dict[str, str]]:
    """The way of a matter as a line of steps."""
    one = found.inquiry
    told = one.kind != "reinstatement"
    points = [("立案", True, one.opened_at), *([("告知、陈述", one.notified_at is not None, one.notified_at)] * told)]
    points += [
        ("提出处理意见", one.state in {"proposed", "decided", "closed"}, one.proposed_at),
        ("第二人审批", one.state in {"decided", "closed"}, one.decided_at),
    ]
    now = next((n for n, (_, done, _) in enumerate(points) if not done), len(points))
    return [
        {
            "title": title,
            "when": _day(at) if done and at else "",
            "state": "done" if done else "now" if n == now else "next",
        }
        for n, (title, done, at) in enumerate(points)
    ]


def _outcomes(found: Matter) -> list[dict[str, str]]:
    if found.inquiry.kind == "reinstatement":
        return [
            {"value": "yes", "label": "恢复荣誉", "hint": "证书恢复有效，重新列入名册"},
            {"value": "no", "label": "不予恢复", "hint": "维持原决定"},
        ]
    effects = found.ground.effects if found.ground is not None else ()
    follows = "、".join(label_of(one) for one in effects) or "记入单位记录"
    return [
        {"value": "yes", "label": "属实", "hint": f"{follows}；须已告知当事人并听取陈述"},
        {"value": "no", "label": "不予追究", "hint": "查无实据或者不需处理；核查期间的暂停随即解除"},
    ]


@signed_in
@require_safe
def record(request: HttpRequest, unit_id: int) -> HttpResponse:
    """What was decided against a unit: for its superiors in an edition, and for itself."""
    unit = unit_seen(request.actor, unit_id)
    if unit is None:
        raise NotFound()
    return render(request, "inquiries/record.html", {"unit": unit, "lines": record_of(unit.pk, 200)})


@public
@require_safe
def withdrawn_page(request: HttpRequest) -> HttpResponse:
    """Honours that were withdrawn."""
    page = withdrawn(whole(request.GET.get("after"), 0))
    later = f"{reverse('inquiries-withdrawn')}?after={page.after}" if page.after else ""
    return render(request, "inquiries/withdrawn.html", {"rows": page.rows, "next_url": later})
