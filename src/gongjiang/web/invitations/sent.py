"""The one page on which a link is seen by whoever sent it: to be copied, scanned or printed, and then gone."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from gongjiang.services.invitations.make import LONGEST_DAYS
from gongjiang.web.invitations.door import private

DAYS = (3, 7, 14, LONGEST_DAYS)
LINK_STATES = {
    "queued": "正在发送",
    "failed": "没有发出",
    "office": "等受理单位转交",
    "sent": "链接已发出，还没有打开",
    "opened": "链接已打开，还没有提交",
    "used": "已提交",
    "revoked": "链接已收回",
    "expired": "链接已过期",
}


def how_sent(way: str, recipient: str, shown: str) -> str:
    """What whoever asked is told, who doesn't see the link. `shown`: the address, masked."""
    if way == "office":
        return f"本平台没有开通这种发送方式，已请受理单位把链接转交{recipient}，在本页看进展"
    word = "短信" if way == "phone" else "邮件"
    return f"链接已交平台以{word}发给{recipient}（{shown}），几秒后在本页看是否发出"


def show_link(
    request: HttpRequest,
    *,
    path: str,
    what: str,
    who: str,
    recipient: str,
    until: object,
    back: str,
    contact: str = "",
    words: str = "invitations/_asked.html",
) -> HttpResponse:
    """`path`: the address with the token; `what` is asked about `who`; `back`: where it goes on; `contact`: where the
    receiver is reached, in clear, for an office that hands it out; `words`: the template of what they are told."""
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
            "contact": contact,
        },
    )
    return private(page)


def _qr(address: str) -> SafeString:
    """The address as a drawing inside the page; it holds nothing but squares."""
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(scale=5, border=2))  # noqa: S308
