"""What acts share: who is open at a stage, and the frame around every act."""

from datetime import datetime, timedelta

from django.utils import timezone

from gongjiang.kernel.dates import long_date
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.programmes.extend import extend
from gongjiang.services.programmes.windows import midnight, window_of
from gongjiang.services.rehearsal.clock import acting_window, morning, slot
from gongjiang.services.rehearsal.opinions import judge_shared
from gongjiang.services.rehearsal.world import World


class Act:
    """People at one stage. Subclasses say what they do in `run`; `act` minds clock, windows and figures."""

    #: Does the work of many people spread over the stage's days?
    spread = False

    def act(self, world: World, stage: Stage) -> None:
        """Everybody at this stage does their part."""
        record = world.record(stage)
        begin, end = slot(world.programme, stage, world.clock)
        world.clock.go(self.begins(world, stage, begin))
        self.keep_window(world, stage)
        record.begun = world.clock.now
        judge_shared(world, stage)
        self.run(world, stage, end)
        record.ended = world.clock.now
        if not world.clock.brisk:
            world.clock.go(end)
        record.entered = self.entered(world, stage)
        record.out = self.out(world, stage)

    def begins(self, world: World, stage: Stage, begin: datetime) -> datetime:
        """When the stage starts to act: a working day in the morning."""
        day = timezone.localtime(begin).date()
        working = world.clock.office_day(day)
        return begin if working == day else morning(working)

    def run(self, world: World, stage: Stage, end: datetime) -> None:
        """What they do, until about `end`."""
        raise NotImplementedError

    def keep_window(self, world: World, stage: Stage) -> None:
        """Too late by the notice: the deadline is moved on record, as an office would have to."""
        window = acting_window(world.programme, stage)
        if window.closes is None or window.state(world.clock.now) != "late":
            return
        name = getattr(stage, "period", None) or stage.time or stage.due
        today = world.clock.today
        said = f"“{stage.shown}”在{long_date(today)}才办到，通知规定到{long_date(window.last_day or today)}为止"
        if window.late != "refuse":
            world.troubles.add("dates", f"{said}，须由主办单位认可。", stage.clause)
            return
        world.troubles.add("dates", f"{said}，试运行已按延期办理。", stage.clause)
        until = midnight(today + timedelta(days=1))
        for one in sorted({one for one in (stage.time, stage.due, name) if one}):
            ends = window_of(world.programme, one).closes
            if ends is not None and ends >= until:
                continue
            extend(
                actor=world.offices.actor(world.edition.organiser_id, "approver"),
                at=world.clock.tick(),
                edition=world.edition,
                time=one,
                until=until,
                reason="试运行：起始日期晚于通知的时间安排",
                telling=False,
            )

    def entered(self, world: World, stage: Stage) -> int:
        """How many came to this stage."""
        rows = StageRow.objects.filter(process=world.programme.process, stage=stage.id)
        return rows.exclude(state__in=[RowState.WAITING, RowState.PASSED_BY]).count()

    def out(self, world: World, stage: Stage) -> int:
        """How many are on its list."""
        return StageRow.objects.filter(process=world.programme.process, stage=stage.id, state=RowState.DONE).count()


def open_cases(world: World, stage: Stage) -> list[Case]:
    """Cases that somebody has to act on here, in the order they came, with their parties."""
    rows = StageRow.objects.filter(process=world.programme.process, stage=stage.id, state=RowState.OPEN)
    found = (
        Case.objects.filter(pk__in=rows.values("case_id"))
        .select_related("process__edition__pack", "subject", "nominator", "applying_unit")
        .prefetch_related("parties__organisation")
    )
    return list(found.order_by("pk"))
