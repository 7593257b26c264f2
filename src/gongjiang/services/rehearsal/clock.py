"""The clock of a rehearsal: it only moves forward, and each stage acts inside its window.

A stage's slot ends when it, or any stage behind it, must be over: filing, checking and sending up that share one
deadline share the days before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongjiang.kernel.errors import GongjiangError
from gongjiang.kernel.workdays import Calendar
from gongjiang.rules.nominations.flow import downstream
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import Window, stage_window, window_of

MORNING = time(9, 0)
#: Days that a stage takes whose notice gives it no window.
OPEN_DAYS = 5


@dataclass
class Clock:
    """Now, and how fast time passes. `brisk`: no idle days; each stage acts as soon as it may."""

    now: datetime
    calendar: Calendar
    brisk: bool = False

    def tick(self, seconds: float = 1) -> datetime:
        """A moment later."""
        self.now += timedelta(seconds=seconds)
        return self.now

    def go(self, moment: datetime) -> datetime:
        """Forward to a moment; never back."""
        self.now = max(self.now, moment)
        return self.now

    @property
    def today(self) -> date:
        """The day, by the official time."""
        return timezone.localtime(self.now).date()

    def working(self, day: date) -> date:
        """That day, or the next on which offices work. Raises UndecreedYear where nobody can know."""
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        return day

    def office_day(self, day: date) -> date:
        """As `working`, but the day itself where the calendar is not decreed: only counted days need it."""
        try:
            return self.working(day)
        except GongjiangError:
            return day


def morning(day: date) -> datetime:
    """Nine o'clock of a day."""
    return timezone.make_aware(datetime.combine(day, MORNING))


def acting_window(programme: Programme, stage: Stage) -> Window:
    """When a stage may act: its own window and deadline; a notice's is the window of its period."""
    period = getattr(stage, "period", None)
    return window_of(programme, period) if period else stage_window(programme, stage)


def effective_ends(programme: Programme) -> Mapping[str, datetime | None]:
    """By stage: the earliest end among its own and those of the stages behind it that begin no later."""
    windows = {one.id: acting_window(programme, one) for one in programme.stages}
    found: dict[str, datetime | None] = {}
    for stage in programme.stages:
        behind = downstream(programme.stages, stage.id) | {stage.id}
        ends = [windows[one].closes for one in behind]
        found[stage.id] = min((one for one in ends if one is not None), default=None)
    return found


def slot(programme: Programme, stage: Stage, clock: Clock) -> tuple[datetime, datetime]:
    """When this stage acts: its share of the time until the next deadline.

    In a brisk rehearsal, or once everything is late, the stage begins at once and takes no day more than it must.
    """
    opens = acting_window(programme, stage).opens
    begin = clock.now if opens is None else max(clock.now, opens)
    if begin.time() < MORNING or opens == begin:
        begin = max(begin, morning(timezone.localtime(begin).date()))
    ends = effective_ends(programme)
    end = ends[stage.id]
    if clock.brisk or (end is not None and end <= begin):
        return begin, begin
    ahead = [one.id for one in programme.stages]
    sharing = [one for one in ahead[ahead.index(stage.id) :] if ends[one] == end]
    if end is None:
        return begin, begin + timedelta(days=OPEN_DAYS)
    return begin, begin + (end - begin) / max(len(sharing), 1)
