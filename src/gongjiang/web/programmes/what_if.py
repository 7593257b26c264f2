"""Other values tried on the edition's real nominees: nothing is recorded."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.reports.what_if import Affected, Lever, levers, read_values, what_if
from gongjiang.web.access import signed_in

#: Names shown of a long list; its count is always told.
MOST = 200


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Sliders (numbers without script) for the values that rules read; who would fall out, under which clause."""
    programme = get_programme(request.actor, edition_id)
    found = levers(programme)
    typed = {one.id: request.GET.get(f"p-{one.id}", "") for one in found}
    context: dict[str, Any] = {"edition": programme.edition, "problem": None, "result": None}
    try:
        values = read_values(programme, typed)
        changed = {one.id: values[one.id] for one in found if one.id in values and _differs(values[one.id], one.value)}
        context["changed"] = [
            (one.label, _said(one, one.value), _said(one, changed[one.id])) for one in found if one.id in changed
        ]
        if any(typed.values()):
            result = what_if(request.actor, programme, changed)
            context |= {
                "result": result,
                "rules": _by_rule(programme, result.counts),
                "falls": [_row(one) for one in result.falls[:MOST]],
                "comes": [_row(one) for one in result.comes[:MOST]],
                "others": [_row(one) for one in result.others[:MOST]],
            }
    except BadInput as error:
        context["problem"] = error
    context["levers"] = [_lever(one, typed[one.id]) for one in found]
    return render(request, "programmes/what_if.html", context, status=422 if context["problem"] else 200)


def _lever(one: Lever, typed: str) -> dict[str, Any]:
    word = {True: "yes", False: "no"}.get(one.value, str(one.value)) if isinstance(one.value, bool) else str(one.value)
    shown = {
        "one": one,
        "name": f"p-{one.id}",
        "value": typed or word,
        "now": _said(one, one.value),
        "options": list(one.options.items()) or [("yes", "是"), ("no", "否")],
        "rules": "、".join(one.rules),
    }
    if one.kind == "number":
        now = exact(str(one.value))
        shown |= {"min": 0, "max": max(10, int(now * 3)), "step": "any" if now.denominator > 1 else "0.5"}
    return shown


def _row(one: Affected) -> dict[str, Any]:
    reasons = one.reasons or tuple(turn.after for turn in one.turned.turns)
    return {"case": one.case, "reasons": reasons}


def _by_rule(programme: Any, counts: Any) -> list[tuple[str, str, int]]:
    """Rule, its clauses and how many it would keep out, in the order of the pack."""
    return [(one.shown, one.clause, counts[one.id]) for one in programme.pack.rules if counts[one.id]]


def _differs(value: Any, now: Any) -> bool:
    if isinstance(now, bool) or isinstance(value, bool):
        return value is not now
    try:
        return exact(str(value)) != exact(str(now))
    except BadInput:
        return str(value) != str(now)


def _said(one: Lever, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return one.options.get(str(value), f"{value}{one.unit}")
