"""People of a unit: accounts opened, grants given and taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.services.accounts.grants import grant as give_grant
from gongjiang.services.accounts.grants import open_with_grant, revoke
from gongjiang.services.accounts.people import reset_password, set_active
from gongjiang.services.accounts.queries import find_by_username, get_user
from gongjiang.services.organisations.queries import get_organisation
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.organisations.tree import show


def _number(request: HttpRequest, key: str) -> int:
    number = whole(request.POST.get(key), None)
    if number is None:
        raise NotFound()
    return number


@signed_in
@sensitive_post_parameters("password")
@require_POST
def open_account(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """A new account with its first grant here."""
    organisation = get_organisation(request.actor, organisation_id)
    given = {key: request.POST.get(key, "").strip() for key in ("username", "full_name", "password", "role")}
    try:
        made = open_with_grant(actor=request.actor, at=request.at, organisation=organisation, **given)
    except BadInput as error:
        return show(request, organisation_id, problem=error, form="people")
    messages.success(request, f"已为{made.full_name}开通账号“{made.username}”，请当面告知初始密码，登录后即改。")
    return redirect(f"/organisations/{organisation_id}/")


@signed_in
@require_POST
def give(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """A role here for somebody who has an account."""
    organisation = get_organisation(request.actor, organisation_id)
    user = find_by_username(request.actor, request.POST.get("username", ""))
    try:
        if user is None:
            raise BadInput("没有这个账号。", "No such account.", place="已有账号")
        role = request.POST.get("role", "")
        give_grant(actor=request.actor, at=request.at, user=user, organisation=organisation, role=role)
    except BadInput as error:
        return show(request, organisation_id, problem=error, form="grant")
    messages.success(request, f"已授予{user.full_name}。")
    return redirect(f"/organisations/{organisation_id}/")


@signed_in
@require_POST
def take_back(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """A grant ends now."""
    return _done(request, organisation_id, lambda: _revoke(request))


def _revoke(request: HttpRequest) -> str:
    taken = revoke(actor=request.actor, at=request.at, grant_id=_number(request, "grant"))
    return f"已收回{taken.user.full_name}的“{taken.get_role_display()}”。"


@signed_in
@sensitive_post_parameters("password")
@require_POST
def reset(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """A new password for somebody who forgot theirs."""
    return _done(request, organisation_id, lambda: _reset(request))


def _reset(request: HttpRequest) -> str:
    user = get_user(request.actor, _number(request, "user"))
    reset_password(actor=request.actor, at=request.at, user=user, password=request.POST.get("password", ""))
    return f"已重设{user.full_name}的密码，请当面告知。"


@signed_in
@require_POST
def lock(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Lock an account, or open it again."""
    return _done(request, organisation_id, lambda: _lock(request))


def _lock(request: HttpRequest) -> str:
    user = get_user(request.actor, _number(request, "user"))
    active = request.POST.get("active") == "yes"
    set_active(actor=request.actor, at=request.at, user=user, active=active)
    return f"{user.full_name}的账号已{'启用' if active else '停用'}。"


def _done(request: HttpRequest, organisation_id: int, step: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, step())
    except NotFound:
        raise
    except GongjiangError as error:
        messages.error(request, str(error))
    return redirect(f"/organisations/{organisation_id}/")
