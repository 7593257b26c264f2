"""One page for everybody in the room: the nominee before them, their vote; for chair and recorder the steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongjiang.documents.notice import notice_docx
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.meetings.ballot import Choice
from gongjiang.services.meetings import hold
from gongjiang.services.meetings.minutes import minutes_of
from gongjiang.services.meetings.room import Room, room_of, tallies
from gongjiang.services.programmes.programme import programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.places import case_page, place

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECONDS = 3
"""Between two looks at what the chair has called."""


@signed_in
@require_safe
def page(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The whole page."""
    return render(request, "meetings/sitting.html", _shown(room_of(request.actor, sitting_id)))


@signed_in
@require_safe
def now(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """What changes while people look: asked for every few seconds."""
    return render(request, "meetings/now.html", _shown(room_of(request.actor, sitting_id)))


@signed_in
@require_POST
def act(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """One step, then back to the page."""
    step = STEPS.get(request.POST.get("go", ""))
    if step is None:
        raise NotFound()
    try:
        said = step(request, sitting_id)
    except NotFound:
        raise
    except GongjiangError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("sittings-page", sitting_id)


@signed_in
@require_safe
def minutes(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The minutes as a Word file."""
    text = minutes_of(request.actor, sitting_id)
    response = HttpResponse(notice_docx(text), content_type=DOCX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{text.title}.docx") or ""
    return response


def _shown(room: Room) -> dict[str, Any]:
    programme = programme_of(room.sitting.process)
    stage = programme.stage(room.sitting.stage)
    ended = tallies(room)
    names = {one.pk: one.name for one in room.members}
    here = room.here(room.item) if room.item else ()
    upcoming = _next(room, ended)
    return {
        "room": room,
        "sitting": room.sitting,
        "edition": programme.edition,
        "stage": stage,
        "seconds": SECONDS,
        "title": room.title(room.item) if room.item else "",
        "case_url": case_page(room.item.case_id) if room.item and not room.blind else "",
        "list_url": place("rounds-list", programme.edition.pk, stage.id, group=room.sitting.group or None),
        "voting": room.ballot is not None and room.ballot.closed_at is None,
        "may_vote": room.member is not None and room.member in here and not room.voted,
        "cast": room.ballot.votes.count() if room.ballot is not None else 0,
        "on_paper": sum(one.user_id is None for one in here),
        "away_names": [names[pk] for pk in room.away if pk in names and not room.blind],
        "next": upcoming,
        "next_title": room.title(upcoming) if upcoming else "",
        "agenda": [
            {
                "item": one,
                "title": room.title(one),
                "ballot": ended.get(one.pk),
                "away": "" if room.blind else "、".join(names[r.member_id] for r in one.recusals.all()),
                "current": room.item is not None and one.pk == room.item.pk,
            }
            for one in room.items
        ],
        "hidden": room.sitting.items.count() - len(room.items),
    }


def _next(room: Room, ended: dict[int, Any]) -> Any:
    """The first item after the current one that has no valid vote yet; then any before it."""
    at = room.item.position if room.item else 0
    left = [one for one in room.items if one.pk not in ended or ended[one.pk].passed is None]
    left = [one for one in left if room.item is None or one.pk != room.item.pk]
    return next((one for one in left if one.position > at), left[0] if left else None)


def _common(request: HttpRequest, sitting_id: int) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at, "sitting_id": sitting_id}


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.POST.get(name), 0) or 0


def _start(request: HttpRequest, sitting_id: int) -> str:
    hold.start(**_common(request, sitting_id))
    return "会议开始。"


def _come(request: HttpRequest, sitting_id: int) -> str:
    member = whole(request.POST.get("member"), None)
    left = request.POST.get("left") == "1"
    hold.come(**_common(request, sitting_id), member_id=member, left=left)
    return "已取消签到。" if left else "已签到。"


def _goto(request: HttpRequest, sitting_id: int) -> str:
    item = whole(request.POST.get("item"), None)
    hold.go_to(**_common(request, sitting_id), item_id=item)
    return "已请出下一位。" if item else "现在没有讨论中的人选。"


def _recuse(request: HttpRequest, sitting_id: int) -> str:
    hold.recuse(
        **_common(request, sitting_id),
        item_id=_number(request, "item"),
        member_id=_number(request, "member"),
        ground=request.POST.get("ground", ""),
    )
    return "已登记回避。"


def _open(request: HttpRequest, sitting_id: int) -> str:
    hold.open_vote(**_common(request, sitting_id))
    return "开始表决。"


def _vote(request: HttpRequest, sitting_id: int) -> str:
    hold.vote(**_common(request, sitting_id), choice=request.POST.get("choice", ""))
    return "已投票。"


def _close(request: HttpRequest, sitting_id: int) -> str:
    paper = {}
    for one in Choice:
        typed = request.POST.get(f"paper-{one.value}", "").strip()
        count = whole(typed, None) if typed else 0
        if count is None:
            raise BadInput("纸质票数请填整数。", "Give whole numbers.", place="纸质票")
        paper[one] = count
    return hold.close_vote(**_common(request, sitting_id), on_paper=paper).said


def _write(request: HttpRequest, sitting_id: int) -> str:
    hold.write(**_common(request, sitting_id), item_id=_number(request, "item"), note=request.POST.get("note", ""))
    return "已记录。"


def _end(request: HttpRequest, sitting_id: int) -> str:
    hold.end(**_common(request, sitting_id))
    return "会议结束，可以下载纪要、确定名单。"


STEPS: dict[str, Callable[[HttpRequest, int], str]] = {
    "start": _start,
    "come": _come,
    "goto": _goto,
    "recuse": _recuse,
    "open": _open,
    "vote": _vote,
    "close": _close,
    "write": _write,
    "end": _end,
}
