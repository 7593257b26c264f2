"""Steps taken on the nominee page. Each posts, acts, and comes back; a refusal keeps what was typed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import NotFound
from gongjiang.services.formality.dossier import dossier
from gongjiang.services.formality.find import decide
from gongjiang.services.formality.judge_case import accept_reason, give_reason, grant_exception, judge_case
from gongjiang.services.opinions.give import give_opinion
from gongjiang.services.opinions.many import same_box_waiting
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.formality.views import nominee_page
from gongjiang.web.numbers import whole


def attempt(request: HttpRequest, case_id: int, act: Callable[[], str]) -> HttpResponse:
    """Do it and come back with a word of confirmation; or show the page again with the reason why not."""
    dossier(request.actor, case_id)  # whoever may not see the case is told that there is none
    try:
        done = act()
    except NotFound:
        raise
    except told_here(request) as error:
        return nominee_page(request, dossier(request.actor, case_id), str(error), error.status)
    messages.success(request, done)
    target = request.POST.get("next", "")
    return redirect(target) if _local(target) else redirect("nominee", case_id)


def _local(target: str) -> bool:
    """Is this an address of ours (a nominee page)?"""
    return target.startswith("/nominees/") and "//" not in target[1:]


@require_POST
@signed_in
def move_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Pass, return, refuse, report … one case at a stage."""

    def act() -> str:
        version = request.POST.get("version", "")
        taken = decide(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            stage_id=request.POST.get("stage", ""),
            action=request.POST.get("action", ""),
            ticked=request.POST.getlist("point"),
            mend=request.POST.getlist("mend"),
            version=whole(version, None),
            reason=(request.POST.get("reason") or request.POST.get("note", ""))[:500],
            back_to=request.POST.get("back_to", ""),
            request_key=request.POST.get("key", "")[:80] or None,
        )
        return f"已办理：{taken.case.title}"

    return attempt(request, case_id, act)


@require_POST
@signed_in
def judge(request: HttpRequest, case_id: int) -> HttpResponse:
    """Answer one judgement, or several at once (fields answer-<question>, with row-<question> for rows)."""

    def act() -> str:
        answered = 0
        for name, value in request.POST.items():
            if not name.startswith("answer-") or not value:
                continue
            question, _, row = name.removeprefix("answer-").partition("|")
            judge_case(
                actor=request.actor,
                at=request.at,
                case_id=case_id,
                question=question,
                answer=value,
                row=row,
                basis=request.POST.get(f"basis-{question}", ""),
            )
            answered += 1
        return f"已记录 {answered} 项认定"

    return attempt(request, case_id, act)


@require_POST
@signed_in
def opinion(request: HttpRequest, case_id: int) -> HttpResponse:
    """Fill one opinion box."""

    def act() -> str:
        given = give_opinion(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            sheet=request.POST.get("sheet", ""),
            party=request.POST.get("party", ""),
            verdict=request.POST.get("verdict", ""),
            text=request.POST.get("text", ""),
            version=whole(request.POST.get("version"), None),
        )
        left = len(same_box_waiting(request.actor, given))
        return f"意见已记录，还有 {left} 件待您签署" if left else "意见已记录"

    return attempt(request, case_id, act)


@require_POST
@signed_in
def reason(request: HttpRequest, case_id: int) -> HttpResponse:
    """Justify a soft rule, or accept its justification."""

    def act() -> str:
        rule = request.POST.get("rule", "")
        if request.POST.get("accept"):
            accept_reason(actor=request.actor, at=request.at, case_id=case_id, rule=rule)
            return "已认可理由"
        give_reason(
            actor=request.actor, at=request.at, case_id=case_id, rule=rule, reason=request.POST.get("reason", "")
        )
        return "理由已记录，待审核单位认可"

    return attempt(request, case_id, act)


@require_POST
@signed_in
def exception(request: HttpRequest, case_id: int) -> HttpResponse:
    """Grant an exception on record."""

    def act() -> str:
        grant_exception(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            exception=request.POST.get("exception", ""),
            record_text=request.POST.get("record", ""),
        )
        return "破格已记录在案"

    return attempt(request, case_id, act)
