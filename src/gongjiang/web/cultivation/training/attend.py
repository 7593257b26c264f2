"""Attendance: the organiser's list and code, the artisan's phone."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.cultivation.presence import TRIES, in_window
from gongjiang.services.cultivation.training.listing import session_list
from gongjiang.services.cultivation.training.presence import now_open, sign_in, tick
from gongjiang.services.cultivation.training.sessions import own_session, renew_code
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole, whole_numbers


@signed_in
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    """The list of one session, ticked; and its code."""
    one = own_session(request.actor, session_id)
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            if request.POST.get("step") == "code":
                renew_code(actor=request.actor, at=request.at, session_id=session_id)
                messages.success(request, "签到码已换，旧码作废。")
                return redirect("training-code", session_id)
            shown, here = (frozenset(whole_numbers(request.POST.getlist(key))) for key in ("shown", "here"))
            on, off = tick(actor=request.actor, at=request.at, session_id=session_id, shown=shown, here=here)
            messages.success(request, f"签到名单已保存：新记到场 {on} 人，改为未到 {off} 人。")
            return redirect("training-session", session_id)
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem = refusal
    rows = session_list(one)
    context = {
        "one": one,
        "event": one.event,
        "rows": rows,
        "marks": [{"value": sum(row.here for row in rows), "label": "已到"}, {"value": len(rows), "label": "应到"}],
        "count": f"{len(rows)} 人",
        "begun": one.starts <= request.at,
        "now": in_window(one.starts, one.ends, request.at),
        "problem": problem,
    }
    return render(request, "training/session.html", context, status=problem.status if problem else 200)


@signed_in
@require_http_methods(["GET"])
def code(request: HttpRequest, session_id: int) -> HttpResponse:
    """The code, large, for the screen of the room, with a picture to scan."""
    one = own_session(request.actor, session_id)
    address = request.build_absolute_uri(f"{reverse('mine-attend')}?session={one.pk}&code={one.code}")
    picture = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)
    context = {
        "one": one,
        "event": one.event,
        "spaced": f"{one.code[:3]} {one.code[3:]}",
        "picture": mark_safe(picture),  # noqa: S308  drawn by us from an address of ours
        "address": request.build_absolute_uri(reverse("mine-attend")),
        "now": in_window(one.starts, one.ends, request.at),
    }
    answer = render(request, "training/code.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The artisan signs in: sessions that are on now, a field for the code of each."""
    problem: GongjiangError | None = None
    asked = whole(request.POST.get("session") or request.GET.get("session"), 0)
    if request.method == "POST":
        try:
            done = sign_in(actor=request.actor, at=request.at, session_id=asked, code=request.POST.get("code", "")[:40])
            messages.success(request, f"“{done.event.title}”已签到。")
            return redirect("mine-attend")
        except GongjiangError as refusal:
            problem = refusal
    found = now_open(request.actor, request.at)
    context: dict[str, Any] = {
        "rows": [
            {
                "one": one,
                "here": known is not None and known.here,
                "locked": known is not None and known.tries >= TRIES and not known.here,
                "asked": one.pk == asked,
                "code": request.GET.get("code", "")[:6] if one.pk == asked else "",
                "wrong": problem.text if problem is not None and one.pk == asked else "",
            }
            for one, known in found
        ],
        "problem": problem if problem is not None and asked not in {one.pk for one, _ in found} else None,
    }
    return render(request, "training/attend.html", context, status=problem.status if problem else 200)
