"""The queue of a judge on a blind panel: by code, as numbers would tell who was filed by the same unit; without what
was set aside, as a recusal tells of whom."""

from collections.abc import Sequence

from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.blind.code import code_of
from gongjiang.services.scoring.queries import Place

#: What the judges themselves chose not to score stays in their queue.
_OWN = frozenset({"todo", "draft", "done", "abstained"})


def in_order(programme: Programme, stage: Panel, places: Sequence[Place]) -> list[Place]:
    """The queue as the judge sees it."""
    if not is_blind(programme, stage):
        return list(places)
    kept = [one for one in places if one.status in _OWN]
    return sorted(kept, key=lambda one: code_of(programme, stage.id, one.assignment.case_id))
