"""What is done in the background, by kind. Each source hands out one piece of work at a time, taken in hand so that no
other worker takes it too; its rows are its queue (docs/decisions/0011)."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from gongjiang.services.evidence.finish import next_job as next_forgotten_upload
from gongjiang.services.evidence.prepare import next_job as next_preview
from gongjiang.services.evidence.recognise import next_job as next_recognised
from gongjiang.services.honours.certificates.paper import next_job as next_certificate
from gongjiang.services.messages.deliver import next_delivery
from gongjiang.services.messages.spread import next_spread
from gongjiang.services.opinions.remind import next_job as next_opinion_reminder
from gongjiang.services.packages.build import Going
from gongjiang.services.packages.build import next_job as next_package
from gongjiang.services.programmes.clock import offset
from gongjiang.services.public_notices.catch_up import Keeper
from gongjiang.services.reports.periodic.chase import next_chase
from gongjiang.services.reports.reminders.sweep import next_reminders
from gongjiang.services.scoring.watching import next_job as next_panel_check

Job = Callable[[], None]


def shown(at: datetime) -> datetime:
    """The platform's time, which a sample moves: by it days are counted, and what people are told is dated."""
    return at + (offset() or timedelta())


def next_told(at: datetime) -> Job | None:
    """The next message to pass on from the inbox; messages carry the platform's time."""
    return next_spread(at, shown(at))


def next_conflicts(at: datetime) -> Job | None:
    """The next panel whose people's records have changed."""
    return next_panel_check(shown(at))


def next_box(at: datetime) -> Job | None:
    """The next opinion to remind of; it falls due by the platform's time."""
    return next_opinion_reminder(shown(at))


def next_archive(at: datetime, going: Going) -> Job | None:
    """The next piece of a package; its days are counted by the platform's time."""
    apart = shown(at) - at
    return next_package(at + apart, lambda: going() + apart)


def next_reading(at: datetime) -> Job | None:
    """The next picture to read; whom it concerns is told by the platform's time."""
    return next_recognised(shown(at))


def next_forgotten(at: datetime) -> Job | None:
    """The next upload that nobody goes on with; its days are counted by the platform's time."""
    return next_forgotten_upload(shown(at))


KEEPER: Final = Keeper()


def next_pages(at: datetime) -> Job | None:
    """Public pages that no longer show what is recorded; their day is the platform's."""
    return KEEPER.next_job(shown(at))


Source = Callable[[datetime], Job | None]
IN_A_ROW: Final = 5


def sources(going: Going) -> tuple[Source, ...]:
    """Where work comes from, in this order: what is quick and awaited by people first. `going`: called while a long
    piece gets on, for whoever watches over the worker; it gives the time."""
    return (
        next_preview,
        next_told,
        next_pages,
        next_reminders,
        next_chase,
        next_delivery,
        next_reading,
        partial(next_archive, going=going),
        next_certificate,
        next_forgotten,
        next_box,
        next_conflicts,
    )


class Turns:
    """Which piece is next. The first source that has any; but after each `IN_A_ROW` pieces one of the sources in turn,
    so that a flood of uploads on the last evening holds up neither reminders nor packages."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self.ring = deque(sources)
        self.done = 0

    def next_job(self, at: datetime) -> Job | None:
        """The next piece of work of any kind, taken in hand; None if nothing waits at `at`."""
        self.done += 1
        if self.done <= IN_A_ROW:
            return next((job for source in self.sources if (job := source(at)) is not None), None)
        self.done = 0
        for source in tuple(self.ring):
            self.ring.rotate(-1)
            job = source(at)
            if job is not None:
                return job
        return None


def do_all(at: datetime, going: Going | None = None) -> int:
    """Everything that waits now; how many pieces there were."""
    number, turns = 0, Turns(sources(going or (lambda: at)))
    while (job := turns.next_job(at)) is not None:
        job()
        number += 1
    return number
