"""The artisan's own account: sent for on the artisan's page, opened behind a one-time link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.services.cultivation.account import (
    TRIES,
    Door,
    Given,
    Standing,
    behind,
    bind_account,
    open_account,
    send_link,
    standing_of,
    take_link_back,
    unbind,
)
from gongjiang.services.cultivation.holder import listed_holder
from gongjiang.services.cultivation.scope import get_honour
from gongjiang.services.invitations.door import note_failed, note_opened
from gongjiang.services.invitations.make import USUAL_DAYS
from gongjiang.web.access import public, signed_in
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.section import Hands, Section
from gongjiang.web.invitations.door import let_in, private
from gongjiang.web.invitations.sent import DAYS, show_link
from gongjiang.web.numbers import whole

BACKEND = "django.contrib.auth.backends.ModelBackend"
STATES = {
    "open": ("named", "已开通"),
    "sent": ("waiting", "已发链接，还没有打开"),
    "opened": ("in_progress", "本人已打开链接，还没有办完"),
    "expired": ("returned", "链接已过期"),
    "revoked": ("returned", "链接已收回或作废"),
    "used": ("returned", "已解除绑定"),
    "none": ("draft", "还没有开通"),
}
PLACES = {"核对": "digits", "账号": "username", "新密码": "password", "再输一次": "again"}


def section(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """On the artisan's page, for those who look after them."""
    if not hands & KEEPING or honour.subject.kind != "person":
        return None
    standing = standing_of(honour, request.at)
    action = reverse("artisan-account", args=[honour.pk])
    return Section("account", "本人账号", "cultivation/account.html", _told(standing, action, Hand.UNION in hands))


def _told(standing: Standing, action: str, parts: bool) -> dict[str, Any]:
    """`parts`: may whoever looks part an account from the artisan?"""
    return {
        "action": action,
        "standing": standing,
        "mark": STATES[standing.state],
        "days": [(str(n), f"{n} 天") for n in DAYS],
        "usual": str(USUAL_DAYS),
        "may_unbind": parts and standing.state == "open",
    }


@require_POST
@signed_in
def send(request: HttpRequest, honour_id: int) -> HttpResponse:
    """Send a link, take it back, or part an account from the artisan."""
    name = get_honour(request.actor, honour_id).name
    return _step(request, name, f"{reverse('artisan', args=[honour_id])}#account", honour_id=honour_id)


@signed_in
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, subject_id: int) -> HttpResponse:
    """The same for whom an imported register names, on a page of its own."""
    holder = listed_holder(request.actor, subject_id)
    if holder is None:
        raise NotFound()
    here = reverse("person-account", args=[subject_id])
    if request.method == "POST":
        return _step(request, holder.name, here, subject_id=subject_id)
    told = _told(standing_of(holder, request.at), here, True)
    return render(request, "cultivation/person_account.html", {"holder": holder, "section": told})


def _step(request: HttpRequest, name: str, back: str, **whose: int) -> HttpResponse:
    step = request.POST.get("step", "")
    acting: dict[str, Any] = {"actor": request.actor, "at": request.at, **whose}
    try:
        if step == "back":
            take_link_back(**acting)
            messages.success(request, "链接已收回。")
            return redirect(back)
        if step == "unbind":
            unbind(**acting, reason=request.POST.get("reason", ""))
            messages.success(request, f"已解除{name}的账号绑定。")
            return redirect(back)
        made, token = send_link(**acting, days=whole(request.POST.get("days"), USUAL_DAYS))
    except NotFound:
        raise
    except told_here(request) as error:
        messages.error(request, str(error))
        return redirect(back)
    return show_link(
        request,
        path=reverse("artisan-open", args=[token]),
        what="开通本人账号",
        who=name,
        recipient=made.recipient,
        until=timezone.localtime(made.expires_at),
        back=back,
        words="cultivation/_account_words.html",
    )


@public
@sensitive_post_parameters()
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link: show who one is, choose a name and a password; or bind the account one is signed in to."""
    door = let_in(request, token, lambda: behind(token, request.at))
    if request.method == "GET":
        note_opened(actor=request.actor, at=request.at, invitation=door.invitation)
        return _form(request, door, token)
    digits = request.POST.get("digits", "")[:40]
    try:
        if request.POST.get("way") == "bind" and request.actor.user_id is not None:
            bind_account(actor=request.actor, at=request.at, token=token, digits=digits)
        else:
            given = Given(digits, *(request.POST.get(one, "")[:150] for one in ("username", "password", "again")))
            user = open_account(actor=request.actor, at=request.at, token=token, given=given)
            login(request, user, backend=BACKEND)
    except BadInput as error:
        if error.place == "核对":
            note_failed(actor=request.actor, at=request.at, invitation=door.invitation, most=TRIES)
        return _form(request, door, token, error)
    messages.success(request, "账号已经可以使用。以后从登录页进来，培育安排都在“我的培育”。")
    return redirect("mine")


def _form(request: HttpRequest, door: Door, token: str, error: BadInput | None = None) -> HttpResponse:
    wrong = {PLACES.get(error.place, "digits"): error.text} if error is not None else {}
    signed = request.actor.user_id is not None and not door.username
    context = {
        "door": door,
        "until": timezone.localtime(door.invitation.expires_at),
        "wrong": wrong,
        "way": request.POST.get("way", ""),
        "digits": request.POST.get("digits", "")[:40],
        "username": request.POST.get("username", f"gj{door.holder.subject.pk:06d}")[:40],
        "signed": request.actor.name if signed else "",
        "login": f"{reverse('login')}?next={reverse('artisan-open', args=[token])}",
    }
    return private(render(request, "cultivation/open.html", context, status=422 if error else 200))
