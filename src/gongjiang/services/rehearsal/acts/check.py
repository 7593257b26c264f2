"""check: an office looks at each case, gives its opinions and judgements, and passes or refuses."""

from gongjiang.kernel.errors import Refused
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.acts.case_by_case import CaseByCase
from gongjiang.services.rehearsal.world import World


class Check(CaseByCase):
    """Who can't pass is refused with the reason on record."""

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
