"""A unit that decides its own list gives its order with it: what it sends up is what it decided (ledger N-09)."""

from collections.abc import Sequence
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.unit import rank_cases
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.board import entered


def ranks_itself(stage: Stage) -> bool:
    """Is this the units' own list, ranked by the order that they send up?"""
    return bool(stage.per) and any(one.opinion_order is not None for one in stage.rank)


def settle_unit_order(
    *, actor: Actor, at: datetime, programme: Programme, stage: Stage, group: str, order: Sequence[int]
) -> None:
    """Before a unit's own list is closed: its order, where not all of its people were ranked before.

    Who isn't on the list comes after those who are, in the order they had.
    """
    if not ranks_itself(stage):
        return
    cases = {row.case_id: row.case for row in entered(programme, stage, group)}
    if not cases or any(pk not in cases for pk in order) or len(set(order)) != len(order):
        return  # closing refuses it, saying why
    if all(case.rank_in_unit is not None for case in cases.values()):
        return
    rest = sorted((case for pk, case in cases.items() if pk not in order), key=_had)
    unit = next(iter(cases.values())).nominator
    rank_cases(actor=actor, at=at, edition=programme.edition, unit=unit, order=[*order, *(case.pk for case in rest)])


def _had(case: Case) -> tuple[bool, int, str]:
    return (case.rank_in_unit is None, case.rank_in_unit or 0, case.number)
