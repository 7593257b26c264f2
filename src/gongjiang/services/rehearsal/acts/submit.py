"""submit: a unit sends its cases up."""

from datetime import datetime

from gongjiang.kernel.errors import Refused
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.acts.base import Act, open_cases
from gongjiang.services.rehearsal.opinions import give_needed, judge_needed
from gongjiang.services.rehearsal.world import World


class Submit(Act):
    """Case by case; who is over a quota stays behind."""

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """Everybody who is here."""
        cases = open_cases(world, stage)
        moments = world.clock.moments(end, len(cases))
        for case, moment in zip(cases, moments, strict=True):
            world.clock.go(moment)
            judge_needed(world, case, stage)
            give_needed(world, case, stage)
            actor = world.actor_for(stage.by, case, "approver")
            try:
                move(actor=actor, at=world.clock.tick(), case_id=case.pk, stage_id=stage.id, action="report")
            except Refused as refusal:
                world.record(stage).refused.append(f"{case.title}：{refusal.text}")
                world.troubles.add("run", f"“{stage.shown}”有人报不上去：{refusal.text}", stage.clause)


ACT = Submit()
