"""The clock of a rehearsal: it only moves forward, and each stage acts inside its window.

A stage's slot ends when it, or any stage behind it, must be over: filing, checking and sending up that share one
deadline share the days before it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongjiang.kernel.errors import GongjiangError
from gongjiang.kernel.workdays import Calendar
from gongjiang.rules.nominations.flow import downstream, source_map
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import Window, stage_window, window_of

MORNING = time(9, 0)
OFFICE_HOURS = timedelta(hours=8)
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

    def moments(self, end: datetime, number: int) -> list[datetime]:
        """So many moments from now to `end`, in order, in office hours of working days; all now if there is no time."""
        start = timezone.localtime(self.now)
        days = [start.date() + timedelta(days=n) for n in range((end - self.now).days + 1)]
        days = [day for day in days if self.office_day(day) == day and morning(day) < end] or [start.date()]
        if end - self.now < timedelta(hours=1):
            return [self.now] * number
        step = len(days) / max(number, 1)
        found = []
        for n in range(number):
            day, share = divmod(n * step, 1)
            found.append(max(self.now, morning(days[int(day)]) + share * OFFICE_HOURS))
        return found

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


def due_by(programme: Programme) -> dict[str, datetime | None]:
    """By stage: the earliest end among its own and those of the stages behind it. A stage without a window of its
    own also ends before a stage behind it opens."""
    windows = {one.id: acting_window(programme, one) for one in programme.stages}
    found: dict[str, datetime | None] = {}
    for stage in programme.stages:
        behind = downstream(programme.stages, stage.id)
        ends = [windows[one].closes for one in (*behind, stage.id)]
        if windows[stage.id].closes is None:
            ends += [windows[one].opens for one in behind]
        found[stage.id] = min((one for one in ends if one is not None), default=None)
    return found


def acting_order(programme: Programme) -> list[Stage]:
    """Stages as they act: what must be over first goes first, as far as lists allow; else the pack's order."""
    ends, stages = due_by(programme), programme.stages
    needs = {one.id: {*source_map(stages)[one.id], *one.after} for one in stages}
    order: list[Stage] = []
    done: set[str] = set()
    while len(order) < len(stages):
        ready = [one for one in stages if one.id not in done and needs[one.id] <= done]
        chosen = min(ready, key=lambda one: (ends[one.id] is None, ends[one.id] or 0, stages.index(one)))
        order.append(chosen)
        done.add(chosen.id)
    return order


def slot(programme: Programme, stage: Stage, clock: Clock) -> tuple[datetime, datetime]:
    """When this stage acts: its share of the time until the next deadline.

    In a brisk rehearsal, or once everything is late, the stage begins at once and takes no day more than it must.
    """
    opens = acting_window(programme, stage).opens
    begin = clock.now if opens is None else max(clock.now, opens)
    if timezone.localtime(begin).time() < MORNING:
        begin = morning(timezone.localtime(begin).date())
    ends = due_by(programme)
    end = ends[stage.id]
    if clock.brisk or (end is not None and end <= begin):
        return begin, begin
    if end is None:
        return begin, begin + timedelta(days=OPEN_DAYS)
    order = [one.id for one in acting_order(programme)]
    sharing = [one for one in order[order.index(stage.id) :] if ends[one] == end]
    return begin, begin + (end - begin) / max(len(sharing), 1)
