"""From a rule that lacks a list, or asks who somebody is, to the page where that is mended."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from gongjiang.kernel.actor import Actor
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.services.registry.authority import keeps

#: Kinds of what is missing that this room can supply.
OURS = frozenset({"registry", "person"})


def mend_links(actor: Actor, outcomes: Iterable[RuleOutcome], rows: Iterable[dict[str, Any]]) -> None:
    """Rule rows (with `id`) get a link where the register must be completed or somebody told apart; for its keepers."""
    found = {one.rule: link for one in outcomes if (link := mending(one))}
    if found and keeps(actor):
        for row in rows:
            row |= found.get(row["id"], {})


def mending(outcome: RuleOutcome) -> Mapping[str, str]:
    """Where what is missing can be supplied; nothing if it is not ours."""
    gaps = [one for one in outcome.missing if one.kind in OURS] if outcome.outcome == "unknown" else []
    if any(one.kind == "person" for one in gaps):
        return {"link": reverse("registry-people"), "link_label": "去核对是否同一人"}
    if gaps:
        code = urlencode({"code": gaps[0].key}) if gaps[0].key != "registry" else ""
        return {"link": f"{reverse('registry-import-new')}?{code}", "link_label": "去导入名册"}
    return {}
