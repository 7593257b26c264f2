"""What whoever was chosen owes afterwards, on the nominee page: a change declared, and decided by its approvers."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import BadInput
from gongjiang.services.honours.duties import decide_change, declare_change
from gongjiang.web.access import signed_in
from gongjiang.web.formality.acts import attempt
from gongjiang.web.numbers import whole


@require_POST
@signed_in
def declare(request: HttpRequest, case_id: int) -> HttpResponse:
    """A change that asks approval."""

    def act() -> str:
        try:
            on = date.fromisoformat(request.POST.get("on", "").strip())
        except ValueError:
            raise BadInput("请填写变更日期。", "The day is missing.", place="变更日期") from None
        made = declare_change(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            obligation=request.POST.get("obligation", ""),
            after=request.POST.get("after", ""),
            on=on,
            reason=request.POST.get("reason", ""),
        )
        return f"已报批：变更为“{made.after}”"

    return attempt(request, case_id, act)


@require_POST
@signed_in
def decide(request: HttpRequest, case_id: int) -> HttpResponse:
    """An approver's answer."""

    def act() -> str:
        made = decide_change(
            actor=request.actor,
            at=request.at,
            change_id=whole(request.POST.get("change"), 0),
            agreed=request.POST.get("agreed") == "yes",
            text=request.POST.get("text", ""),
        )
        return f"已批复：{made.get_state_display()}"

    return attempt(request, case_id, act)
