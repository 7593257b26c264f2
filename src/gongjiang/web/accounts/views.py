"""Sign in and out, choose an identity, change one's password."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.errors import BadInput
from gongjiang.services.accounts.people import change_password
from gongjiang.services.accounts.queries import own_grants
from gongjiang.services.cultivation.artisans import holds_honour
from gongjiang.services.programmes.queries import opening
from gongjiang.web.access import public, signed_in
from gongjiang.web.carry import KEPT, hand_in_again
from gongjiang.web.frame import desk_for
from gongjiang.web.places import place

LOCKED_MINUTES = int(settings.AXES_COOLOFF_TIME * 60)
LONGEST_NAME = 150
"""Characters of an account's name (django.contrib.auth)."""


def safe_next(request: HttpRequest, given: str) -> str:
    """An address of this site to go on to, or nothing."""
    fits = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if given.startswith("/") and fits else ""


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login_page(request: HttpRequest) -> HttpResponse:
    """What needs no login first; then the form. Five wrong passwords lock for a quarter of an hour."""
    onward = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    kept = request.POST.get(KEPT, "")
    if request.user.is_authenticated and request.method == "GET":
        return redirect(onward or settings.LOGIN_REDIRECT_URL)
    typed, wrong = "", ""
    if request.method == "POST":
        typed = request.POST.get("username", "").strip().lower()[:LONGEST_NAME]
        user = authenticate(request, username=typed, password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            if kept and onward:
                return hand_in_again(request, onward, kept)
            return redirect(onward or first_page(request))
        failures = AxesProxyHandler.get_failures(request, {"username": typed})
        left = settings.AXES_FAILURE_LIMIT - failures
        wrong = f"账号或密码不对。再错 {max(left, 1)} 次将锁定 {LOCKED_MINUTES} 分钟。"
    words = opening(request.at)
    context = {"typed": typed, "wrong": wrong, "next": onward, KEPT: kept, "open_links": open_links(words), **words}
    return render(request, "accounts/login.html", context, status=422 if wrong else 200)


def first_page(request: HttpRequest) -> str:
    """Where the person who has just signed in begins: who acts for several chooses, an artisan who acts for no unit
    finds their own page."""
    seats = {(one.organisation_id, one.role) for one in request.actor.grants}
    if len(seats) > 1:
        return "/roles/"
    return settings.LOGIN_REDIRECT_URL if seats or not holds_honour(request.actor) else place("mine")


def open_links(words: dict[str, Any]) -> list[dict[str, str]]:
    """What anybody may look at, with what is there now."""
    rooms = [
        ("正在公示", place("public-notices-list"), words["notices"]),
        ("工匠名册", place("honours-register"), words["register"]),
        ("证书查验", place("honours-check"), "输入证书编号，或扫证书上的二维码"),
        ("异议进展", place("objections-follow"), "凭受理编号查看"),
    ]
    return [{"label": label, "url": url, "note": note} for label, url, note in rooms if url]


@signed_in
@require_POST
def logout_page(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("/login/")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """Identities of the person, by edition, with what waits in each; a press chooses one."""
    grants = own_grants(request.actor, request.at)
    if request.method == "POST":
        chosen = next((one for one in grants if str(one.pk) == request.POST.get("grant")), None)
        if chosen is None:
            messages.error(request, "这个身份已经收回，请另选。")
            return redirect("/roles/")
        request.session["grant"] = chosen.pk
        request.session.pop("edition", None)
        return redirect("/todo/")
    _, desk = desk_for(request)
    rows = []
    for one in grants:
        mine = [
            item
            for item in desk.items
            if one.role in item.roles and item.organisation_id in (None, one.organisation_id)
        ]
        late = len([item for item in mine if item.late(request.at)])
        editions = list(dict.fromkeys(item.edition for item in mine))
        rows.append({"grant": one, "count": len(mine), "late": late, "editions": editions})
    active = request.session.get("grant") or (grants[0].pk if grants else None)
    return render(request, "accounts/roles.html", {"rows": rows, "active": active})


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    problem: BadInput | None = None
    if request.method == "POST":
        given = {key: request.POST.get(key, "") for key in ("old", "new", "again")}
        try:
            user = change_password(actor=request.actor, at=request.at, **given)
        except BadInput as error:
            problem = error
        else:
            update_session_auth_hash(request, user)
            messages.success(request, "密码已修改。")
            return redirect("/todo/")
    wrong = {problem.place: problem.text} if problem else {}
    fields = [
        {"name": name, "label": label, "error": wrong.get(label, ""), "autocomplete": complete}
        for name, label, complete in (
            ("old", "现在的密码", "current-password"),
            ("new", "新密码", "new-password"),
            ("again", "再输一次", "new-password"),
        )
    ]
    return render(request, "accounts/password.html", {"fields": fields}, status=422 if problem else 200)
