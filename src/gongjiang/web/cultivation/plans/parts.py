"""The plan on the artisan's pages: how far its milestones are, power by power."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongjiang.rules.cultivation.hands import KEEPING
from gongjiang.services.cultivation.plans.queries import Glance, glance
from gongjiang.web.cultivation.section import Hands, Section

STATES = {"draft": "起草中", "review": "征求各方同意"}


def desk(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """For those who look after the artisan: always, so that nobody is left without a plan."""
    found = glance(honour, request.at)
    if not found.rows and not hands & KEEPING:
        return None
    return _section(honour, found, "培育方案", "打开方案" if found.rows or found.making else "制定方案")


def mine(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """For the artisan: once there is one in force or one is made."""
    found = glance(honour, request.at)
    return _section(honour, found, "培育方案", "看原文") if found.rows or found.making else None


def _section(honour: Any, found: Glance, title: str, label: str) -> Section:
    made = f"第 {found.making[0]} 版{STATES[found.making[1]]}" if found.making else ""
    return Section(
        "plan", title, "cultivation/_plan_progress.html",
        {"rows": found.rows, "honour": honour, "making": made, "waiting": found.claimed},
        link=reverse("artisan-plan", args=[honour.pk]), link_label=label, wide=True,
    )  # fmt: skip
