"""Periods of a notice: counted days from a decreed calendar, and calendar spans of months and years.

A calendar is what the State Council has decreed, year by year (国务院办公厅关于部分节假日安排的通知).
A year that is not loaded is never guessed: the count is refused and the message names the year.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from gongjiang.kernel.errors import BadInput, GongjiangError

Unit = Literal["working_day", "calendar_day", "month", "year"]
FirstDay = Literal["next", "counts"]

UNIT_LABELS: Final[dict[Unit, str]] = {
    "working_day": "个工作日",
    "calendar_day": "天",
    "month": "个月",
    "year": "年",
}

LONGEST: Final = 3660
"""No notice runs longer than ten years of days; more is a slip of the pen."""

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class UndecreedYear(GongjiangError):
    """The working-day calendar of `year` is not loaded, so nothing that touches it can be counted."""

    status = 409

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year}年的工作日历尚未载入，不能推算工作日。"
            f"请在国务院办公厅公布{year}年节假日安排后，到“系统管理—工作日历”载入该年。",
            f"The working-day calendar of {year} is not loaded. Load it under Administration - Working days "
            "once the State Council has decreed it.",
            place=f"{year}年工作日历",
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class Period:
    """The days that count, in order; `first` and `last` are the outer ones."""

    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The first day that counts."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last day that counts; the period ends with its midnight."""
        return self.days[-1]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The decreed years, their days off, and the weekend days that are worked instead.

    Weekends of a decreed year are off without being listed.
    """

    years: frozenset[int]
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Is this a working day? Raises `UndecreedYear` where nobody can know."""
        if day.year not in self.years:
            raise UndecreedYear(day.year)
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.holidays)

    def period(self, start: date, length: int, unit: Unit, first_day: FirstDay = "next") -> Period:
        """The `length` units that an event on `start` sets running.

        `first_day`: `next`: the day of the event does not count (Civil Code art. 201, the default);
        `counts`: it does, as printed notices often have it. Where the unit is the working day and the event
        falls on a day off, both begin with the next working day.
        >>> Calendar(frozenset({2026})).period(date(2026, 3, 2), 3, "calendar_day").last
        datetime.date(2026, 3, 5)
        """
        _check_length(length)
        if unit == "working_day":
            return _count(start, length, first_day, self.is_working_day)
        if unit == "calendar_day":
            return _count(start, length, first_day, lambda _day: True)
        return _span(start, length * 12 if unit == "year" else length, first_day)


def days_left(period: Period, today: date) -> int:
    """How many counted days are not yet over; today is one of them while it lasts. 0 once all are over."""
    return sum(day >= today for day in period.days)


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier, below 0); the month's last day where it has no such day.

    Civil Code art. 202: without a corresponding day, the last day of the month is the last of the period.
    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def add_years(day: date, years: int) -> date:
    """The same day `years` later or earlier; 29 February becomes the 28th in a common year.

    >>> add_years(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    return add_months(day, years * 12)


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - _ONE_DAY).day


def _check_length(length: int) -> None:
    if not 1 <= length <= LONGEST:
        raise BadInput(
            f"期限须在1到{LONGEST}之间，现为{length}。",
            f"A period lasts from 1 to {LONGEST} units, not {length}.",
        )


def _count(start: date, length: int, first_day: FirstDay, counts: Callable[[date], bool]) -> Period:
    day = start if first_day == "counts" else start + _ONE_DAY
    days: list[date] = []
    while len(days) < length:
        if counts(day):
            days.append(day)
        day += _ONE_DAY
    return Period(tuple(days))


def _span(start: date, months: int, first_day: FirstDay) -> Period:
    end = add_months(start, months)
    if first_day == "counts":
        first, last = start, end - _ONE_DAY
    else:
        first, last = start + _ONE_DAY, end
    return Period(tuple(first + timedelta(days=i) for i in range((last - first).days + 1)))
