"""Times of messages: on which days before an end people are reminded, quiet hours, when a failed delivery is tried
again."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from gongjiang.kernel.errors import BadInput

MARKS: Final = (7, 3, 1, 0)
"""Days before the last day on which people are reminded, where the organiser says nothing else."""
MOST_MARKS, FARTHEST = 8, 60
BACKOFF: Final = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 720, 1440))
"""How long after the first, second, … failure the next try comes; after the last there is none."""


def read_marks(text: str) -> tuple[int, ...]:
    """Days as people write them: `7、3、1、0`. Raises BadInput."""
    words = text.replace("、", ",").replace("，", ",").replace(" ", ",").replace("当天", "0").split(",")
    given = [one for one in words if one]
    if not given or len(given) > MOST_MARKS:
        raise BadInput(f"请写 1 至 {MOST_MARKS} 个天数，如 7、3、1、0。", "One to eight numbers.", place="提前天数")
    if any(not one.isdecimal() or not one.isascii() or int(one[:4]) > FARTHEST for one in given):
        raise BadInput(f"天数须为 0 至 {FARTHEST} 的整数，0 指当天。", "Numbers from 0 to 60.", place="提前天数")
    return tuple(sorted({int(one) for one in given}, reverse=True))


def mark_due(marks: Iterable[int], last: date, since: date, today: date) -> int | None:
    """The reminder to send today for what ends with `last`: the nearest mark that fell after `since` (the day of the
    last look, which saw to its own) and not after today. None: no mark fell, or it is over.

    >>> mark_due((7, 3, 1, 0), date(2026, 6, 30), date(2026, 6, 26), date(2026, 6, 27))
    3
    >>> mark_due((7, 3, 1, 0), date(2026, 6, 30), date(2026, 6, 27), date(2026, 6, 28)) is None
    True
    """
    if today > last:
        return None
    fell = [one for one in marks if since < last - timedelta(days=one) <= today]
    return min(fell, default=None)


def after_quiet(at: datetime, begins: time | None, ends: time | None) -> datetime:
    """The first moment not in the quiet hours, `at` itself if it isn't. `at` is local; 22:00 to 8:00 spans midnight."""
    if begins is None or ends is None or begins == ends:
        return at
    now = at.time()
    quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
    if not quiet:
        return at
    end = at.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    return end if end > at else end + timedelta(days=1)


def next_try(at: datetime, tries: int) -> datetime | None:
    """When to try again after `tries` failures; None when it is given up."""
    return at + BACKOFF[tries - 1] if tries <= len(BACKOFF) else None
