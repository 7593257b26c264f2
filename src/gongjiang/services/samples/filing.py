"""Editions being filed: drafts, returned ones, and cases at every step up to the first list."""

from datetime import date, timedelta
from typing import Final

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, Opinion
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import needed_parties
from gongjiang.services.nominations.transition import move
from gongjiang.services.opinions.give import give_opinion
from gongjiang.services.rehearsal.acts import acts
from gongjiang.services.rehearsal.acts.case_by_case import CaseByCase
from gongjiang.services.rehearsal.clock import morning
from gongjiang.services.rehearsal.filing import begin, complete, file_nominee
from gongjiang.services.rehearsal.opinions import AGREED
from gongjiang.services.rehearsal.world import Nominee, World

RETURNED: Final = "简历缺一段时间，请补填一行；获奖证书请上传彩色扫描件。"


def file_up_to(world: World, nominee: Nominee, how: str, day: date) -> Case | None:
    """One nomination as far as `how`: draft, submitted, returned, or the id of the stage where it waits."""
    world.clock.go(morning(day) + timedelta(minutes=7 * len(world.nominees) % 400))
    if how == "draft":
        case, person = begin(world, nominee)
        complete(world, nominee, case, person)
        return case
    filed = file_nominee(world, nominee)
    if filed is None or how == "submitted":
        return filed
    if how == "returned":
        return _returned(world, filed)
    return _on_to(world, filed, how)


def _returned(world: World, case: Case) -> Case:
    stage = next(one for one in world.programme.stages if one.type == "check")
    actor = world.actor_for(stage.by, case, "officer")
    world.clock.tick(3600)
    move(
        actor=actor,
        at=world.clock.tick(),
        case_id=case.pk,
        stage_id=stage.id,
        action="return",
        reason=RETURNED,
    )
    return case


def _on_to(world: World, case: Case, stop: str) -> Case:
    """Through the stages before `stop`; there half of the departments have signed already."""
    for stage in world.programme.stages:
        if stage.type == "apply":
            continue
        if stage.id == stop:
            if stage.type == "opinion":
                sign_some(world, stage, case)
            return case
        act = acts()[stage.type]
        if not isinstance(act, CaseByCase):
            return case
        world.clock.tick(1800)
        act.one(world, stage, _fresh(case))
    return case


def sign_some(world: World, stage: Stage, case: Case, part: int = 2) -> None:
    """Every second department has given its opinion."""
    fresh = _fresh(case)
    asked = needed_parties(world.programme, stage, facts_of_one(world.programme, fresh))
    for one in asked[::part][: max(len(asked) - 1, 0)]:
        try:
            give_opinion(
                actor=world.actor_for(one.by or stage.by, fresh, "department"),
                at=world.clock.tick(),
                case_id=case.pk,
                sheet=one.sheet,
                party=one.party,
                verdict=Opinion.Verdict.AGREE,
                text=AGREED,
            )
        except Refused:
            return


def _fresh(case: Case) -> Case:
    return (
        Case.objects.select_related("process__edition__pack", "subject", "nominator", "applying_unit")
        .prefetch_related("parties__organisation")
        .get(pk=case.pk)
    )
