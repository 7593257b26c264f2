"""The list of artisans one has a hand in, the page of one of them, and the artisan's own."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongjiang.rules.cultivation.hands import LABELS
from gongjiang.rules.cultivation.term import Term
from gongjiang.rules.registry.entry import STATES
from gongjiang.services.cultivation.artisans import Asked, artisans, own_honours, own_listed
from gongjiang.services.cultivation.contact.queries import honours_kept
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.web.access import signed_in
from gongjiang.web.artisans.parts import DESK, MINE
from gongjiang.web.cultivation.section import Hands, Part
from gongjiang.web.frame import desk_for
from gongjiang.web.honours.marks import mark_of
from gongjiang.web.messages.todo import row
from gongjiang.web.numbers import whole


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Artisans whose cultivation one has a hand in, the latest named first."""
    asked = Asked(**{key: request.GET.get(key, "").strip()[:60] for key in ("text", "state", "edition")})
    page = artisans(request.actor, asked, after=whole(request.GET.get("after"), 0))
    kept = {key: value for key, value in vars(asked).items() if value}
    context: dict[str, Any] = {
        "asked": asked,
        "rows": [{"one": one, "mark": mark_of(one)} for one in page.rows],
        "tabs": [
            {
                "n": n, "label": label, "hot": False, "current": asked.state == key,
                "url": f"?{urlencode({**kept, 'state': key})}",
            }
            for key, label, n in page.states
        ],
        "editions": [("", "全部届次"), *((str(pk), title) for pk, title in page.editions)],
        "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
        "contacts": honours_kept(request.actor).exists(),
    }  # fmt: skip
    return render(request, "artisans/index.html", context)


@signed_in
@require_safe
def detail(request: HttpRequest, honour_id: int) -> HttpResponse:
    """One artisan: plan, mentors, training, log, benefits, assessments, as far as the viewer has a hand in them."""
    honour = get_honour(request.actor, honour_id)
    hands = hands_of(request.actor, honour)
    context = {
        "honour": honour,
        "mark": mark_of(honour),
        "hands": "、".join(LABELS[one] for one in sorted(hands)),
        "term": _term(request, honour),
        "sections": _drawn(request, honour, hands, DESK),
    }
    return render(request, "artisans/detail.html", context)


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The artisan's own page. Who holds several honours chooses; the newest comes first."""
    held = own_honours(request.actor)
    asked = whole(request.GET.get("honour"), 0)
    honour = next((one for one in held if one.pk == asked), held[0] if held else None)
    if honour is None:
        listed = [{"one": one, "state": STATES.get(one.honour_state, "")} for one in own_listed(request.actor)]
        return render(request, "artisans/nothing.html", {"listed": listed})
    context = {
        "honour": honour,
        "next": _next(request),
        "others": [one for one in held if one.pk != honour.pk],
        "mark": mark_of(honour),
        "term": _term(request, honour),
        "sections": _drawn(request, honour, hands_of(request.actor, honour), MINE),
    }
    return render(request, "artisans/mine.html", context)


def _next(request: HttpRequest) -> dict[str, Any] | None:
    """What comes first of all that waits for the person themselves, as 待办 has it; `more`: how many besides."""
    items = [one for one in desk_for(request)[1].items if one.organisation_id is None]
    return {**row(items[0], request), "more": len(items) - 1} if items else None


def _drawn(request: HttpRequest, honour: Any, hands: Hands, parts: tuple[Part, ...]) -> list[Any]:
    return [one for one in (part(request, honour, hands) for part in parts) if one is not None]


def _term(request: HttpRequest, honour: Any) -> dict[str, Any] | None:
    """The bar of months, of a term that has an end."""
    term = Term(honour.from_date, honour.until)
    if term.months is None:
        return None
    today = timezone.localtime(request.at).date()
    gone = term.gone(today)
    return {
        "term": term, "gone": gone, "months": term.months, "left": term.months - gone, "over": term.over(today),
    }  # fmt: skip
