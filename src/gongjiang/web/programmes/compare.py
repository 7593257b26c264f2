"""Two packs side by side: choose, then read what changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.rules.programmes.diff.compare import Change
from gongjiang.rules.programmes.diff.report import KINDS, counts
from gongjiang.services.programmes.compare_packs import Compared, compare_packs
from gongjiang.services.programmes.packs import offered
from gongjiang.web.access import signed_in
from gongjiang.web.programmes.editions import named

#: Sections that say how a pack is written, not what is done: folded away at first.
ASIDE = frozenset({"notice", "questions", "tests", "codes", "fields", "groups"})


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What changed from `left` to `right`, section by section, each item with the clauses of both sides."""
    packs = offered(request.actor)
    left, right = request.GET.get("left", ""), request.GET.get("right", "")
    context: dict[str, Any] = {"packs": [(one.key, named(one)) for one in packs], "left": left, "right": right}
    if left and right:
        compared = compare_packs(request.actor, left, right)
        context |= {"compared": compared, "parts": [_part(compared, one) for one in compared.found.parts]}
    return render(request, "programmes/compare.html", context)


def _part(compared: Compared, part: Any) -> dict[str, Any]:
    changes = [_change(compared, one) for one in part.changes if one.kind != "cited"]
    cited = [one.label for one in part.changes if one.kind == "cited"]
    return {
        "label": part.label,
        "counts": counts(part),
        "changes": changes,
        "cited": cited,
        "open": part.section not in ASIDE and bool(changes),
    }


def _change(compared: Compared, one: Change) -> dict[str, Any]:
    return {
        "one": one,
        "kind": KINDS[one.kind],
        "look": {"added": "met", "removed": "unmet", "changed": "judge"}[one.kind],
        "before": [(name, compared.left_texts.get(name, "")) for name in one.before],
        "after": [(name, compared.right_texts.get(name, "")) for name in one.after],
    }
