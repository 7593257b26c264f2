"""Moving places: given on and taken back by a unit; a body enters by approval and is granted places."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.services.nominations.allot import Between, allot, grant, recall
from gongjiang.services.nominations.allot_choices import unit_by_id
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import bind_role
from gongjiang.services.programmes.queries import get_programme
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.quotas.matrix import show

MOST = 100_000


@signed_in
@require_POST
def move(request: HttpRequest, edition_id: int) -> HttpResponse:
    """`ends`: pool:giver:taker; `go`: allot or recall."""
    acts = {"allot": (allot, "已分给{taker} {n} 名。"), "recall": (recall, "已从{taker}收回 {n} 名。")}
    act, told = acts.get(request.POST.get("go", ""), acts["allot"])
    return _act(request, edition_id, act, told)


@signed_in
@require_POST
def grant_places(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Unused places of a unit to a body that entered by approval."""
    return _act(request, edition_id, grant, "已调给{taker} {n} 名。")


def _act(request: HttpRequest, edition_id: int, act: Callable[..., Any], told: str) -> HttpResponse:
    programme = get_programme(request.actor, edition_id)
    try:
        between = _between(request)
        act(actor=request.actor, at=request.at, programme=programme, between=between)
    except GongjiangError as error:
        return show(request, programme, str(error), error.status, request.POST)
    messages.success(request, told.format(taker=between.taker.short_name, n=between.places))
    return redirect("quotas", edition_id)


def _between(request: HttpRequest) -> Between:
    ends = request.POST.get("ends", "").split(":")
    taker = request.POST.get("taker", "")
    if taker:
        ends = [*ends[:2], taker]
    giver, receiver = (whole(one, 0) for one in [*ends[1:3], "", ""][:2])
    if len(ends) != 3 or not giver or not receiver:
        raise BadInput("请选择从哪家到哪家。", "Choose both ends.", place="单位")
    places = whole(request.POST.get("places", ""), 0)
    if not places or places > MOST:
        raise BadInput("名额须为正整数。", "A positive whole number.", place="名额")
    return Between(ends[0], unit_by_id(giver), unit_by_id(receiver), places, request.POST.get("reason", ""))


@signed_in
@require_POST
def enter(request: HttpRequest, edition_id: int) -> HttpResponse:
    """A body becomes a recommending unit by a recorded approval (经研究批准)."""
    programme = get_programme(request.actor, edition_id)
    try:
        _enter(request, programme)
    except GongjiangError as error:
        return show(request, programme, str(error), error.status, request.POST)
    messages.success(request, "已列为推荐单位，批准依据已记录。")
    return redirect("quotas", edition_id)


def _enter(request: HttpRequest, programme: Programme) -> None:
    body = whole(request.POST.get("body", ""), 0)
    if not body:
        raise BadInput("请选择单位。", "Choose a body.", place="单位")
    basis = request.POST.get("basis", "").strip()
    if not basis:
        raise BadInput("请写明批准依据（经谁研究批准、文号或会议）。", "Say on what approval.", place="批准依据")
    role = request.POST.get("role", "")
    if role not in programme.nominating:
        raise BadInput("请选择以哪种推荐单位进入。", "Choose a role.", place="角色")
    bind_role(
        actor=request.actor,
        at=request.at,
        edition=programme.edition,
        role=role,
        organisations=[unit_by_id(body)],
        basis=basis[:120],
    )
