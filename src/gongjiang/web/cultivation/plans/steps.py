"""Steps at a plan: plain forms that post, act and come back; a refusal keeps what was typed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import NotFound
from gongjiang.services.cultivation.plans.agree import agree, enter_paper
from gongjiang.services.cultivation.plans.queries import board
from gongjiang.services.cultivation.plans.start import revise_plan, start_plan
from gongjiang.services.cultivation.plans.turns import comment, drop_plan, hand_over, send_back, submit_plan
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.plans.page import show
from gongjiang.web.numbers import whole


@require_POST
@signed_in
def act(request: HttpRequest, honour_id: int, action: str) -> HttpResponse:
    """Take one step."""
    taken = _STEPS.get(action)
    found = board(request.actor, honour_id)
    if taken is None:
        raise NotFound()
    given = {"actor": request.actor, "at": request.at, "honour_id": honour_id}
    try:
        told = taken(given, request.POST)
    except NotFound:
        raise
    except told_here(request) as refusal:
        return show(request, found, str(refusal), refusal.status, request.POST.dict())
    messages.success(request, told)
    return redirect("artisan-plan-edit" if action in {"start", "revise"} else "artisan-plan", honour_id)


def _one(said: QueryDict) -> dict[str, Any]:
    return {"number": whole(said.get("number"), 0), "version": whole(said.get("version"), None)}


def _start(given: dict[str, Any], said: QueryDict) -> str:
    start_plan(**given)
    return "已按模板开始起草，请填写后保存。"


def _revise(given: dict[str, Any], said: QueryDict) -> str:
    plan = revise_plan(**given, reason=said.get("reason", ""))
    return f"第 {plan.number} 版已开始起草；原方案继续执行，直到新版经各方同意。"


def _hand_over(given: dict[str, Any], said: QueryDict) -> str:
    hand_over(**given, **_one(said), to=said.get("to", ""), text=said.get("text", ""))
    return "已交出，对方会收到消息。"


def _comment(given: dict[str, Any], said: QueryDict) -> str:
    comment(**given, number=whole(said.get("number"), 0), text=said.get("text", ""))
    return "意见已记录。"


def _submit(given: dict[str, Any], said: QueryDict) -> str:
    plan = submit_plan(**given, **_one(said))
    return "各方都已同意，方案开始执行。" if plan.state == "in_force" else "已征求其他各方同意。"


def _agree(given: dict[str, Any], said: QueryDict) -> str:
    plan = agree(**given, **_one(said))
    return "各方都已同意，方案开始执行。" if plan.state == "in_force" else "已同意，等其他各方确认。"


def _paper(given: dict[str, Any], said: QueryDict) -> str:
    plan = enter_paper(**given, **_one(said), party=said.get("party", ""), basis=said.get("basis", ""))
    return "各方都已同意，方案开始执行。" if plan.state == "in_force" else "书面同意已登记。"


def _send_back(given: dict[str, Any], said: QueryDict) -> str:
    plan = send_back(**given, **_one(said), reason=said.get("reason", ""))
    return f"已退回，修改稿为第 {plan.number} 版。"


def _drop(given: dict[str, Any], said: QueryDict) -> str:
    plan = drop_plan(**given, **_one(said), reason=said.get("reason", ""))
    return f"第 {plan.number} 版已作废。"


_STEPS: Final[Mapping[str, Callable[[dict[str, Any], QueryDict], str]]] = {
    "start": _start,
    "revise": _revise,
    "hand_over": _hand_over,
    "comment": _comment,
    "submit": _submit,
    "agree": _agree,
    "paper": _paper,
    "send_back": _send_back,
    "drop": _drop,
}
