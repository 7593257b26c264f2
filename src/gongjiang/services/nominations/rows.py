"""Rows of a case set as the flow says: what opens next, what waits again, what ends with the case."""

from datetime import datetime

from django.db.models import F

from gongjiang.kernel.truth import Truth, all_of, truth
from gongjiang.models import Case, StageRow
from gongjiang.rules.nominations.flow import Step, advance
from gongjiang.rules.programmes.evaluate import waivers
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.rulebook import compiled
from gongjiang.services.nominations.seats import seats_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.quotas.guard import take_seats

#: Rows that still stand somewhere: they end when the case does.
STANDING = (RowState.OPEN, RowState.ALTERNATE)


def states_of(case: Case) -> dict[str, str]:
    """The state of each of the case's rows by stage, as the database has them now."""
    return {name: str(state) for name, state in StageRow.objects.filter(case=case).values_list("stage", "state")}


def apply_steps(
    case: Case, steps: tuple[Step, ...], at: datetime, held: dict[str, str] | None = None
) -> tuple[str, ...]:
    """Set rows as the flow says, making those that aren't there; returns the stages that opened.

    `held`: the case's rows as `states_of` read them in this transaction; brought up to date.
    """
    if not steps:
        return ()
    held = states_of(case) if held is None else held
    fresh: list[StageRow] = []
    for step in steps:
        opened = at if step.state is RowState.OPEN else None
        if step.stage in held:
            row = StageRow.objects.filter(case=case, stage=step.stage)
            row.update(state=step.state, version=F("version") + 1, opened_at=opened)
        else:
            fresh.append(
                StageRow(case=case, process_id=case.process_id, stage=step.stage, state=step.state, opened_at=opened)
            )
        held[step.stage] = str(step.state)
    StageRow.objects.bulk_create(fresh)
    return tuple(one.stage for one in steps if one.state is RowState.OPEN)


def let_through(
    programme: Programme,
    case: Case,
    at: datetime,
    facts: Facts | None = None,
    held: dict[str, str] | None = None,
) -> tuple[str, ...]:
    """Open what comes next for the case (`held`: its rows, as for `apply_steps`)."""
    held = states_of(case) if held is None else held
    rows = {stage: RowState(state) for stage, state in held.items()}
    known = facts

    def meant_for(stage: Stage) -> Truth:
        nonlocal known
        right = truth(not stage.award or case.award in stage.award)
        if stage.when is None or right is Truth.FALSE:
            return right
        known = known or facts_of_one(programme, case)
        return all_of([right, holds(programme, stage.when, known)])

    waived = waived_stages(programme, case, facts)
    steps = advance(programme.stages, rows, meant_for, waived, standing=bool(case.standing))
    for step in steps:
        if step.state is RowState.DONE:
            known = known or facts_of_one(programme, case)
            take_seats(case=case, seats=seats_of(programme, case, programme.stage(step.stage), known), at=at)
    return apply_steps(case, steps, at, held)


def waived_stages(programme: Programme, case: Case, facts: Facts | None = None) -> frozenset[str]:
    """Stages that the exception granted to the case lets it skip, while its condition holds."""
    if not case.exception:
        return frozenset()
    _, exceptions = compiled(programme.pack)
    ids = {one.id for one in programme.stages}
    return frozenset(ids & waivers(facts or facts_of_one(programme, case), exceptions).keys())


def waive(programme: Programme, case: Case, at: datetime) -> tuple[str, ...]:
    """An exception was granted just now: stages that are open for the case and waived are left behind."""
    waived = waived_stages(programme, case)
    for one in StageRow.objects.filter(case=case, stage__in=waived, state=RowState.OPEN):
        StageRow.objects.filter(pk=one.pk).update(state=RowState.WAITING, version=one.version + 1, opened_at=None)
    return let_through(programme, case, at) if waived else ()


def end_others(case: Case, row: StageRow, at: datetime, held: dict[str, str]) -> None:
    """A case that ended at one stage ends wherever else it stood: nobody is asked about it any more.

    `held`: its rows, as for `apply_steps`.
    """
    ended = [stage for stage, state in held.items() if state in STANDING and stage != row.stage]
    if ended:
        others = StageRow.objects.filter(case=case, stage__in=ended)
        others.update(state=RowState.OUT, version=F("version") + 1, moved_at=at)
        held |= dict.fromkeys(ended, str(RowState.OUT))
