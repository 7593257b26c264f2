"""apply: everybody fills in and submits, spread over the days of the window."""

from datetime import datetime

from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.rehearsal.acts.base import Act
from gongjiang.services.rehearsal.filing import file_nominee
from gongjiang.services.rehearsal.plan import routes_for
from gongjiang.services.rehearsal.world import Nominee, World


class Apply(Act):
    """Nominees whose way in begins at this stage."""

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """One after another, each at their own moment."""
        mine = [one for one in world.planned if one.case_id is None and self.comes_here(world, stage, one)]
        moments = world.clock.moments(end, len(mine))
        for nominee, moment in zip(mine, moments, strict=True):
            world.clock.go(moment)
            file_nominee(world, nominee)

    def comes_here(self, world: World, stage: Stage, nominee: Nominee) -> bool:
        """Does this way in belong to this stage?"""
        names = {one.id for one in getattr(stage, "routes", ())}
        return nominee.route in names or not routes_for(world.programme, nominee.award)

    def entered(self, world: World, stage: Stage) -> int:
        """Everybody who began."""
        return StageRow.objects.filter(process=world.programme.process, stage=stage.id).count()

    def out(self, world: World, stage: Stage) -> int:
        """Everybody who submitted."""
        done = StageRow.objects.filter(process=world.programme.process, stage=stage.id, state=RowState.DONE)
        return Case.objects.filter(pk__in=done.values("case_id")).count()


ACT = Apply()
