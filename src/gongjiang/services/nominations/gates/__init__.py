"""Gates of moves: small checks by name. A new gate is a new module here and touches no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from gongjiang.kernel.decision import Decision
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import Move
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Passage:
    """Somebody wants to take a move: all that a gate may look at."""

    programme: Programme
    case: Case
    row: StageRow
    stage: Stage
    move: Move
    facts: Facts
    at: datetime
    memo: dict[str, object] = field(default_factory=dict)


Gate = Callable[[Passage], Decision]


@cache
def gates() -> Mapping[str, Gate]:
    """All gates by the name that moves use: the module's name."""
    return {info.name: import_module(f"{__name__}.{info.name}").gate for info in iter_modules(__path__)}


def pass_gates(passage: Passage) -> Decision:
    """Every gate of the move must allow it; all reasons are told at once."""
    decision = Decision.yes()
    for name in passage.move.gates:
        check = gates().get(name)
        if check is not None:
            decision = decision.and_(check(passage))
    return decision
