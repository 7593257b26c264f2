"""Behind a one-time link: the mentor or the artisan says yes or no."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.cultivation.mentors.answer import answer_by_link, wanted_of
from gongjiang.services.invitations.door import LinkEnded, note_failed, note_opened
from gongjiang.web.access import public
from gongjiang.web.invitations.door import let_in, private


@public
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Who is asked, for whom; yes or no, once."""
    wanted = let_in(request, token, lambda: wanted_of(token, request.at))
    said = request.POST
    context = {"w": wanted, "row": wanted.row, "honour": wanted.row.honour, "problem": "", "typed": said}
    if request.method != "POST":
        note_opened(actor=request.actor, at=request.at, invitation=wanted.invitation)
        return private(render(request, "cultivation/mentor_link.html", context))
    yes = said.get("yes") == "yes"
    try:
        row = answer_by_link(
            actor=request.actor, at=request.at, token=token, yes=yes, reason=said.get("reason", ""),
            mobile=said.get("mobile", ""),
        )  # fmt: skip
    except LinkEnded:
        raise
    except GongjiangError as refusal:
        note_failed(actor=request.actor, at=request.at, invitation=wanted.invitation)
        context["problem"] = str(refusal)
        return private(render(request, "cultivation/mentor_link.html", context, status=refusal.status))
    return private(render(request, "cultivation/mentor_thanks.html", {"row": row, "yes": yes, "w": wanted}))
