"""The pool of experts beside a panel: looked through, added to, invited from; an expert who can't come says so."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import GongjiangError
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.queries import frozen
from gongjiang.services.scoring.pool import Known, decline, invite, keep_profile, pool
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.scoring.judging import names
from gongjiang.web.scoring.panel import open_panel


@signed_in
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """GET: a page of the pool; POST (`do`): invite those ticked, keep a profile, take somebody out."""
    programme, stage = open_panel(request, edition_id, stage_id)
    if request.method != "POST":
        return _page(request, programme, stage)
    try:
        said = _do(request, programme, stage)
    except GongjiangError as error:
        return _page(request, programme, stage, error)
    messages.success(request, said)
    return redirect("panel-experts", edition_id, stage_id)


@signed_in
@require_POST
def decline_page(request: HttpRequest, expert_id: int) -> HttpResponse:
    """An invited expert can't come."""
    try:
        decline(actor=request.actor, at=request.at, expert_id=expert_id, reason=request.POST.get("reason", ""))
    except GongjiangError as error:
        if error.status == 404:
            raise
        messages.error(request, str(error))
        return redirect("judging-declare", expert_id)
    messages.success(request, "已告知组织方，您不参加这次评审。")
    return redirect("judging")


def _do(request: HttpRequest, programme: Programme, stage: Panel) -> str:
    post = request.POST
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "programme": programme, "stage_id": stage.id}
    if post.get("do") == "invite":
        made = invite(**given, user_ids=[whole(one, 0) or 0 for one in post.getlist("user")])
        return f"已邀请 {len(made)} 位专家；他们先申明利害关系、确认保密，再见到人选。"
    kept = keep_profile(
        **given,
        username=post.get("username", ""),
        employer=post.get("employer", ""),
        title=post.get("title", ""),
        trades=names(post.get("trades", "")),
        note=post.get("note", ""),
        active=post.get("do") != "drop",
    )
    return f"{kept.user.full_name}已{'记入' if kept.active else '移出'}专家库。"


def _page(
    request: HttpRequest, programme: Programme, stage: Panel, problem: GongjiangError | None = None
) -> HttpResponse:
    words, after = request.GET.get("q", ""), whole(request.GET.get("after"), 0) or 0
    found, following = pool(actor=request.actor, programme=programme, stage=stage, words=words, after=after)
    chosen = next((one for one in found if str(one.user.pk) == request.GET.get("expert", "")), None)
    context = {
        "programme": programme,
        "edition": programme.edition,
        "stage": stage,
        "rows": [{"one": one, "state": _state(one)} for one in found],
        "following": following,
        "q": words,
        "typed": request.POST if request.method == "POST" else _held(chosen),
        "chosen": chosen,
        "ticked": request.POST.getlist("user"),
        "closed": frozen(programme, stage) is not None,
        "problem": problem,
    }
    return render(request, "scoring/experts.html", context, status=problem.status if problem else 200)


def _held(one: Known | None) -> dict[str, str]:
    """A profile as the form shows it."""
    if one is None:
        return {}
    return {
        "username": one.user.username,
        "employer": one.employer,
        "title": one.title,
        "trades": "、".join(one.trades),
        "note": one.note,
    }


def _state(one: Known) -> tuple[str, str] | None:
    """Where somebody stands on this panel: value and words of the `state` mark."""
    if one.seat is None:
        return None
    if one.seat.declined_at is not None:
        return "withdrawn", "谢绝"
    return ("passed", "已申明") if one.seat.declared_at is not None else ("waiting", "已邀请")
