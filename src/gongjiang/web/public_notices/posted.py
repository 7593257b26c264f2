"""One posted notice on the officers' desk: where it stood, corrections, how long it is kept."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.services.public_notices.amend import amend
from gongjiang.services.public_notices.posted import Posted, posted
from gongjiang.services.public_notices.postings import open_photo, record_posting, remove_posting
from gongjiang.services.public_notices.retention import keep_until, take_down
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole

TYPES: Final = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
#: The field that a message stands by, from the `place` of the error.
FIELDS = {"媒体": "medium", "刊登日期": "posted_on", "网址": "link", "版面、位置": "note", "照片": "photo"}
Act = Callable[[HttpRequest, Posted], str]


@signed_in
def page(request: HttpRequest, edition_id: int, stage_id: str, ordinal: int) -> HttpResponse:
    """GET shows; POST `act`: record, remove, amend, keep, down."""
    entry = whole(request.POST.get("entry") or request.GET.get("entry"), 0)
    after = whole(request.GET.get("after"), 0)
    found = posted(request.actor, request.at, edition_id, stage_id, ordinal, after=after, entry=entry)
    act = request.POST.get("act", "")
    problem, errors = "", dict[str, str]()
    if request.method == "POST":
        try:
            if act not in ACTS:
                raise BadInput("请选择要办的事。", "No such act.")
            messages.success(request, ACTS[act](request, found))
        except BadInput as wrong:
            errors = {FIELDS[wrong.place]: wrong.text} if act == "record" and wrong.place in FIELDS else {}
            problem = "" if errors else str(wrong)
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            return redirect("public-notices-posted", edition_id, stage_id, ordinal)
    return render(
        request,
        "public_notices/posted.html",
        _context(request, found) | {"problem": problem, "errors": errors, "act": act},
        status=409 if problem or errors else 200,
    )


def _context(request: HttpRequest, found: Posted) -> dict[str, Any]:
    typed = request.POST
    chosen = found.chosen
    return {
        "posted": found,
        "notice": found.notice,
        "edition": found.programme.edition,
        "stage": found.stage,
        "typed": typed,
        "today": f"{request.at:%Y-%m-%d}",
        "heads": [one["label"] for one in found.notice.shows],
        "lines": [
            {
                "entry": one,
                "cells": [(column["label"], one.shown.get(column["id"], "")) for column in found.notice.shows],
                "url": f"?entry={one.pk}#amend",
            }
            for one in found.entries
        ],
        "amending": [
            {
                "kind": "text",
                "name": f"shown-{column['id']}",
                "label": column["label"],
                "value": typed.get(f"shown-{column['id']}", chosen.shown.get(column["id"], "")),
            }
            for column in found.notice.shows
        ]
        if chosen is not None
        else [],
        "media_options": found.stage.media,
        "next_url": f"?after={found.more}" if found.more else "",
    }


def _day(text: str, place: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("日期看不懂，请写作 2026-09-18。", "Not a date.", place=place) from None


def _record(request: HttpRequest, found: Posted) -> str:
    sent = request.FILES.get("photo")
    said = request.POST
    made = record_posting(
        actor=request.actor,
        at=request.at,
        notice_id=found.notice.pk,
        medium=said.get("other", "").strip() or said.get("medium", ""),
        posted_on=_day(said.get("posted_on", ""), "刊登日期"),
        link=said.get("link", ""),
        note=said.get("note", ""),
        photo=(sent.name or "", sent) if sent is not None else None,  # type: ignore[arg-type]
    )
    return f"已登记在{made.medium}的刊登情况。"


def _remove(request: HttpRequest, found: Posted) -> str:
    asked = whole(request.POST.get("posting"), 0)
    if asked not in {row.pk for one in found.media for row in one.postings}:
        raise NotFound()
    remove_posting(actor=request.actor, at=request.at, posting_id=asked)
    return "已撤销这条刊登记录。"


def _amend(request: HttpRequest, found: Posted) -> str:
    if found.chosen is None:
        raise BadInput("请选择要更正的人选；已取消、已办结的不能更正。", "Choose whom.")
    shown = {
        one["id"]: request.POST[f"shown-{one['id']}"]
        for one in found.notice.shows
        if f"shown-{one['id']}" in request.POST
    }
    made = amend(
        actor=request.actor,
        at=request.at,
        entry_id=found.chosen.pk,
        shown=shown,
        reason=request.POST.get("reason", ""),
    )
    return f"已更正{made.case.title}，公示期重新计算，到{made.ends_on.month}月{made.ends_on.day}日 24:00。"


def _keep(request: HttpRequest, found: Posted) -> str:
    until = _day(request.POST.get("until", ""), "网上保留至")
    keep_until(actor=request.actor, at=request.at, notice_id=found.notice.pk, until=until)
    return f"网上保留至{long_date(until)}。" if until else "网上一直保留，直到撤下。"


def _down(request: HttpRequest, found: Posted) -> str:
    take_down(actor=request.actor, at=request.at, notice_id=found.notice.pk)
    return "已从网上撤下。"


ACTS: Final[dict[str, Act]] = {
    "record": _record, "remove": _remove, "amend": _amend, "keep": _keep, "down": _down,
}  # fmt: skip


@signed_in
@require_safe
def photo(request: HttpRequest, posting_id: int) -> HttpResponseBase:
    """The picture that shows a posting, made anew when it came; to keep, never a page of ours."""
    row, content = open_photo(request.actor, posting_id)
    kind = row.stored.rpartition(".")[2]
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=f"{row.medium}{row.posted_on:%Y%m%d}.{kind}",
        content_type=TYPES.get(kind, "application/octet-stream"),
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
