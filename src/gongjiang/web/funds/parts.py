"""Benefits as a part of an artisan's page: for those who look after them, and for the artisan."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.funds.wording import RULE, told
from gongjiang.services.funds.records import Benefit, record_of
from gongjiang.web.cultivation.section import Hands, Section

SHOWN = 6
READING = frozenset({Hand.ARTISAN, Hand.EMPLOYER, Hand.NOMINATOR, Hand.UNION, Hand.ABOVE})


def benefits(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """What somebody is entitled to, what was given and what is still due."""
    if not hands & READING:
        return None
    link = reverse("funds-benefits") if hands & {Hand.UNION, Hand.EMPLOYER, Hand.NOMINATOR} else ""
    return Section(
        "benefits", "待遇", "funds/desk_part.html", _context(request, honour, hands), link=link,
        link_label="办理" if link else "",
    )  # fmt: skip


def mine(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """On the artisan's own page: what they have, what they can book, what they got."""
    if Hand.ARTISAN not in hands:
        return None
    return Section("benefits", "我的待遇", "funds/mine_part.html", _context(request, honour, hands))


def _context(request: HttpRequest, honour: Any, hands: Hands) -> dict[str, Any]:
    found = record_of(request.at, honour)
    today = timezone.localtime(request.at).date()
    return {
        "honour": honour,
        "rows": [{"one": one, "told": told(one.entitlement), "mark": _mark(one)} for one in found.benefits],
        "given": [_given(one) for one in found.given[:SHOWN]],
        "older": [_given(one) for one in found.given[SHOWN : SHOWN * 10]],
        "many": len(found.given),
        "booked": [{"one": one, "dialog": f"cancel-{one.pk}"} for one in found.booked],
        "offers": [
            {"one": one, "first": max(one.first, today).isoformat(), "last": one.last.isoformat(),
             "left": one.seats - one.taken, "field": f"on-{one.pk}"}
            for one in found.offers
        ],
        "once": [_once(one) for one in found.once],
        "books": bool(hands & {Hand.ARTISAN, Hand.EMPLOYER, Hand.UNION}),
        "gives": Hand.UNION in hands,
        "rule": RULE if any(one.entitlement.rhythm not in {"needed", "earned"} for one in found.benefits) else "",
    }  # fmt: skip


def _mark(one: Benefit) -> tuple[str, str]:
    if one.stopped:
        return ("struck", one.stopped)
    if one.open:
        return ("waiting", f"{one.open} 期未给" if one.open > 1 else "本期未给")
    if one.done:
        return ("passed", f"已给 {one.done} 次")
    return ("in_progress", "按需办理")


def _given(one: Any) -> dict[str, Any]:
    return {"one": one, "amount": "" if one.amount is None else f"{one.amount:,.2f}".removesuffix(".00") + " 元"}


def _once(one: Any) -> dict[str, Any]:
    day = one.paid_on or one.handed_on
    word = "已发放" if one.paid_on else "已交付"
    amount = "" if one.amount is None else f"{one.amount:,.2f}".removesuffix(".00") + " 元"
    return {"one": one, "day": day, "amount": amount, "mark": ("passed", word) if day else ("waiting", "未办")}
