"""Give the cases of a panel to its experts: enough each, nobody in conflict, replayable from the seed on record."""

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import Assignment
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.assignment import Assignment as Rules
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.asking import Names, Wish, asked_for, names_of, require_possible, texts
from gongjiang.services.scoring.authority import panel_stage, require_open, require_runner
from gongjiang.services.scoring.draws import checked, draw_with, keep, told_of
from gongjiang.services.scoring.recheck import recheck
from gongjiang.services.scoring.trees import scorers_of, tree_of
from gongjiang.services.scoring.watching import watch


def try_draw(
    *,
    actor: Actor,
    programme: Programme,
    stage_id: str,
    per_case: int | None = None,
    most: int | None = None,
    wish: Wish | None = None,
) -> dict[str, Any]:
    """What such a draw would come to, for its prices (as `Draw.told`): with a seed that no draw takes, nothing is
    assigned and nobody learns who would be. Raises Refused as the draw would."""
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    root = tree_of(programme, stage)
    wanted = per_case or (scorers_of(programme, root) if root is not None else 1)
    names = names_of(programme, stage)
    asked = asked_for(programme, stage, names, wanted, most, wish or Wish())
    found = asked.drawn("试算")
    require_possible(names, found)
    return told_of(asked, found)


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
    wish: Wish | None = None,
) -> list[Assignment]:
    """Fill every open case up to `per_case` experts (default: what the edition asks for).

    Who already has a case keeps it, who was recused, abstained or voided never gets it again: so the same
    call also finds replacements. Raises Refused naming the cases for which experts are lacking; then
    nothing is assigned. `most`: no expert has more than so many in all. `wish`: groups, chance and fairness.
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
    names = names_of(programme, stage)
    asked = asked_for(programme, stage, names, wanted, most, wish or Wish())
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
            "wish": asdict(wish, dict_factory=texts) if wish is not None else None,
            "made": [[one.case_id, one.expert_id] for one in made],
        },
    )
    return made


def _written(programme: Programme, stage: Panel, names: Names, found: Rules) -> list[Assignment]:
    """Write a draw down; Refused naming the cases for which experts are lacking."""
    require_possible(names, found)
    last = Assignment.objects.filter(stage=stage.id, expert__process=programme.process)
    places: dict[int, int] = defaultdict(int, last.values_list("expert_id").annotate(Max("position")))
    made = []
    for case in sorted(found.experts, key=lambda one: names.cases[one].number):
        for seat in found.experts[case]:
            expert = names.experts[seat]
            places[expert.pk] += 1
            made.append(Assignment(expert=expert, case=names.cases[case], stage=stage.id, position=places[expert.pk]))
    return Assignment.objects.bulk_create(made)
