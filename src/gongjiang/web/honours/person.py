"""A person's way through programmes and levels."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.honours.path import Step, way_of
from gongjiang.services.registry.authority import imports_seen
from gongjiang.web.access import signed_in
from gongjiang.web.formality.present import CASE_STATES, link

HELD = {"已命名": "named", "培育对象": "in_progress", "期满": "passed", "已撤销": "struck", "暂停": "returned"}


@signed_in
@require_safe
def page(request: HttpRequest, subject_id: int) -> HttpResponse:
    """Honours, lists and nominations of one person, the latest first."""
    way = way_of(request.actor, subject_id)
    mine = set(
        imports_seen(request.actor)
        .filter(pk__in=[one.import_id for one in way.steps if one.import_id])
        .values_list("pk", flat=True)
    )
    context: dict[str, Any] = {
        "way": way,
        "rows": [_row(one, mine) for one in way.steps],
        "account": bool(mine) and all(one.kind == "listed" for one in way.steps),
        "subject_id": subject_id,
    }
    return render(request, "honours/way.html", context)


def _row(one: Step, mine: set[int]) -> dict[str, Any]:
    if one.kind == "nomination":
        mark, url = CASE_STATES[CaseState(one.state)], link("nominee", one.case_id)
    else:
        mark = (HELD.get(one.state, "waiting"), one.state)
        url = link("honours-detail", one.honour_id) if one.honour_id and one.public else ""
        if one.import_id in mine:
            url = link("registry-import", one.import_id)
    return {"step": one, "mark": mark, "url": url}
