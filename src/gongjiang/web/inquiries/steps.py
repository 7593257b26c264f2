"""Steps of a matter. Each posts, acts and comes back; a refusal keeps what was typed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.services.inquiries.decide import confirm, propose, send_back
from gongjiang.services.inquiries.hear import notify, record_hearing, state_view
from gongjiang.services.inquiries.matter import matter
from gongjiang.services.inquiries.suspend import suspend_meanwhile
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.inquiries.views import show
from gongjiang.web.numbers import whole


@require_POST
@signed_in
def act(request: HttpRequest, inquiry_id: int, step: str) -> HttpResponse:
    """Take one step."""
    found = matter(request.actor, request.at, inquiry_id)
    taken = _STEPS.get(step)
    if taken is None:
        raise NotFound()
    version = whole(request.POST.get("version"), None)
    given = {"actor": request.actor, "at": request.at, "inquiry_id": inquiry_id, "version": version}
    try:
        told = taken(given, request.POST)
    except NotFound:
        raise
    except told_here(request) as refusal:
        return show(request, found, str(refusal), refusal.status)
    messages.success(request, told)
    return redirect("inquiries-page", inquiry_id)


def day_of(said: QueryDict, name: str, label: str) -> date | None:
    """A day as a form posts it; None if it is left out."""
    text = said.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{label}看不懂，请写作 2026-10-12。", "No such day.", place=label) from None


def _notify(given: dict[str, Any], said: QueryDict) -> str:
    notify(**given, notice=said.get("notice", ""), due=day_of(said, "due", "陈述截止日期"))
    return "已告知当事人和有关单位。"


def _state(given: dict[str, Any], said: QueryDict) -> str:
    answer = said.get("answer", "state")
    state_view(
        **given,
        statement=said.get("statement", ""),
        hearing=answer == "hearing",
        waived=answer == "waive",
    )
    return "陈述意见已记录。"


def _hearing(given: dict[str, Any], said: QueryDict) -> str:
    record_hearing(**given, on=day_of(said, "on", "听证日期"), minutes=said.get("minutes", ""))
    return "听证已记录。"


def _suspend(given: dict[str, Any], said: QueryDict) -> str:
    suspend_meanwhile(**given, reason=said.get("reason", ""))
    return "核查期间暂停荣誉，证书查验时显示“已暂停”。"


def _propose(given: dict[str, Any], said: QueryDict) -> str:
    propose(
        **given,
        upheld={"yes": True, "no": False}.get(said.get("upheld", "")),
        finding=said.get("finding", ""),
        document=said.get("document", ""),
        no_tie=bool(said.get("no_tie")),
    )
    return "处理意见已提出，须由另一位审批人员批准。"


def _send_back(given: dict[str, Any], said: QueryDict) -> str:
    send_back(**given, reason=said.get("reason", ""))
    return "已退回。"


def _confirm(given: dict[str, Any], said: QueryDict) -> str:
    done = confirm(**given, no_tie=bool(said.get("no_tie")))
    return "已决定，随即生效。" if done.upheld else "已办结。"


_STEPS: Final[Mapping[str, Callable[[dict[str, Any], QueryDict], str]]] = {
    "notify": _notify,
    "state": _state,
    "hearing": _hearing,
    "suspend": _suspend,
    "propose": _propose,
    "send_back": _send_back,
    "confirm": _confirm,
}
