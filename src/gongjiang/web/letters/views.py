"""Experts of a nomination and their letters: ask, hand in, read, withdraw."""

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.kernel.phone import mask
from gongjiang.services.invitations.make import USUAL_DAYS
from gongjiang.services.invitations.send import contact_shown
from gongjiang.services.letters.ask import hand_in, send_letter_link, withdraw_letter
from gongjiang.services.letters.asked import letters_asked
from gongjiang.services.letters.overview import experts_of, may_ask
from gongjiang.services.letters.queries import get_letter
from gongjiang.services.letters.write import text_of
from gongjiang.services.messages.outside import ways
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.programmes.programme import programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.invitations.sent import DAYS, LINK_STATES, how_sent
from gongjiang.web.numbers import whole
from gongjiang.web.places import place

IDS = ("ask", "to", "days", "file", "scan", "away", "why")
STATES = {
    "written": ("met", "已出具"),
    "handed_in": ("met", "已上传"),
    "declined": ("unmet", "专家不出具"),
    "waiting": ("missing", "等专家填写"),
    "failed": ("unmet", "链接没有发出"),
    "ended": ("missing", "链接已失效"),
    "none": ("missing", "还没有"),
}


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
                "link": LINK_STATES.get(one.link_state, "") if one.state in {"waiting", "failed", "ended"} else "",
                "sent_to": contact_shown(one.letter.invitation) if one.letter and one.letter.invitation else "",
                "mobile": mask(one.mobile) if one.mobile else "",
                "ids": {name: f"expert-{one.row}-{name}" for name in IDS},
            }
            for one in experts
        ],
        "counting": counting,
        "enough": counting >= asked.needed,
        "may": may,
        "days": [(str(n), f"{n} 天") for n in DAYS],
        "ways": ways(),
        "typed": request.POST,
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
    except told_here(request) as error:
        return _show(request, case_id, str(error), error.status)
    messages.success(request, done)
    return redirect("letters", case_id)


@require_POST
@signed_in
def link(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask by a one-time link, which the platform sends: it is shown to nobody who files."""

    def act() -> str:
        made = send_letter_link(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            row=request.POST.get("row", "")[:40],
            contact=request.POST.get("contact", ""),
            days=whole(request.POST.get("days"), USUAL_DAYS),
        )
        return how_sent(made.way, made.recipient, contact_shown(made))

    return _attempt(request, case_id, act)


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
