"""The look through a nomination before it is handed in, and again by whoever checks it: hints, each to be answered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjiang.services.evidence.awaited import late, late_text
from gongjiang.services.evidence.declassify import Hint, Secrecy, answer, secrecy
from gongjiang.web.access import signed_in


@signed_in
@require_safe
def look(request: HttpRequest, case_id: int) -> HttpResponse:
    """All hints with their places; those nobody has answered first."""
    found = secrecy(request.actor, case_id)
    context = {
        "found": found,
        "case": found.case,
        "late": late_text(late(found.unread_since, request.at)) if found.unread_since else "",
        "back": _back(found),
        "open": [_shown(one) for one in found.open],
        "answered": [_shown(one) for one in found.hints if one.answer is not None],
    }
    return render(request, "evidence/secrecy.html", context)


@signed_in
@require_POST
def looked_at(request: HttpRequest, case_id: int) -> HttpResponse:
    """Somebody looked at one of them."""
    answer(
        actor=request.actor,
        at=request.at,
        case_id=case_id,
        key=request.POST.get("key", ""),
        note=request.POST.get("note", ""),
    )
    messages.success(request, "已记下：已核，不涉密。")
    return redirect("evidence-secrecy", case_id)


def _back(found: Secrecy) -> str:
    if found.case.submitted_at is not None:
        return reverse("nominee", args=[found.case.pk])
    return reverse("nominations-form", args=[found.case.pk, "confirm"])


def _shown(one: Hint) -> dict[str, Any]:
    return {"hint": one, "url": reverse("evidence-view", args=[one.file]) if one.file else ""}
