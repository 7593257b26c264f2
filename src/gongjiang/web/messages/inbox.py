"""The inbox, and 催办: a word to whoever is waited for."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.messages.queries import PAGE, inbox, mark_read
from gongjiang.services.reports.nudging import nudge_opinions
from gongjiang.web.access import signed_in
from gongjiang.web.accounts.views import safe_next
from gongjiang.web.numbers import whole
from gongjiang.web.places import case_page

THINGS: Final = {
    "packages": "packages",
    "sitting": "sittings-page",
    "inquiry": "inquiries-page",
    "artisan": "artisan",
    "person": "people-path",
    "training": "training-event",
    "growth": "artisan-growth",
    "budget": "funds-budget",
}
"""Pages of what a message's link names with its key."""
PLACES: Final = {
    "profiles": "artisans-profiles",
    "mine": "mine",
    "mentoring": "mentoring",
    "meaning": "meanings",
    "todo": "/todo/",
    "links": "links",
    "out": "messages-out",
}
"""Pages that a link names alone."""


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Messages, newest first, paged by key."""
    before = request.GET.get("before", "")
    rows = inbox(request.actor, whole(before, 0))
    older = f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    return render(request, "messages/inbox.html", {"rows": rows[:PAGE], "older": older, "newer": bool(before)})


@signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """One message is read (and its link followed), or all are."""
    given = request.POST.get("message", "")
    number = whole(given, None)
    mark_read(actor=request.actor, at=request.at, message_id=number)
    kind, _, key = request.POST.get("link", "").partition(":")
    about = whole(key, None)
    if kind == "case" and about is not None:
        return redirect(case_page(about))
    if kind in THINGS and about is not None:
        return redirect(THINGS[kind], about)
    return redirect(PLACES.get(kind, "/messages/"))


@signed_in
@require_POST
def nudge(request: HttpRequest) -> HttpResponse:
    """催办: remind the organisation that hasn't given its opinions."""
    number = request.POST.get("organisation", "")
    edition = request.POST.get("edition", "")
    try:
        told = nudge_opinions(
            actor=request.actor,
            at=request.at,
            organisation_id=whole(number, 0),
            edition_id=whole(edition, 0),
        )
    except GongjiangError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已向{told.organisation}发出催办，涉及 {told.count} 件。")
    return redirect(safe_next(request, request.POST.get("back", "")) or "/todo/")
