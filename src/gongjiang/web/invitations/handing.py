"""For an office: links that the platform couldn't send. It hands each to whoever it is for, on record; the side that
asked never sees one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.services.invitations.send import contact_of, contact_shown, failed, hand_out, to_hand_out
from gongjiang.web.access import signed_in
from gongjiang.web.invitations.door import private
from gongjiang.web.invitations.sent import show_link

WHAT = {"letter": ("专家推荐函", "letter-by-link"), "opinion": ("意见", "opinion-by-link")}


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits to be handed out by my offices."""
    rows = [
        {
            "one": one,
            "case": one.case,
            "what": WHAT[one.purpose][0],
            "contact": contact_shown(one),
            "failed": failed(one),
            "why": one.delivery.answer if one.delivery is not None else "",
        }
        for one in to_hand_out(request.actor, request.at)
        if one.purpose in WHAT
    ]
    return render(request, "invitations/waiting.html", {"rows": rows})


@require_POST
@signed_in
def hand(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """A link to hand to its receiver: it stands on the answer to this very request and nowhere else."""
    one, token = hand_out(actor=request.actor, at=request.at, invitation_id=invitation_id)
    what, door = WHAT[one.purpose]
    if one.case is None:
        raise NotFound()
    answer = show_link(
        request,
        path=reverse(door, args=[token]),
        what=what,
        who=one.case.title,
        recipient=one.recipient,
        until=timezone.localtime(one.expires_at),
        back=reverse("links"),
        contact=contact_of(one),
    )
    return private(answer)
