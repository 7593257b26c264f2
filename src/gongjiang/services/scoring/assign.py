"""Give the cases of a panel to its experts: enough each, nobody in conflict, replayable from the seed on record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.models import Assignment, Case, Expert
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.assignment import assign
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.authority import panel_stage, require_open, require_runner
from gongjiang.services.scoring.conflicts import grounds
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
    if not seed.strip():
        raise BadInput("请写明分派的随机种子，便于复核。", "Name the seed.", place="随机种子")
    cases = {str(one.pk): one for one in judged_cases(programme, stage)}
    experts = {
        str(one.pk): one
        for one in Expert.objects.filter(process=programme.process, stage=stage.id).select_related("user")
    }
    wanted = per_case or scorers_of(programme, root)
    made = _dealt(programme, stage, cases, experts, wanted, seed.strip(), most)
    append(
        actor=actor,
        at=at,
        action="panel.assign",
        kind="list",
        key=stage.id,
        edition_id=programme.edition.pk,
        data={
            "stage": stage.id,
            "seed": seed.strip(),
            "per_case": wanted,
            "most": most,
            "made": [[one.case_id, one.expert_id] for one in made],
        },
    )
    return made


def _dealt(
    programme: Programme,
    stage: Panel,
    cases: dict[str, Case],
    experts: dict[str, Expert],
    wanted: int,
    seed: str,
    most: int | None,
) -> list[Assignment]:
    held: dict[str, set[str]] = defaultdict(set)
    away: dict[str, dict[str, str]] = {pk: {} for pk in cases}
    loads = dict.fromkeys(experts, 0)
    places: dict[str, int] = dict.fromkeys(experts, 0)
    for one in Assignment.objects.filter(stage=stage.id, expert__process=programme.process):
        at, who = str(one.case_id), str(one.expert_id)
        places[who] = max(places.get(who, 0), one.position)
        if at not in cases:
            continue
        if one.state == Assignment.State.ASSIGNED:
            held[at].add(who)
            loads[who] += 1
        away[at][who] = "已分派" if one.state == Assignment.State.ASSIGNED else one.get_state_display()
    for pk, case in cases.items():
        for key, expert in experts.items():
            if key not in away[pk] and (why := grounds(stage, expert, case)):
                away[pk][key] = why[0]
    found = _spread(cases, experts, held, wanted, seed, away, loads, most)
    made = []
    for pk in sorted(found, key=lambda one: cases[one].number):
        for who in found[pk]:
            places[who] += 1
            made.append(Assignment(expert=experts[who], case=cases[pk], stage=stage.id, position=places[who]))
    return Assignment.objects.bulk_create(made)


def _spread(
    cases: dict[str, Case],
    experts: Iterable[str],
    held: dict[str, set[str]],
    wanted: int,
    seed: str,
    away: dict[str, dict[str, str]],
    loads: dict[str, int],
    most: int | None,
) -> dict[str, tuple[str, ...]]:
    """Cases by how many experts they lack, those that lack most first; loads carry over."""
    lacking: dict[int, list[str]] = defaultdict(list)
    for pk in cases:
        if len(held[pk]) < wanted:
            lacking[wanted - len(held[pk])].append(pk)
    found: dict[str, tuple[str, ...]] = {}
    for number in sorted(lacking, reverse=True):
        done = assign(lacking[number], list(experts), number, seed, away, most, loads)
        if not done.decision.allowed:
            names = [
                f"{cases[one.subject].title}：{one.text}" if one.subject else one.text for one in done.decision.reasons
            ]
            raise Refused("还不能分派：" + "；".join(names[:5]), "Too few experts.", reasons=done.decision.reasons)
        found |= done.experts
        loads.update(done.loads)
    return found
