"""opinion: departments fill their boxes; a case for which nobody has to say anything is passed on by the office."""

from datetime import datetime

from gongjiang.kernel.errors import Refused
from gongjiang.models import StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.acts.base import Act, open_cases
from gongjiang.services.rehearsal.opinions import give_needed, judge_needed
from gongjiang.services.rehearsal.world import World


class Opinion(Act):
    """All agree."""

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """Box by box; the last one completes the stage by itself."""
        cases = open_cases(world, stage)
        moments = world.clock.moments(end, len(cases))
        for case, moment in zip(cases, moments, strict=True):
            world.clock.go(moment)
            judge_needed(world, case, stage)
            give_needed(world, case, stage)
        left = StageRow.objects.filter(process=world.programme.process, stage=stage.id, state=RowState.OPEN)
        for row in left.select_related("case").prefetch_related("case__parties"):
            actor = world.actor_for(stage.by, row.case, "approver")
            try:
                move(actor=actor, at=world.clock.tick(), case_id=row.case_id, stage_id=stage.id, action="complete")
            except Refused as refusal:
                world.record(stage).refused.append(f"{row.case.title}：{refusal.text}")
                world.troubles.add("run", f"“{stage.shown}”有人办不过去：{refusal.text}", stage.clause)


ACT = Opinion()
