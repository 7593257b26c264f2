"""Mentors and apprentices on the artisan's pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.services.cultivation.mentors.queries import standing_mentors
from gongjiang.web.cultivation.section import Hands, Section

COUNT = {2: "两"}


def desk(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """For those who look after the artisan; places that nobody fills are shown."""
    places = standing_mentors(honour, calls=bool(hands & KEEPING))
    return _section(honour, "导师", places, own=False)


def mine(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """For the artisan: whom to call, and who waits for a yes."""
    places = standing_mentors(honour, calls=Hand.ARTISAN in hands)
    if not any(one.standing or one.proposed for one in places):
        return None
    return _section(honour, f"我的{COUNT.get(len(places), str(len(places)))}位导师", places, own=True)


def _section(honour: Any, title: str, places: Any, *, own: bool) -> Section:
    link = reverse("artisan-mentors", args=[honour.pk])
    context = {"places": places, "own": own, "honour": honour}
    return Section(
        "mentors", title, "cultivation/_mentors.html", context, link=link, link_label="导师与带徒", wide=True
    )
