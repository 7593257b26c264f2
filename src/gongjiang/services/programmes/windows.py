"""When a step may be taken: windows of the pack by the server's clock, moved by recorded extensions.

The moment that counts is the one at which the server received the request (`at`): whatever the clock of the person's
own machine says, and however long the answer takes. What was asked before the end is in time (docs/deadlines.md).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongjiang.kernel.dates import shifted
from gongjiang.kernel.workdays import UndecreedYear
from gongjiang.models import Extension
from gongjiang.rules.programmes.schema.material import Time
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.programmes.programme import Programme, calendar_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens` (None: always) until `closes`, which is the first moment too late (None: never).

    A deadline “30 June” runs to 24:00 of that day: 23:59:59.999 is in time.
    """

    opens: datetime | None = None
    closes: datetime | None = None
    label: str = ""
    late: str = "refuse"

    def state(self, at: datetime) -> str:
        """early, open or late."""
        if self.opens is not None and at < self.opens:
            return "early"
        return "late" if self.closes is not None and at >= self.closes else "open"

    @property
    def last_day(self) -> date | None:
        """The last day on which it is open, as people say it."""
        if self.closes is None:
            return None
        return today_of(self.closes - timedelta(microseconds=1))


def midnight(day: date) -> datetime:
    """The beginning of a day, by the server's official time."""
    return timezone.make_aware(datetime.combine(day, time.min))


def today_of(at: datetime) -> date:
    """The day in which a moment lies, by the server's official time."""
    return timezone.localtime(at).date()


def window_of(
    programme: Programme,
    name: str | None,
    organisations: int | Collection[int | None] | None = None,
    extensions: Iterable[Extension] | None = None,
) -> Window:
    """The window of a time of the pack, with the extensions that hold for any of these organisations.

    `extensions`: those of the edition by id, where they were read before (many windows on one page).
    """
    spec = programme.time(name)
    if spec is None:
        return Window()
    opens = closes = None
    if spec.window is not None:
        opens, closes = midnight(spec.window.from_), _after(programme, spec, spec.window.to)
    elif spec.date is not None:
        closes = _after(programme, spec, spec.date)
    elif spec.length is not None and programme.edition.parent_id and programme.edition.opened_at is not None:
        opens, closes = _in_round(programme, spec, programme.edition.opened_at)
    if extensions is None:
        extensions = Extension.objects.filter(edition=programme.edition, time=name).order_by("id")
    ours = {organisations} if isinstance(organisations, int) else set(organisations or ())
    for one in extensions:
        if one.time == name and (one.organisation_id is None or one.organisation_id in ours):
            opens = one.opens if one.opens is not None and one.ended_at is None else opens
            closes = one.holds_until if closes is None else max(closes, one.holds_until)
    return Window(opens, closes, spec.shown, spec.late)


def _after(programme: Programme, spec: Time, last: date) -> datetime:
    """The midnight after the last day. A last day off is moved to the next working day only where the pack says so;
    a year that isn't decreed moves nothing (it is asked for before the edition opens: `undecreed`)."""
    if spec.day_off == "next_working_day":
        calendar, day = calendar_of(programme.pack.pack.calendar), last
        try:
            while not calendar.is_working_day(day):
                day += _DAY
        except UndecreedYear:
            return midnight(last + _DAY)
        last = day
    return midnight(last + _DAY)


def _in_round(programme: Programme, spec: Time, opened: datetime) -> tuple[datetime | None, datetime | None]:
    """A length of time in a round of a process runs from the day it was opened; working days by the calendar."""
    assert spec.length is not None
    many = programme.value(spec.length.exactly if spec.length.exactly is not None else spec.length.at_least)
    if many is None:
        return None, None
    first = today_of(opened)
    count, unit = int(many), spec.length.unit
    if unit == "working_day":
        last, calendar = first, calendar_of(programme.pack.pack.calendar)
        try:
            while count:
                last += _DAY
                count -= calendar.is_working_day(last)
        except UndecreedYear:
            return midnight(first), None
    else:
        last = shifted(first, **{f"{unit}s": count})
    return midnight(first), _after(programme, spec, last)


def undecreed(programme: Programme) -> list[str]:
    """What stands between this edition and its opening because a deadline may move and its year isn't loaded yet."""
    found: list[str] = []
    for spec in programme.pack.times:
        last = spec.window.to if spec.window is not None else spec.date
        if spec.day_off != "next_working_day" or last is None:
            continue
        calendar = calendar_of(programme.pack.pack.calendar)
        try:
            while not calendar.is_working_day(last):
                last += _DAY
        except UndecreedYear as problem:
            found.append(f"“{spec.shown}”逢假日顺延：{problem.text}")
    return found


def stage_window(
    programme: Programme,
    stage: Stage,
    organisations: int | Collection[int | None] | None = None,
    extensions: Iterable[Extension] | None = None,
) -> Window:
    """The window of a stage: its `time`, and its `due` as the end."""
    found = window_of(programme, stage.time, organisations, extensions)
    due = window_of(programme, stage.due, organisations, extensions)
    ends = [one for one in (found.closes, due.closes) if one is not None]
    late = due.late if stage.due else found.late
    return Window(found.opens, min(ends) if ends else None, found.label or due.label, late)


def as_of(programme: Programme) -> date:
    """The day on which years and ages are counted (pack-notes 10)."""
    spec = programme.pack.pack.as_of
    if programme.edition.parent_id and programme.edition.opened_at is not None:  # a round counts from its own day
        return today_of(programme.edition.opened_at)
    if spec.date is not None:
        return spec.date
    found = programme.time(spec.time)
    if found is not None and found.window is not None:
        return found.window.from_ if spec.at == "first" else found.window.to
    if found is not None and found.date is not None:
        return found.date
    return date(programme.pack.pack.year, 12, 31)
