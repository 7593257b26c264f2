"""外发消息: what leaves the platform, what could not, and where it goes; for whoever administers the system."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.messages.channels import WANTS
from gongjiang.services.messages.deliver import words
from gongjiang.services.messages.outbox import PAGE, STATES, outbox, resend
from gongjiang.services.messages.webhooks import (
    add_webhook,
    by_environment,
    end_webhook,
    secret_shown,
    standing,
    try_webhook,
)
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole, whole_numbers

MARKS = {"waiting": "waiting", "running": "in_progress", "sent": "passed", "dead": "rejected"}


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Counts, deliveries, addresses; a form to add one."""
    outbox(request.actor)
    typed = {name: request.POST.get(name, "").strip() for name in ("label", "url", "wants", "secret")}
    if request.method != "POST":
        return _show(request, {"wants": "reminder"})
    try:
        links = request.POST.get("links") == "on"
        made, secret = add_webhook(actor=request.actor, at=request.at, links=links, **typed)
    except GongjiangError as error:
        return _show(request, typed, error)
    messages.success(request, f"已接入“{made.label}”。")
    return _show(request, {"wants": "reminder"}, secret=secret)


def _show(
    request: HttpRequest, typed: dict[str, str], problem: GongjiangError | None = None, secret: str = ""
) -> HttpResponse:
    state = request.GET.get("state", "")
    before = whole(request.GET.get("before", ""), 0)
    found = outbox(request.actor, state, before)
    rows = found.rows[:PAGE]
    older = f"?state={state if state in STATES else ''}&before={rows[-1].pk}" if len(found.rows) > PAGE else ""
    stats: list[dict[str, Any]] = [
        {"n": found.counts.get(key, 0), "label": label, "url": f"?state={key}", "current": key == state}
        for key, label in STATES.items()
    ]
    context = {
        "box": found,
        "stats": [*stats, {"n": sum(found.counts.values()), "label": "全部", "url": "?", "current": state == ""}],
        "dead": found.counts.get("dead", 0),
        "shown_state": state,
        "rows": [
            {
                "row": one,
                "label": found.labels.get(one.target, one.target),
                "words": words(one),
                "state": MARKS[one.state],
            }
            for one in rows
        ],
        "older": older,
        "newer": "/messages/out/" if before else "",
        "hooks": standing(request.actor),
        "from_environment": by_environment(request.actor),
        "wants": [one for one in WANTS if one[0] != "none"],
        "typed": typed,
        "problem": problem,
        "wrong": {problem.place: problem.text} if problem else {},
        "secret": secret,
    }
    return render(request, "messages/out.html", context, status=422 if problem else 200)


@signed_in
@never_cache
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Try an address, end it, or show its secret."""
    target, what = request.POST.get("target", ""), request.POST.get("act", "")
    number = whole(target.removeprefix("hook:"), 0)
    if what == "secret":
        return _show(request, {"wants": "reminder"}, secret=secret_shown(request.actor, number))
    if what == "end":
        ended = end_webhook(actor=request.actor, at=request.at, webhook_id=number)
        messages.success(request, f"“{ended.label}”已停用，不再外发。")
    else:
        try_webhook(actor=request.actor, at=request.at, real_at=request.real_at, target=target)
        messages.success(request, "测试消息已排队，几秒后在这里看结果。")
    return redirect("messages-out")


@signed_in
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Send once more what could not be sent: one, or all."""
    named = "delivery" in request.POST
    ids = whole_numbers(request.POST.getlist("delivery"))
    number = resend(actor=request.actor, at=request.at, real_at=request.real_at, delivery_ids=ids if named else None)
    if number:
        messages.success(request, f"{number} 条已重新排队。")
    else:
        messages.warning(request, "没有要重发的。")
    return redirect("messages-out")
