"""Which months and years of a benefit are due as of a day.

The rule that is told on the pages: a month or year counts where the benefit runs on its first day. The month of the
naming counts whole; what stops it stops it from the next period on, and so does what brings it back. Years count from
the day of the naming.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from gongjiang.kernel.dates import Month, long_date
from gongjiang.rules.honours.standing import Standing
from gongjiang.rules.honours.terms import History, Terms, first_day, last_day, runs

LONGEST: Final = 1200
"""Periods that are looked at, a hundred years of months."""


class Rhythm(StrEnum):
    """How often."""

    MONTHLY = "monthly"
    YEARLY = "yearly"
    NEEDED = "needed"  # 按需: as the occasion comes
    EARNED = "earned"  # 按考核结果: each time a decision makes it due


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year of a benefit, or the decision that made it due. `slot`: which of several times within it, from
    1; `amount`: what that decision said, in 元."""

    key: str
    label: str
    first: date
    slot: int = 1
    amount: Decimal | None = None


def periods(rhythm: Rhythm, begun: date, today: date) -> Iterator[Period]:
    """Every period that has begun by today. The first of the months begins on the day of the naming."""
    if rhythm is Rhythm.MONTHLY:
        start = Month.of(begun)
        for n in range(min(Month.of(today).index - start.index + 1, LONGEST)):
            month = start.plus(n)
            first = max(begun, date(month.year, month.month, 1))
            if first <= today:
                yield Period(month.iso(), month.chinese(), first)
    elif rhythm is Rhythm.YEARLY:
        for n in range(min(today.year - begun.year + 1, LONGEST)):
            first = anniversary(begun, n)
            if first <= today:
                after = Month.of(anniversary(begun, n + 1)).plus(-1 if begun.day == 1 else 0)
                label = f"第{n + 1}年（{Month.of(first).chinese()}至{after.chinese()}）"
                yield Period(f"y{n + 1}", label, first)


def due(rhythm: Rhythm, times: int, terms: Terms, history: History, today: date) -> tuple[Period, ...]:
    """What is to be given by today, oldest first, whatever was given already. `times`: how often within a period."""
    begun = first_day(terms, history)
    if begun is None:
        return ()
    return tuple(
        Period(one.key, one.label if times < 2 else f"{one.label}第{slot}次", one.first, slot)
        for one in periods(rhythm, begun, today)
        if runs(terms, history, one.first)
        for slot in range(1, max(times, 1) + 1)
    )


def stopped(terms: Terms, history: History, today: date) -> str:
    """Why nothing more is given, for people; blank while the benefit runs."""
    if runs(terms, history, today):
        return ""
    last, standing = last_day(terms, history), history.standing(today)
    if standing is None:
        return "还没有命名"
    if terms.ended is not None and today >= terms.ended and standing is not Standing.REVOKED:
        return f"按考核结果自{long_date(terms.ended)}起终止"
    words = {"suspended": "称号暂停，停发", "ended": "称号期满，停发", "revoked": "称号已撤销，终止待遇"}
    if standing in words and (standing == "revoked" or last is None or today <= last):
        return words[standing]
    if last is not None and today > last:
        return f"已到{long_date(last)}止"
    return words.get(standing, "考核合格、正式命名后享受")


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; 29 February falls on 1 March of a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
