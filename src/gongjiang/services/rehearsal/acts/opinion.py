"""opinion: departments fill their boxes; a case for which nobody has to say anything is passed on by the office."""

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.acts.case_by_case import CaseByCase
from gongjiang.services.rehearsal.world import World


class Opinion(CaseByCase):
    """All agree: the last box completes the stage by itself."""

    def decide(self, world: World, stage: Stage, case: Case) -> None:
        """What is still open then, the office completes."""
        if not StageRow.objects.filter(case=case, stage=stage.id, state=RowState.OPEN).exists():
            return
        actor = world.actor_for(stage.by, case, "approver")
        try:
            move(actor=actor, at=world.clock.tick(), case_id=case.pk, stage_id=stage.id, action="complete")
        except Refused as refusal:
            self.refused(world, stage, case, refusal, "办不过去")


ACT = Opinion()
