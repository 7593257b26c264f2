"""An artisan's mentors and apprentices, with what may be done to them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import NotFound
from gongjiang.rules.cultivation.hands import WORKING
from gongjiang.services.cultivation.log import Doing, enter
from gongjiang.services.cultivation.mentors.answer import SIDES, answer, enter_paper, send_link
from gongjiang.services.cultivation.mentors.apprentices import ENTERING, Agreed, close, take_on
from gongjiang.services.cultivation.mentors.propose import Proposed, end, propose, take_back
from gongjiang.services.cultivation.mentors.queries import Mentors, mentors_of
from gongjiang.services.invitations.make import USUAL_DAYS
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.invitations.sent import DAYS, show_link
from gongjiang.web.numbers import whole

MARKS: Final = {"proposed": "waiting", "standing": "named", "ended": "alternate", "declined": "rejected"}
APPRENTICE_MARKS: Final = {"running": "in_progress", "passed": "passed", "stopped": "withdrawn"}


@signed_in
@require_safe
def mentors(request: HttpRequest, honour_id: int) -> HttpResponse:
    """The page."""
    return show(request, mentors_of(request.actor, honour_id))


@require_POST
@signed_in
def act(request: HttpRequest, honour_id: int, action: str) -> HttpResponse:
    """Take one step; a refusal keeps what was typed."""
    found = mentors_of(request.actor, honour_id)
    if action == "link":
        return _link(request, found)
    taken = _STEPS.get(action)
    if taken is None:
        raise NotFound()
    given = {"actor": request.actor, "at": request.at, "honour_id": honour_id}
    try:
        told = taken(given, request.POST)
    except NotFound:
        raise
    except told_here(request) as refusal:
        return show(request, found, str(refusal), refusal.status, action)
    messages.success(request, told)
    if request.POST.get("back") == "mine" and found.own:
        return redirect("mine")
    return redirect("artisan-mentors", honour_id)


def show(request: HttpRequest, found: Mentors, problem: str = "", status: int = 200, action: str = "") -> HttpResponse:
    """The page, with what was refused and what was typed into the form of that step."""
    today = timezone.localtime(request.at).date()
    context: dict[str, Any] = {
        "m": found,
        "honour": found.honour,
        "places": [{"place": one, "links": _links(found, one.proposed)} for one in found.places],
        "kinds": [(one.kind.id, one.kind.shown) for one in found.places if one.proposed is None],
        "past": [{"one": one, "mark": (MARKS[one.state], one.get_state_display())} for one in found.past],
        "apprentices": [
            {"one": one, "mark": (APPRENTICE_MARKS[one.state], one.get_state_display())} for one in found.apprentices
        ],
        "enters": bool(found.hands & ENTERING),
        "guides": bool(found.hands & WORKING),
        "days": [(str(n), f"{n} 天内有效") for n in DAYS],
        "usual": str(USUAL_DAYS),
        "today": today.isoformat(),
        "endings": [("yes", "已出师"), ("no", "终止")],
        "problem": problem,
        "typed": {action: request.POST},
    }
    return render(request, "cultivation/mentors.html", context, status=status)


def _links(found: Mentors, row: Any) -> list[dict[str, Any]]:
    """For each side of a proposal: did it answer, is a link out?"""
    if row is None:
        return []
    return [
        {
            "side": side,
            "label": label if side == "artisan" else f"{label}{row.name}",
            "at": getattr(row, f"{side}_at"),
            "how": getattr(row, f"{side}_how"),
            "sent": found.links.get(f"{row.pk}.{side}"),
        }
        for side, label in SIDES.items()
    ]


def _link(request: HttpRequest, found: Mentors) -> HttpResponse:
    said = request.POST
    try:
        made, token = send_link(
            actor=request.actor, at=request.at, honour_id=found.honour.pk,
            mentorship_id=whole(said.get("mentorship"), 0), side=said.get("side", ""),
            days=whole(said.get("days"), USUAL_DAYS),
        )  # fmt: skip
    except NotFound:
        raise
    except told_here(request) as refusal:
        return show(request, found, str(refusal), refusal.status)
    return show_link(
        request, path=reverse("mentor-link", args=[token]), what="是否同意结成师徒（双导师）", who=found.honour.name,
        recipient=made.recipient, until=made.expires_at, back=reverse("artisan-mentors", args=[found.honour.pk]),
    )  # fmt: skip


def _one(said: QueryDict) -> dict[str, Any]:
    return {"mentorship_id": whole(said.get("mentorship"), 0), "version": whole(said.get("version"), None)}


def day(text: str, label: str) -> date | None:
    """A day as a form posts it; None if it is left out."""
    return parse_day(text[:40], place=label) if text.strip() else None


def _propose(given: dict[str, Any], said: QueryDict) -> str:
    keys = ("kind", "name", "unit", "post", "mobile", "username", "because")
    row = propose(**given, asked=Proposed(**{key: said.get(key, "") for key in keys}))
    return f"已提出请{row.name}担任{row.label}，等双方同意。"


def _take_back(given: dict[str, Any], said: QueryDict) -> str:
    take_back(**given, **_one(said), reason=said.get("reason", ""))
    return "已撤回。"


def _paper(given: dict[str, Any], said: QueryDict) -> str:
    row = enter_paper(**given, **_one(said), side=said.get("side", ""), basis=said.get("basis", ""))
    return "双方都已同意，导师到位。" if row.state == "standing" else "书面同意已登记。"


def _end(given: dict[str, Any], said: QueryDict) -> str:
    row = end(**given, **_one(said), on=day(said.get("on", ""), "结束日期"), reason=said.get("reason", ""))
    return f"{row.name}不再担任{row.label}。"


def _answer(given: dict[str, Any], said: QueryDict) -> str:
    del given["honour_id"]
    row = answer(**given, **_one(said), side="artisan", yes=said.get("yes") == "yes", reason=said.get("reason", ""))
    if row.state == "declined":
        return "已回复不同意。"
    return "双方都已同意，导师到位。" if row.state == "standing" else "已同意，等导师确认。"


def _take_on(given: dict[str, Any], said: QueryDict) -> str:
    agreed = Agreed(
        name=said.get("name", ""),
        begun=day(said.get("begun", ""), "开始"),
        until=day(said.get("until", ""), "约定至"),
        unit=said.get("unit", ""),
        trade=said.get("trade", ""),
        teaches=said.get("teaches", ""),
    )
    row = take_on(**given, agreed=agreed)
    return f"与{row.name}的师徒协议已登记。"


def _close(given: dict[str, Any], said: QueryDict) -> str:
    row = close(
        **given, apprenticeship_id=whole(said.get("apprentice"), 0), version=whole(said.get("version"), None),
        passed=said.get("passed") == "yes", on=day(said.get("on", ""), "结束日期"), result=said.get("result", ""),
    )  # fmt: skip
    return f"{row.name}{row.get_state_display()}。"


def _guide(given: dict[str, Any], said: QueryDict) -> str:
    on = day(said.get("on", ""), "日期")
    doing = Doing(kind="mentoring", title=said.get("title", ""), on=on or timezone.localtime(given["at"]).date())
    entry = enter(**given, doing=doing)
    return "指导已记入记录。" if entry.state == "confirmed" else "指导已记入记录，等单位确认。"


_STEPS: Final[Mapping[str, Callable[[dict[str, Any], QueryDict], str]]] = {
    "propose": _propose,
    "take_back": _take_back,
    "paper": _paper,
    "end": _end,
    "answer": _answer,
    "take_on": _take_on,
    "close": _close,
    "guide": _guide,
}
