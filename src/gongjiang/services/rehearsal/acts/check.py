"""check: an office looks at each case, gives its opinions and judgements, and passes or refuses."""

from datetime import datetime

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.acts.base import Act, open_cases
from gongjiang.services.rehearsal.opinions import give_needed, judge_needed
from gongjiang.services.rehearsal.world import World


class Check(Act):
    """Case by case; who can't pass is refused with the reason on record."""

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """Everybody who is here."""
        cases = open_cases(world, stage)
        moments = world.clock.moments(end, len(cases))
        for case, moment in zip(cases, moments, strict=True):
            world.clock.go(moment)
            judge_needed(world, case, stage)
            give_needed(world, case, stage)
            self.decide(world, stage, case)

    def decide(self, world: World, stage: Stage, case: Case) -> None:
        """Pass; or not, where a rule forbids it."""
        actor = world.actor_for(stage.by, case, "approver")
        try:
            move(actor=actor, at=world.clock.tick(), case_id=case.pk, stage_id=stage.id, action="pass")
        except Refused as refusal:
            reason = "；".join(one.text for one in refusal.reasons) or refusal.text
            move(
                actor=actor,
                at=world.clock.tick(),
                case_id=case.pk,
                stage_id=stage.id,
                action="reject",
                reason=reason[:300],
            )
            world.record(stage).refused.append(f"{case.title}：{reason}")


ACT = Check()
