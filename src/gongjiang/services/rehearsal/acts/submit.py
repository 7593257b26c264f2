"""submit: a unit sends its cases up."""

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.acts.case_by_case import CaseByCase
from gongjiang.services.rehearsal.handing import awaits
from gongjiang.services.rehearsal.world import World


class Submit(CaseByCase):
    """Who is over a quota stays behind."""

    def decide(self, world: World, stage: Stage, case: Case) -> None:
        """Sent up by the unit; what another body decides in the end is left to it."""
        if awaits(world.programme, stage):
            return
        actor = world.actor_for(stage.by, case, "approver")
        try:
            move(actor=actor, at=world.clock.tick(), case_id=case.pk, stage_id=stage.id, action="report")
        except Refused as refusal:
            self.refused(world, stage, case, refusal, "报不上去")


ACT = Submit()
