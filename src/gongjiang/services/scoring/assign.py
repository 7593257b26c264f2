"""Give the cases of a panel to its experts: enough each, nobody in conflict, replayable from the seed on record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.models import Assignment, Case, Expert
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.assignment import Assignment as Rules
from gongjiang.rules.scoring.assignment import Terms
from gongjiang.rules.scoring.assignment.replay import Asked
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.authority import panel_stage, require_open, require_runner
from gongjiang.services.scoring.conflicts import grounds, known
from gongjiang.services.scoring.draws import HELD, checked, draw_with, keep
from gongjiang.services.scoring.recheck import recheck, watch
from gongjiang.services.scoring.trees import scorers_of, tree_of


def judged_cases(programme: Programme, stage: Panel, *, only: Sequence[int] | None = None) -> list[Case]:
    """Cases that stand open at a panel, by number, with what conflicts are found by."""
    rows = Case.objects.filter(
        process=programme.process, rows__stage=stage.id, rows__state=RowState.OPEN
    ).select_related("subject", "applying_unit", "nominator")
    if only is not None:
        rows = rows.filter(pk__in=only)
    return list(rows.prefetch_related("parties__organisation").order_by("number"))


@transaction.atomic
def assign_cases(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    seed: str,
    per_case: int | None = None,
    most: int | None = None,
) -> list[Assignment]:
    """Fill every open case up to `per_case` experts (default: what the edition asks for).

    Who already has a case keeps it, who was recused, abstained or voided never gets it again: so the same
    call also finds replacements. Raises Refused naming the cases for which experts are lacking; then
    nothing is assigned. `most`: no expert gets more than so many now.
    """
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    require_open(programme, stage)
    root = tree_of(programme, stage)
    if root is None:
        raise BadInput("这一环节没有评分表，不必分派。", "Nothing to score here.", place=stage.shown)
    text = checked(seed)
    recheck(actor=actor, at=at, programme=programme, stage_id=stage_id)
    watch(programme, stage_id)
    draw = draw_with(programme, stage, text)
    wanted = per_case or scorers_of(programme, root)
    experts = Expert.objects.filter(process=programme.process, stage=stage.id).select_related("user")
    names = _Names.of(judged_cases(programme, stage), experts)
    asked = _asked(programme, stage, names, wanted, most)
    found = asked.drawn(text)
    made = _written(programme, stage, names, found)
    if made:
        keep(draw, at, asked, found)
    append(
        actor=actor,
        at=at,
        action="panel.assign",
        kind="list",
        key=stage.id,
        edition_id=programme.edition.pk,
        data={
            "stage": stage.id,
            "seed": text,
            "per_case": wanted,
            "most": most,
            "made": [[one.case_id, one.expert_id] for one in made],
        },
    )
    return made


@dataclass(frozen=True, slots=True)
class _Names:
    """What a draw calls cases and seats: their numbers, never a person's name, as its file may be published."""

    cases: dict[str, Case]
    experts: dict[str, Expert]

    @staticmethod
    def of(cases: Iterable[Case], experts: Iterable[Expert]) -> "_Names":
        """By number of the case, or its id where numbers are not distinct."""
        listed = list(cases)
        distinct = len({one.number for one in listed}) == len(listed)
        return _Names(
            {str(one.number) if distinct else f"#{one.pk}": one for one in listed},
            {f"席{one.pk}": one for one in experts},
        )


def _asked(programme: Programme, stage: Panel, names: _Names, wanted: int, most: int | None) -> Asked:
    """What is drawn: cases that lack experts, who may not judge whom, what experts have already."""
    case_names = {one.pk: name for name, one in names.cases.items()}
    seat_names = {one.pk: name for name, one in names.experts.items()}
    away: dict[str, dict[str, str]] = {name: {} for name in names.cases}
    loads = dict.fromkeys(names.experts, 0)
    held = dict.fromkeys(names.cases, 0)
    for one in Assignment.objects.filter(stage=stage.id, expert__process=programme.process):
        case, seat = case_names.get(one.case_id), seat_names.get(one.expert_id)
        if case is None or seat is None:
            continue
        standing = one.state == Assignment.State.ASSIGNED
        held[case] += standing
        loads[seat] += standing
        away[case][seat] = HELD if standing else one.get_state_display()
    facts = known(programme, stage, names.experts.values(), names.cases.values())
    for name, case_row in names.cases.items():
        for seat, expert in names.experts.items():
            if seat not in away[name] and (why := grounds(programme, stage, expert, case_row, facts)):
                away[name][seat] = why[0]
    lacking = {name: wanted - number for name, number in held.items() if number < wanted}
    return Asked(
        tuple(lacking),
        tuple(names.experts),
        Terms(wanted, most, bridges=wanted > 1 and not any(held.values())),
        {name: away[name] for name in lacking},
        None,
        loads,
        lacking,
    )


def _written(programme: Programme, stage: Panel, names: _Names, found: Rules) -> list[Assignment]:
    """Write a draw down; Refused naming the cases for which experts are lacking."""
    if not found.decision.allowed:
        told = [
            f"{names.cases[one.subject].title}：{one.text}" if one.subject in names.cases else one.text
            for one in found.decision.reasons
        ]
        raise Refused("还不能分派：" + "；".join(told[:5]), "Too few experts.", reasons=found.decision.reasons)
    last = Assignment.objects.filter(stage=stage.id, expert__process=programme.process)
    places: dict[int, int] = defaultdict(int, last.values_list("expert_id").annotate(Max("position")))
    made = []
    for case in sorted(found.experts, key=lambda one: names.cases[one].number):
        for seat in found.experts[case]:
            expert = names.experts[seat]
            places[expert.pk] += 1
            made.append(Assignment(expert=expert, case=names.cases[case], stage=stage.id, position=places[expert.pk]))
    return Assignment.objects.bulk_create(made)
