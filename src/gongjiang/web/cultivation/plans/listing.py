"""Plans and milestones that wait for those who look after artisans."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.services.cultivation.plans.listing import listed
from gongjiang.services.cultivation.plans.waiting import KINDS
from gongjiang.services.cultivation.scope import AT_HOME
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
@require_safe
def plans(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of what waits, with tabs for the others."""
    if kind not in KINDS or not (request.actor.is_platform or request.actor.has(*AT_HOME)):
        raise NotFound()
    found = listed(request.actor, request.at, kind, after=whole(request.GET.get("after"), 0))
    context: dict[str, Any] = {
        "kind": kind,
        "label": KINDS[kind],
        "rows": found.lines,
        "tabs": [
            {
                "n": n, "label": label, "url": reverse("plans", args=[name]), "current": name == kind,
                "hot": name == "late" and n > 0,
            }
            for name, label, n in found.counts
        ],
        "next_url": f"?after={found.after}" if found.after else "",
    }  # fmt: skip
    return render(request, "cultivation/plans.html", context)
