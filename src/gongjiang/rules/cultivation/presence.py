"""Attendance by code: when a code counts, how often it may be tried, and the hours that come of it."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

EARLY: Final = timedelta(minutes=30)
"""So long before a session begins people may already sign in."""
TRIES: Final = 5
"""Wrong codes that one person may type for one session; then the organiser ticks the list."""
DIGITS: Final = 6


class Heard(StrEnum):
    """What becomes of a code that was typed."""

    TAKEN = "taken"
    WRONG = "wrong"
    LOCKED = "locked"
    EARLY = "early"
    OVER = "over"


def code_of(number: int) -> str:
    """A code out of a random number below a million.

    >>> code_of(42)
    '000042'
    """
    return f"{number:0{DIGITS}d}"


def in_window(starts: datetime, ends: datetime, at: datetime) -> bool:
    """Does the code of a session count at this moment?"""
    return starts - EARLY <= at < ends


def judge(typed: str, code: str, tries: int, starts: datetime, ends: datetime, at: datetime) -> Heard:
    """What becomes of a code. Outside the window and beyond the last try nothing is compared: nothing is learnt."""
    if at < starts - EARLY:
        return Heard.EARLY
    if at >= ends:
        return Heard.OVER
    if tries >= TRIES:
        return Heard.LOCKED
    return Heard.TAKEN if hmac.compare_digest(typed.encode(), code.encode()) else Heard.WRONG


@dataclass(frozen=True, slots=True)
class Attended:
    """A session that somebody attended: its days and its learning hours."""

    on: date
    until: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """What attended sessions come to; `hours` None where none carries any."""

    on: date
    until: date | None
    hours: Decimal | None


def sum_of(attended: Iterable[Attended]) -> Sum | None:
    """First day, last day and hours of all; None where nothing was attended. The order doesn't matter."""
    all_of = list(attended)
    if not all_of:
        return None
    first, last = min(one.on for one in all_of), max(one.until for one in all_of)
    hours = sum((one.hours for one in all_of), Decimal(0))
    return Sum(first, last if last > first else None, hours or None)
