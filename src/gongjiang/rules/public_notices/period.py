"""How long a public notice lasts. The clock belongs to a person's entry, not to the page (TRUST, invariant 7)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from typing import Final, TypeVar

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.workdays import UNIT_LABELS, Calendar, FirstDay, Period, Unit, days_left

BEIJING: Final = timezone(timedelta(hours=8))

Key = TypeVar("Key", bound=Hashable)


class NoticeState(Enum):
    """Where a day stands towards an entry's period."""

    WAITING = "待公示"
    OPEN = "公示中"
    OVER = "公示期满"


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """What a pack says of its notice: `length` units, and whether the day of posting is one of them."""

    length: int
    unit: Unit = "working_day"
    first_day: FirstDay = "next"

    def text(self) -> str:
        """`5个工作日（公示当日不计）`."""
        counted = "公示当日计入" if self.first_day == "counts" else "公示当日不计"
        return f"{self.length}{UNIT_LABELS[self.unit]}（{counted}）"

    def period(self, published_on: date, calendar: Calendar) -> Period:
        """The days that count; raises UndecreedYear where the calendar ends before the notice does."""
        return calendar.period(published_on, self.length, self.unit, self.first_day)


@dataclass(frozen=True, slots=True)
class EntryNotice:
    """The notice of one entry: posted on a day, with the days that count for it."""

    published_on: date
    period: Period

    @staticmethod
    def of(published_on: date, terms: NoticeTerms, calendar: Calendar) -> "EntryNotice":
        """The notice that begins on `published_on`."""
        return EntryNotice(published_on, terms.period(published_on, calendar))

    @property
    def last(self) -> date:
        """The last day; objections are taken until its end."""
        return self.period.last

    @property
    def closes_at(self) -> datetime:
        """The first moment that is too late: the midnight after the last day, Beijing time."""
        return datetime.combine(self.last + timedelta(days=1), time(), BEIJING)

    def state(self, on: date) -> NoticeState:
        """The posting day is already open, whether it counts or not."""
        if on < self.published_on:
            return NoticeState.WAITING
        return NoticeState.OPEN if on <= self.last else NoticeState.OVER

    def days_left(self, on: date) -> int:
        """Counted days not yet over, today included."""
        return days_left(self.period, on)

    def takes_objection(self, at: datetime) -> bool:
        """Is an objection of this moment (aware) in time? 23:59:59.999 of the last day is."""
        return self.published_on <= at.astimezone(BEIJING).date() and at < self.closes_at


@dataclass(frozen=True, slots=True)
class Posted:
    """What stands on the page for one entry: a fingerprint of all that is shown, and since when it stands so."""

    fingerprint: str
    since: date


def carry_over(posted: Mapping[Key, Posted], now: Mapping[Key, str], on: date) -> dict[Key, Posted]:
    """The clocks after a page has changed on a day: an unchanged entry keeps its own, a changed or added one starts
    anew, a struck one is gone and restarts nobody.
    """
    kept: dict[Key, Posted] = {}
    for key, fingerprint in now.items():
        before = posted.get(key)
        same = before is not None and before.fingerprint == fingerprint
        kept[key] = before if same and before is not None else Posted(fingerprint, on)
    return kept


def may_confer(notice: EntryNotice | None, on: date, open_objections: int) -> Decision:
    """May this person be named on a day? Only after their own notice, with every admitted objection settled."""
    if notice is None:
        return Decision.no(Reason("尚未公示，不能命名。"))
    reasons: list[Reason] = []
    if notice.state(on) is not NoticeState.OVER:
        reasons.append(Reason(f"公示到{long_date(notice.last)}止，期满后才能命名。"))
    if open_objections:
        reasons.append(Reason(f"还有{open_objections}件已受理的异议没有办结，办结后才能命名。"))
    return Decision.no(*reasons) if reasons else Decision.yes()
