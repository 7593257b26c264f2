"""name: the document is issued on a working day after the notice, and everybody on it enters the register."""

from datetime import datetime

from gongjiang.kernel.errors import Refused
from gongjiang.models import NamingDocument, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.honours.confer import confer
from gongjiang.services.rehearsal.acts.base import Act
from gongjiang.services.rehearsal.world import World


class Name(Act):
    """One document for all."""

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """Issue it."""
        here = StageRow.objects.filter(process=world.programme.process, stage=stage.id, state=RowState.OPEN)
        if not here.exists():
            world.troubles.add("run", f"没有人到“{stage.shown}”这一步。", stage.clause)
            return
        issued = NamingDocument.objects.filter(process__edition__organiser_id=world.programme.edition.organiser_id)
        try:
            confer(
                actor=world.actor_for(stage.by, None, "approver"),
                at=world.clock.tick(),
                programme=world.programme,
                stage_id=stage.id,
                number=f"样发〔{world.clock.today.year}〕{issued.count() + 1}号",
                without="试运行：其余人选办结后另行发文",
            )
        except Refused as refusal:
            world.troubles.add("run", f"命名没有办成：{refusal.text}", stage.clause)


ACT = Name()
