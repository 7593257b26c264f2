"""Regular contact (常态化联系, measures-2025 第二十条): when somebody should have been spoken to again."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

MONTHS: Final = 3
"""After how many months without contact somebody is due, unless the edition's office set another number."""
LONGEST: Final = 24
ANSWER_DAYS: Final = 15
"""How long the answer to a concern may take, unless the keeper writes another day."""
OUTCOMES: Final = {"on_track": "按方案进行", "behind": "进度滞后", "stopped": "中断，需要调整"}
"""What a mid-term check finds."""


def due_on(last: date, months: int) -> date:
    """The day by which the next contact is due: so many months on, at most the last of that month.

    >>> due_on(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(last.year * 12 + last.month - 1 + months, 12)
    return date(year, month + 1, min(last.day, monthrange(year, month + 1)[1]))


def cutoff(today: date, months: int) -> date:
    """Whoever was last contacted before this day is due by now: `last < cutoff` says the same as
    `due_on(last, months) < today`, and a database can compare it.

    >>> cutoff(date(2027, 3, 1), 3)
    datetime.date(2026, 12, 1)
    """
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    while due_on(day, months) < today:
        day += timedelta(days=1)
    while due_on(day - timedelta(days=1), months) >= today:
        day -= timedelta(days=1)
    return day


def halfway(begun: date, until: date | None) -> date | None:
    """The middle day of a term, from which the mid-term check (期中检查) is owed; None without an end."""
    return None if until is None else begun + (until - begun) / 2


def waited(since: date, today: date) -> int:
    """Whole months gone by since the last contact, as people say it."""
    months = (today.year - since.year) * 12 + today.month - since.month
    return max(0, months - (today.day < since.day))
