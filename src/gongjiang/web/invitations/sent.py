"""The one page on which a link is seen by whoever sent it: to be copied, scanned or printed, and then gone."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from gongjiang.services.invitations.make import LONGEST_DAYS
from gongjiang.web.invitations.door import private

DAYS = (3, 7, 14, LONGEST_DAYS)


def show_link(
    request: HttpRequest,
    *,
    path: str,
    what: str,
    who: str,
    recipient: str,
    until: object,
    back: str,
    words: str = "invitations/_asked.html",
) -> HttpResponse:
    """`path`: the address with the token; `what` is asked about `who`; `back`: where it goes on; `words`: the template
    of what the receiver is told."""
    address = request.build_absolute_uri(path)
    page = render(
        request,
        "invitations/sent.html",
        {
            "address": address,
            "picture": _qr(address),
            "what": what,
            "who": who,
            "recipient": recipient,
            "until": until,
            "back": back,
            "words": words,
        },
    )
    return private(page)


def _qr(address: str) -> SafeString:
    """The address as a drawing inside the page; it holds nothing but squares."""
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(scale=5, border=2))  # noqa: S308
