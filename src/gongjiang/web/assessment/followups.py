"""What an assessment left to be done: a claim settled by people, an explanation given."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.funds.money import parse_yuan, shown
from gongjiang.services.assessment.claims import Step, fix, get_claim, may_settle_claim, receive, write_off
from gongjiang.services.assessment.explain import LONGEST, answer, get_explanation
from gongjiang.services.programmes.windows import today_of
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole

STEPS = {
    "fix": (fix, "已核定应退数额。"),
    "receive": (receive, "已登记收回。"),
    "write_off": (write_off, "已登记核销。"),
}
FIELDS = {"金额": "amount", "日期": "on", "凭证或理由": "reason"}


@signed_in
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """One claim: what was paid, what is claimed, what came back. POST: a step."""
    typed = {key: request.POST.get(key, "") for key in ("step", "amount", "on", "reason")}
    problem = place = ""
    found = get_claim(request.actor, claim_id)
    if request.method == "POST":
        try:
            done, told = _step(typed["step"])
            version = whole(request.POST.get("version"), 0)
            done(actor=request.actor, at=request.at, claim_id=claim_id, version=version, step=_typed(typed))
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem, place = str(refusal), FIELDS.get(refusal.place, "")
        else:
            messages.success(request, told)
            return redirect("assessment-claim", claim_id)
    handles, approves = may_settle_claim(request.actor, found)
    context = {
        "claim": found,
        "facts": _facts(found),
        "mark": _mark(found),
        "entries": [(one, shown(one.amount)) for one in found.entries.select_related("by").order_by("pk")],
        "forms": _forms(found, handles, approves),
        "typed": typed,
        "problem": problem,
        "place": place,
        "today": today_of(request.at).isoformat(),
    }
    return render(request, "assessment/claim.html", context, status=409 if problem else 200)


def _step(name: str) -> Any:
    if name not in STEPS:
        raise BadInput("请选择要办理的事项。", "Choose a step.", place="事项")
    return STEPS[name]


def _typed(typed: dict[str, str]) -> Step:
    on = parse_day(typed["on"], place="日期") if typed["on"].strip() else None
    return Step(parse_yuan(typed["amount"]), on, typed["reason"])


def _facts(one: Any) -> list[dict[str, Any]]:
    def sum_(fen: int | None) -> str:
        return "待核定" if fen is None else f"{shown(fen)} 元"

    return [
        {"label": "应退单位或个人", "value": one.payee},
        {"label": "已发放", "value": sum_(one.paid), "nowrap": True},
        {"label": one.get_scope_display(), "value": sum_(one.amount), "nowrap": True},
        {"label": "已收回", "value": sum_(one.received), "nowrap": True},
        {"label": "已核销", "value": sum_(one.written_off), "nowrap": True},
        {"label": "尚未办结", "value": sum_(one.left), "nowrap": True},
        {"label": "依据", "value": f"{one.outcome.basis}（{one.outcome.label}：{one.outcome.tier_label}）"},
    ]


def _mark(one: Any) -> tuple[str, str]:
    if one.left is None:
        return ("waiting", "数额待核定")
    return ("passed", "已办结") if one.left == 0 else ("in_progress", "追回中")


def _forms(one: Any, handles: bool, approves: bool) -> list[dict[str, str]]:
    """The steps that are open to the viewer now: name, title, what the reason is called."""
    if not handles:
        return []
    found = []
    if one.scope == "unspent":
        found.append({"step": "fix", "title": "核定应退数额", "reason": "怎样核定的（如使用清单、审计意见）"})
    if one.left:
        found.append({"step": "receive", "title": "登记收回", "reason": "凭证（如银行回单号）"})
        if approves:
            found.append({"step": "write_off", "title": "核销", "reason": "核销的理由和批准依据"})
    return found


@signed_in
@require_http_methods(["GET", "POST"])
def explanation(request: HttpRequest, explanation_id: int) -> HttpResponse:
    """What is to be explained, and the explanation. POST: give it, once."""
    text, problem = request.POST.get("text", ""), ""
    if request.method == "POST":
        try:
            answer(actor=request.actor, at=request.at, key=explanation_id, text=text)
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "已提交，主办单位已收到通知。")
            return redirect("assessment-explanation", explanation_id)
    found, own = get_explanation(request.actor, explanation_id)
    outcome = found.outcome
    today = today_of(request.at)
    given = today_of(found.answered_at) if found.answered_at is not None else None
    context = {
        "one": found,
        "given": given,
        "late": (given or today) > found.due_on,
        "opens": own and given is None,
        "text": text,
        "limit": LONGEST,
        "problem": problem,
        "facts": [
            {"label": "考核", "value": f"{outcome.label}：{outcome.tier_label}"},
            {"label": "决定", "value": f"{outcome.basis}，{outcome.decided_on:%Y-%m-%d}", "nowrap": True},
            {"label": "应作说明", "value": found.organisation.name if found.organisation else outcome.case.title},
            {"label": "期限", "value": f"{found.due_on:%Y-%m-%d}", "nowrap": True},
        ],
        "back": reverse("artisan", args=[outcome.honour_id]) if outcome.honour_id and not found.user_id else "",
    }
    return render(request, "assessment/explanation.html", context, status=409 if problem else 200)
