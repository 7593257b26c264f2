"""Which files of a notice are made ahead, so that each day has its own page and nobody needs to wake at midnight."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAYS_AHEAD: Final = 62
MONTHS_AHEAD: Final = 24


@dataclass(frozen=True, slots=True)
class Ahead:
    """`days`: a page of its own each (`2026-09-18`), while somebody's time runs. `over`: names under which the page of
    a notice that is over stands, first the days left of a month (`2026-09-25`), then whole months (`2026-10`)."""

    days: tuple[date, ...]
    over: tuple[str, ...]


def ahead(first: date, last: date, kept_until: date | None, today: date) -> Ahead:
    """What a server should have in hand on `today` for a notice of `first` to `last` (its latest entry's).

    A reader is given the page of the day, else that of the month, else nothing: so no name reaches beyond `kept_until`,
    the last day that the notice is kept, and a month stands only where the notice is over for the whole of it.
    """
    shown = range((last - first).days + 1)
    window = (today - timedelta(days=1), today + timedelta(days=DAYS_AHEAD))
    days = (first + timedelta(days=n) for n in shown)
    own = tuple(one for one in days if window[0] <= one <= window[1] and _kept(one, kept_until))
    if last > window[1]:
        return Ahead(own, ())
    return Ahead(own, tuple(_over(last + timedelta(days=1), kept_until, today)))


def _over(start: date, kept_until: date | None, today: date) -> list[str]:
    """From `start` (or this month, where that is later): its month day by day, then months, the last of them by day."""
    found: list[str] = []
    day = max(start, today.replace(day=1))
    for _ in range(MONTHS_AHEAD + 1):
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        if day.day == 1 and _kept(following - timedelta(days=1), kept_until):
            found.append(f"{day:%Y-%m}")
        else:
            many = (following - day).days
            found += [f"{one:%Y-%m-%d}" for n in range(many) if _kept(one := day + timedelta(days=n), kept_until)]
        day = following
    return found


def _kept(day: date, kept_until: date | None) -> bool:
    return kept_until is None or day <= kept_until
