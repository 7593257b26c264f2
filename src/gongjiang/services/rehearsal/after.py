"""Rehearse what follows the naming: each process of the pack, on the day it is due, with some of those named."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.schema.process import Process
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.values import is_blank
from gongjiang.services.assessment.due import ahead
from gongjiang.services.assessment.open import open_round
from gongjiang.services.assessment.settle import may_settle, settle
from gongjiang.services.honours.certificates.authority import naming_roles
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.submit import submit
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.programmes.windows import as_of
from gongjiang.services.rehearsal.acts import acts
from gongjiang.services.rehearsal.clock import acting_order, morning
from gongjiang.services.rehearsal.filing import attach, world_filling
from gongjiang.services.rehearsal.opinions import give_needed
from gongjiang.services.rehearsal.world import Nominee, World

MOST = 6
"""So many of those named go through each process: enough to see that it runs."""


@dataclass
class Follow:
    """One process tried: with how many, when it began, who came out at which tier and what followed."""

    id: str
    label: str
    begun: str = ""
    people: int = 0
    tiers: dict[str, int] = field(default_factory=dict)
    followed: list[str] = field(default_factory=list)


def rehearse_after(world: World, tell: Callable[[str], None] | None = None) -> list[Follow]:
    """Every process of the pack, in its order; troubles are noted, never raised."""
    found = []
    for spec in world.programme.pack.processes:
        if spec.id not in world.programme.pack.parts:
            continue
        if tell is not None:
            tell(f"{spec.shown}…")
        done = _process(world, spec)
        if done is not None:
            found.append(done)
    return found


def _process(world: World, spec: Process) -> Follow | None:
    here = next(one for one in ahead(world.edition, world.clock.now) if one.spec.id == spec.id)
    if spec.about == "unit":
        chosen = [one.pk for one in here.units[:MOST]]
    else:
        due = sorted((one for one in here.due if one.on is not None), key=lambda one: (one.on, one.honour.pk))
        if not due:
            return None
        chosen = [one.honour.pk for one in due[:MOST] if one.on == due[0].on]
        world.clock.go(morning(due[0].on or world.clock.today))
    if not chosen:
        return None
    try:
        made = open_round(
            actor=world.offices.actor(world.edition.organiser_id, "approver"),
            at=world.clock.tick(),
            edition=world.edition,
            process=spec.id,
            chosen=chosen,
        )
    except Refused as refusal:
        world.troubles.add("run", f"“{spec.shown}”没能开始：{refusal.text}", spec.clause)
        return None
    programme = programme_of(main_process(made))
    round_ = replace(world, edition=made, programme=programme, planned=[], nominees={}, stages={})
    cases = list(Case.objects.filter(process=programme.process).select_related("over").order_by("pk"))
    round_.nominees = {one.pk: _somebody(world, one, n) for n, one in enumerate(cases)}
    done = Follow(spec.id, spec.shown, world.clock.today.isoformat(), len(cases))
    for stage in acting_order(programme):
        if stage.type == "apply":
            _hand_in(round_, stage)
        else:
            acts()[stage.type].act(round_, stage)
    _settle(round_, spec, done)
    return done


def _somebody(world: World, case: Case, n: int) -> Nominee:
    """Who the case is about, as the rehearsal knows them; a unit is somebody of its own."""
    before = case.over.case_id if case.over is not None else None
    known = world.nominees.get(before) if before is not None else None
    if known is not None:
        return replace(known, case_id=case.pk, breaks_rule=False, judged={})
    unit = next(
        (one for one in world.parties.units if one.organisation.pk == case.nominator_id), world.parties.units[0]
    )
    return Nominee(case.award, case.route, unit, case.applying_unit, 0.9 - n / 100, name=case.title, case_id=case.pk)


def _hand_in(world: World, stage: Stage) -> None:
    """The self-report: what the form asks besides what is known, its files, handed in."""
    record = world.record(stage)
    for case in Case.objects.filter(pk__in=world.nominees).order_by("pk"):
        plan = plan_of(world.programme, case)
        person = world_filling(world).person(
            case.applying_unit.name, case.nominator.short_name, world.clock.today, as_of(world.programme)
        )
        answers = world_filling(world).form(plan, person)
        fresh = {key: one for key, one in answers.items() if key not in case.values and not is_blank(one)}
        actor = world.offices.actor(case.applying_unit_id, "filer")
        save_values(actor=actor, at=world.clock.tick(), case_id=case.pk, changes=fresh)
        case.refresh_from_db()
        attach(world, case, facts_of_one(world.programme, case), case.pk)
        give_needed(world, case, stage)
        try:
            submit(actor=actor, at=world.clock.tick(), case_id=case.pk)
        except Refused as refusal:
            record.refused.append(f"{case.title}：{refusal.text}")
            world.troubles.add("run", f"{case.title}没能提交“{stage.shown}”：{refusal.text}", stage.clause)
    rows = StageRow.objects.filter(process=world.programme.process, stage=stage.id)
    record.entered, record.out = rows.count(), rows.filter(state=RowState.DONE).count()


def _settle(world: World, spec: Process, done: Follow) -> None:
    """The decision, by whoever may take it; what followed in words."""
    today = world.clock.today
    roles = spec.by or naming_roles(world.programme, joint=False)
    actors = [
        world.actor_for(tuple(roles), None, "approver"),
        world.offices.actor(world.edition.organiser_id, "approver"),
    ]
    actor = next((one for one in actors if may_settle(one, world.programme)), actors[0])
    number = f"试工发〔{today.year}〕{world.edition.pk}号"
    try:
        outcomes = settle(actor=actor, at=world.clock.tick(), programme=world.programme, number=number)
    except Refused as refusal:
        world.troubles.add("run", f"“{spec.shown}”没能办结：{refusal.text}", spec.clause)
        return
    for one in outcomes:
        done.tiers[one.tier_label] = done.tiers.get(one.tier_label, 0) + 1
        done.followed += [said["said"] for said in one.effects if said["said"] not in done.followed]
        done.followed += [
            f"{said}（由人工办理）" for said in one.manual if f"{said}（由人工办理）" not in done.followed
        ]
