"""Open a matter: look for whom it is about, then say on which ground and what was reported."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.honours.effects import label_of
from gongjiang.services.inquiries.open import Asked, open_inquiry
from gongjiang.services.inquiries.prospect import Found, Prospect, prospect_of, search
from gongjiang.services.inquiries.queries import SOURCES
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole

ABOUT = ("case", "honour", "unit", "edition", "objection")


@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Without somebody named: a search. POST opens the matter."""
    named = {f"{name}_id": whole(request.GET.get(name), None) for name in ABOUT}
    if not any(named.values()):
        return _search(request)
    prospect = prospect_of(request.actor, **named)
    problem, status = "", 200
    if request.method == "POST":
        try:
            made = open_inquiry(actor=request.actor, at=request.at, prospect=prospect, asked=_asked(request))
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem, status = str(refusal), refusal.status
        else:
            messages.success(request, f"已立案，编号 {made.number}。")
            return redirect("inquiries-page", made.pk)
    return render(request, "inquiries/new.html", _form(request, prospect, problem), status=status)


def _search(request: HttpRequest) -> HttpResponse:
    if not request.actor.has("officer", "approver"):
        raise NotFound()
    text = request.GET.get("text", "").strip()[:40]
    rows = [{"found": one, "url": _address(one)} for one in search(request.actor, text)]
    return render(request, "inquiries/search.html", {"text": text, "rows": rows})


def _address(one: Found) -> str:
    if one.honour_id is not None:
        return f"?honour={one.honour_id}"
    return f"?case={one.case_id}" if one.case_id is not None else f"?unit={one.unit_id}&edition={one.edition_id}"


def _asked(request: HttpRequest) -> Asked:
    said = request.POST
    return Asked(
        ground=said.get("ground", ""),
        situation="：".join(one for one in (said.get("listed", "").strip(), said.get("situation", "").strip()) if one),
        basis=said.get("basis", ""),
        source=said.get("source", ""),
        account=said.get("account", ""),
        unit=whole(said.get("unit"), None),
    )


def _form(request: HttpRequest, prospect: Prospect, problem: str) -> dict[str, Any]:
    grounds = [
        {
            "value": one.id,
            "label": f"{one.label}（{one.clause}）" if one.clause else one.label,
            "hint": "、".join(label_of(effect) for effect in one.effects) + (f"；{one.note}" if one.note else ""),
        }
        for one in prospect.grounds
    ]
    listed = [name for one in prospect.grounds for name in one.situations]
    typed = request.POST
    none = [] if prospect.kind == "accountability" else [("", "没有责任单位")]
    return {
        "p": prospect,
        "kind": prospect.kind.label,
        "edition": prospect.programme.edition,
        "grounds": grounds,
        "ground": typed.get("ground") or (grounds[0]["value"] if len(grounds) == 1 else ""),
        "situations": [("", "不在以下所列"), *((one, one) for one in dict.fromkeys(listed))] if listed else [],
        "units": [*none, *((str(one.pk), one.name) for one in prospect.units)],
        "unit": typed.get("unit") or (str(prospect.units[0].pk) if prospect.kind == "accountability" else ""),
        "sources": SOURCES,
        "source": typed.get("source") or ("objection" if prospect.objection is not None else ""),
        "back": prospect.kind == "reinstatement",
        "problem": problem,
        "typed": typed,
    }
