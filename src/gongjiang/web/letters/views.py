"""Experts of a nomination and their letters: ask, hand in, read, withdraw."""

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.services.invitations.make import USUAL_DAYS
from gongjiang.services.letters.ask import hand_in, send_letter_link, withdraw_letter
from gongjiang.services.letters.asked import letters_asked
from gongjiang.services.letters.overview import experts_of, may_ask
from gongjiang.services.letters.queries import get_letter
from gongjiang.services.letters.write import text_of
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.programmes.programme import programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.invitations.sent import DAYS, show_link
from gongjiang.web.numbers import whole
from gongjiang.web.places import place

STATES = {
    "written": ("met", "已出具"),
    "handed_in": ("met", "已上传"),
    "waiting": ("missing", "等专家填写"),
    "ended": ("missing", "链接已失效"),
    "none": ("missing", "还没有"),
}
LINKS = {"sent": "链接已发出，还没有打开", "opened": "专家已打开链接", "expired": "链接已过期", "revoked": "链接已收回"}


@signed_in
@require_safe
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """The experts whom the form names, each with what there is of a letter."""
    return _show(request, case_id)


def _show(request: HttpRequest, case_id: int, problem: str = "", status: int = 200) -> HttpResponse:
    case = get_case(request.actor, case_id)
    programme = programme_of(case.process)
    asked = letters_asked(programme, case)
    if asked is None:
        raise NotFound()
    experts = experts_of(case, asked, request.at)
    counting = sum(one.counts for one in experts)
    may = may_ask(request.actor, programme, case, asked)
    context: dict[str, Any] = {
        "case": case,
        "edition": programme.edition,
        "asked": asked,
        "rows": [
            {
                "one": one,
                "state": STATES[one.state],
                "link": LINKS.get(one.link_state, "") if one.state in {"waiting", "ended"} else "",
                "ids": {name: f"expert-{one.row}-{name}" for name in ("ask", "days", "file", "scan", "away", "why")},
            }
            for one in experts
        ],
        "counting": counting,
        "enough": counting >= asked.needed,
        "may": may,
        "days": [(str(n), f"{n} 天") for n in DAYS],
        "form_url": place("nominations-edit", case.pk),
        "problem": problem,
    }
    return render(request, "letters/page.html", context, status=status)


def _attempt(request: HttpRequest, case_id: int, act: Callable[[], str]) -> HttpResponse:
    get_case(request.actor, case_id)  # whoever may not see the case is told that there is none
    try:
        done = act()
    except NotFound:
        raise
    except GongjiangError as error:
        return _show(request, case_id, str(error), error.status)
    messages.success(request, done)
    return redirect("letters", case_id)


@require_POST
@signed_in
def link(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask by a one-time link: it stands on the answer to this very request and nowhere else."""
    case = get_case(request.actor, case_id)
    asked = letters_asked(programme_of(case.process), case)
    if asked is None:
        raise NotFound()
    try:
        made, token = send_letter_link(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            row=request.POST.get("row", "")[:40],
            days=whole(request.POST.get("days"), USUAL_DAYS),
        )
    except NotFound:
        raise
    except GongjiangError as error:
        return _show(request, case_id, str(error), error.status)
    return show_link(
        request,
        path=reverse("letter-by-link", args=[token]),
        what="专家推荐函",
        who=case.title,
        recipient=made.recipient,
        until=timezone.localtime(made.expires_at),
        back=reverse("letters", args=[case_id]),
    )


@require_POST
@signed_in
def hand_in_scan(request: HttpRequest, case_id: int) -> HttpResponse:
    """The signed scan of a letter, handed in for an expert."""

    def act() -> str:
        upload = request.FILES.get("file")
        if upload is None:
            return "没有选择文件"
        made = hand_in(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            row=request.POST.get("row", "")[:40],
            name=upload.name or "",
            content=cast(BinaryIO, upload.file),
        )
        return f"{made.name}的推荐函已上传"

    return _attempt(request, case_id, act)


@require_POST
@signed_in
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take a letter off; it stays on record."""

    def act() -> str:
        gone = withdraw_letter(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            letter_id=whole(request.POST.get("letter"), 0),
            reason=request.POST.get("reason", ""),
        )
        return f"{gone.name}的推荐函已撤下，可以重新请专家出具"

    return _attempt(request, case_id, act)


@signed_in
@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """What an expert wrote, for whoever sees the case."""
    found = get_letter(request.actor, letter_id)
    answer = render(
        request,
        "letters/letter.html",
        {
            "letter": found,
            "case": found.case,
            "edition": found.case.process.edition,
            "text": text_of(found) if found.text else "",
            "file_url": place("evidence-view", found.file_id) if found.file_id else "",
        },
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
