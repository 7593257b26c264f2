"""Which panels are blind: their judges score codes, not people."""

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.programmes.programme import Programme

#: Answers that a question of the pack may give.
_YES = frozenset({True, "yes", "true", "是"})


def is_blind(programme: Programme, stage: Stage) -> bool:
    """Does the pack, or the edition's answer, ask for a blind review here?"""
    return isinstance(stage, Panel) and stage.blind is not None and programme.value(stage.blind) in _YES


def blind_panels(programme: Programme) -> tuple[Panel, ...]:
    """The blind panels of an edition."""
    return tuple(one for one in programme.stages if isinstance(one, Panel) and is_blind(programme, one))
