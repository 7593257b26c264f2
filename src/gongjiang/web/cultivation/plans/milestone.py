"""One milestone: what is to be done by when, what was done, its evidence."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import NotFound
from gongjiang.rules.cultivation.hands import WORKING, Hand
from gongjiang.services.cultivation.files import ACCEPT, read_files
from gongjiang.services.cultivation.keeping import looks_after
from gongjiang.services.cultivation.plans.milestones import Done, confirm, finish, milestone_of, reopen
from gongjiang.services.cultivation.scope import hands_of
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.plans.words import STEP_MARKS
from gongjiang.web.numbers import whole


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: HttpRequest, honour_id: int, milestone_id: int) -> HttpResponse:
    """Look at it, say that it is done, confirm it, open it again."""
    if request.method != "POST":
        return _page(request, honour_id, milestone_id)
    said = request.POST
    given = {
        "actor": request.actor, "at": request.at, "honour_id": honour_id, "milestone_id": milestone_id,
        "version": whole(said.get("version"), None),
    }  # fmt: skip
    try:
        told = _taken(request, given, said)
    except NotFound:
        raise
    except told_here(request) as refusal:
        return _page(request, honour_id, milestone_id, str(refusal), refusal.status)
    messages.success(request, told)
    own = Hand.ARTISAN in hands_of(request.actor, milestone_of(request.actor, honour_id, milestone_id)[0])
    return redirect("mine") if own else redirect("artisan-plan", honour_id)


def _taken(request: HttpRequest, given: dict[str, Any], said: QueryDict) -> str:
    step = said.get("step", "finish")
    if step == "confirm":
        confirm(**given)
        return "已确认完成。"
    if step == "reopen":
        reopen(**given, reason=said.get("reason", ""))
        return "已退回补充，本人会收到消息。"
    files = read_files([(one.name or "", one) for one in request.FILES.getlist("files")])  # type: ignore[misc]
    row = finish(**given, done=Done(_day(said.get("on", "")), said.get("note", ""), files))
    return "已登记完成。" if row.state == "done" else "已登记，等单位确认。"


def _day(text: str) -> date | None:
    return parse_day(text[:40], place="完成日期") if text.strip() else None


def _page(
    request: HttpRequest, honour_id: int, milestone_id: int, problem: str = "", status: int = 200
) -> HttpResponse:
    honour, row = milestone_of(request.actor, honour_id, milestone_id)
    hands = hands_of(request.actor, honour)
    today = timezone.localtime(request.at).date().isoformat()
    context = {
        "honour": honour,
        "own": Hand.ARTISAN in hands,
        "one": row,
        "mark": (STEP_MARKS[row.state], row.get_state_display()),
        "files": list(row.files.filter(removed_at=None).order_by("pk")),
        "finishes": bool(hands & WORKING) and row.state == "open" and not row.dropped,
        "confirms": looks_after(hands) and row.state == "claimed",
        "reopens": looks_after(hands) and row.state != "open",
        "problem": problem,
        "typed": request.POST,
        "on": request.POST.get("on", today),
        "said": request.POST.get("note", row.note),
        "today": today,
        "accept": ACCEPT,
    }
    return render(request, "cultivation/milestone.html", context, status=status)
