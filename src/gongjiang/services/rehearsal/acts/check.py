"""check: an office looks at each case, gives its opinions and judgements, and passes or refuses."""

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.formality.judge_case import accept_reason, give_reason
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.acts.case_by_case import CaseByCase
from gongjiang.services.rehearsal.world import World

WHY = "该同志仍在一线带班攻关，所在工序暂无人接替，推荐单位集体研究认为确有必要推荐。（试运行）"


class Check(CaseByCase):
    """Who can't pass is refused with the reason on record."""

    def decide(self, world: World, stage: Stage, case: Case) -> None:
        """Pass; or not, where a rule forbids it."""
        actor = world.actor_for(stage.by, case, "approver")
        try:
            self.pass_(world, stage, case, actor)
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

    def pass_(self, world: World, stage: Stage, case: Case, actor: Actor) -> None:
        """Pass; a soft rule that is not met is justified by one officer and accepted by another, on record."""
        try:
            move(actor=actor, at=world.clock.tick(), case_id=case.pk, stage_id=stage.id, action="pass")
        except Refused as refusal:
            soft = [one.subject for one in refusal.reasons if one.force == "soft"]
            writer = world.actor_for(tuple(world.programme.nominating), case, "officer")
            if len(soft) < len(refusal.reasons) or not soft or writer.user_id == actor.user_id:
                raise
            for rule in soft:
                give_reason(actor=writer, at=world.clock.tick(), case_id=case.pk, rule=rule, reason=WHY)
                accept_reason(actor=actor, at=world.clock.tick(), case_id=case.pk, rule=rule)
            move(actor=actor, at=world.clock.tick(), case_id=case.pk, stage_id=stage.id, action="pass")


ACT = Check()
