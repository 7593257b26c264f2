"""When a step may be taken: windows of the pack by the server's clock, moved by recorded extensions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongjiang.models import Extension
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.programmes.programme import Programme


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
        return timezone.localtime(self.closes - timedelta(microseconds=1)).date()


def midnight(day: date) -> datetime:
    """The beginning of a day, by the server's official time."""
    return timezone.make_aware(datetime.combine(day, time.min))


def window_of(
    programme: Programme,
    name: str | None,
    organisation_id: int | None = None,
    extensions: Iterable[Extension] | None = None,
) -> Window:
    """The window of a time of the pack, with the extensions that hold for this organisation.

    `extensions`: those of the edition by id, where they were read before (many windows on one page).
    """
    spec = programme.time(name)
    if spec is None:
        return Window()
    opens = closes = None
    if spec.window is not None:
        opens, closes = midnight(spec.window.from_), midnight(spec.window.to + timedelta(days=1))
    elif spec.date is not None:
        closes = midnight(spec.date + timedelta(days=1))
    if extensions is None:
        extensions = Extension.objects.filter(edition=programme.edition, time=name).order_by("id")
    moved = [one for one in extensions if one.time == name and one.organisation_id in (None, organisation_id)]
    for one in moved:
        opens = one.opens or opens
        closes = one.until if closes is None else max(closes, one.until)
    return Window(opens, closes, spec.shown, spec.late)


def stage_window(
    programme: Programme,
    stage: Stage,
    organisation_id: int | None = None,
    extensions: Iterable[Extension] | None = None,
) -> Window:
    """The window of a stage: its `time`, and its `due` as the end."""
    found = window_of(programme, stage.time, organisation_id, extensions)
    due = window_of(programme, stage.due, organisation_id, extensions)
    ends = [one for one in (found.closes, due.closes) if one is not None]
    late = due.late if stage.due else found.late
    return Window(found.opens, min(ends) if ends else None, found.label or due.label, late)


def as_of(programme: Programme) -> date:
    """The day on which years and ages are counted (pack-notes 10)."""
    spec = programme.pack.pack.as_of
    if spec.date is not None:
        return spec.date
    found = programme.time(spec.time)
    if found is not None and found.window is not None:
        return found.window.from_ if spec.at == "first" else found.window.to
    if found is not None and found.date is not None:
        return found.date
    return date(programme.pack.pack.year, 12, 31)
