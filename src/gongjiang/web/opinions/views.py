"""Opinions of one case: asked by account or link, reminded of, passed on, declined."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.services.invitations.make import USUAL_DAYS, take_back
from gongjiang.services.invitations.queries import get_invitation
from gongjiang.services.invitations.send import contact_shown
from gongjiang.services.messages.outside import ways
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.opinions.decline import decline
from gongjiang.services.opinions.hand import hand_over
from gongjiang.services.opinions.links import PURPOSE, send_link
from gongjiang.services.opinions.overview import Line, overview
from gongjiang.services.opinions.remind import remind_party
from gongjiang.services.opinions.withdraw import withdraw_opinion
from gongjiang.services.programmes.programme import programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.invitations.sent import DAYS, LINK_STATES, how_sent, show_link
from gongjiang.web.numbers import whole

IDS = ("link", "hand", "decline", "to", "contact", "days", "user", "why", "back", "because")
STATES = {
    "agree": ("met", "同意"),
    "against": ("unmet", "不同意"),
    "declined": ("unmet", "不出具意见"),
    "link": ("missing", "已发链接"),
    "asked": ("missing", "待签署"),
    "early": ("unseen", "还没到这一步"),
}


@signed_in
@require_safe
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Every box with what was done about it."""
    return _show(request, case_id)


def _show(request: HttpRequest, case_id: int, problem: str = "", status: int = 200) -> HttpResponse:
    case = get_case(request.actor, case_id)
    programme = programme_of(case.process)
    lines = overview(request.actor, request.at, programme, case)
    rows = [_row(one) for one in lines]
    sheets: dict[str, list[dict[str, Any]]] = {}
    for one in rows:
        sheets.setdefault(one["line"].box.asked.sheet_label, []).append(one)
    context = {
        "case": case,
        "edition": programme.edition,
        "sheets": sheets.items(),
        "heading": f"{case.title}的各方意见",
        "summary": _summary(lines),
        "days": [(str(n), f"{n} 天") for n in DAYS],
        "ways": ways(),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "opinions/page.html", context, status=status)


def _summary(lines: list[Line]) -> str:
    """同意 6 栏，待签署 2 栏; who has no account may be sent a link."""
    counted = (
        ("同意", sum(one.state == "agree" for one in lines)),
        ("待签署", sum(one.state in {"asked", "link"} for one in lines)),
        ("不同意或退回", sum(one.state in {"against", "declined"} for one in lines)),
    )
    told = "，".join(f"{label} {n} 栏" for label, n in counted if n)
    return f"{told}。各栏同时征求，互不等候；没有账号的单位可以发一次性链接" if told else "还没有征求意见"


def _row(line: Line) -> dict[str, Any]:
    key = line.box.asked.key
    given = line.given
    return {
        "line": line,
        "asked": line.box.asked,
        "state": STATES[line.state],
        "link_state": LINK_STATES.get(line.link_state, ""),
        "sent_to": contact_shown(line.link) if line.link is not None else "",
        "colleagues": [(str(one.pk), one.full_name) for one in line.to],
        "recipient": line.box.organisation or (given.organisation.name if given and given.organisation else ""),
        "ids": {name: f"{key}-{name}" for name in IDS},
        "may": line.may_withdraw or line.may_send or line.may_remind or line.may_decline or bool(line.to),
    }


def _attempt(request: HttpRequest, case_id: int, act: Callable[[], str]) -> HttpResponse:
    get_case(request.actor, case_id)  # whoever may not see the case is told that there is none
    try:
        done = act()
    except NotFound:
        raise
    except told_here(request) as error:
        return _show(request, case_id, str(error), error.status)
    messages.success(request, done)
    return redirect("opinions", case_id)


def _box(request: HttpRequest) -> dict[str, str]:
    return {"sheet": request.POST.get("sheet", "")[:40], "party": request.POST.get("party", "")[:40]}


@require_POST
@signed_in
def link(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask by a one-time link: the platform sends it; or it stands on the answer to this very request, for an office to
    hand on, and nowhere else."""
    case = get_case(request.actor, case_id)
    try:
        made, token = send_link(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            recipient=request.POST.get("recipient", ""),
            days=whole(request.POST.get("days"), USUAL_DAYS),
            contact=request.POST.get("contact", ""),
            **_box(request),
        )
    except NotFound:
        raise
    except told_here(request) as error:
        return _show(request, case_id, str(error), error.status)
    if not token:
        messages.success(request, how_sent(made.way, made.recipient, contact_shown(made)))
        return redirect("opinions", case_id)
    sheet, _, party = made.key.partition(".")
    shown = next(
        (
            one.shown
            for given in programme_of(case.process).pack.opinions
            if given.id == sheet
            for one in given.parties
            if one.id == party
        ),
        party,
    )
    return show_link(
        request,
        path=reverse("opinion-by-link", args=[token]),
        what=shown,
        who=case.title,
        recipient=made.recipient,
        until=timezone.localtime(made.expires_at),
        back=reverse("opinions", args=[case_id]),
    )


@require_POST
@signed_in
def revoke(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take a link back."""

    def act() -> str:
        one = get_invitation(request.actor, whole(request.POST.get("invitation"), 0), PURPOSE)
        case = get_case(request.actor, case_id)
        lines = overview(request.actor, request.at, programme_of(case.process), case)
        if not any(line.link is not None and line.link.pk == one.pk and line.may_send for line in lines):
            raise NotFound()
        take_back(actor=request.actor, at=request.at, invitation=one)
        return "链接已收回，再打开时会提示已收回"

    return _attempt(request, case_id, act)


@require_POST
@signed_in
def remind(request: HttpRequest, case_id: int) -> HttpResponse:
    """Remind the party of a box."""

    def act() -> str:
        box = remind_party(actor=request.actor, at=request.at, case_id=case_id, **_box(request))
        return f"已催办（第 {box.reminders} 次）"

    return _attempt(request, case_id, act)


@require_POST
@signed_in
def hand(request: HttpRequest, case_id: int) -> HttpResponse:
    """Pass a box to a colleague."""

    def act() -> str:
        box = hand_over(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            user_id=whole(request.POST.get("user"), 0),
            **_box(request),
        )
        return f"已转交给{box.handed_to}"

    return _attempt(request, case_id, act)


@require_POST
@signed_in
def decline_box(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give no opinion, with the reason."""
    return _with_reason(request, case_id, decline, "已回复不出具意见，征求的单位会收到消息")


@require_POST
@signed_in
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take an opinion back, with the reason."""
    return _with_reason(request, case_id, withdraw_opinion, "意见已撤回，这一栏可以重新签署")


def _with_reason(request: HttpRequest, case_id: int, verb: Callable[..., object], done: str) -> HttpResponse:
    def act() -> str:
        reason = request.POST.get("reason", "")
        verb(actor=request.actor, at=request.at, case_id=case_id, reason=reason, **_box(request))
        return done

    return _attempt(request, case_id, act)
