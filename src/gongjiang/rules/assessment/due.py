"""When a process is due for one honour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjiang.kernel.dates import shifted
from gongjiang.rules.programmes.schema.process import Process, Span, Term

Value = Callable[[Any], Any]
"""A literal, or the value of the param it names."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of one honour and one process: `last` the day of its last outcome, `again_on` from which day that
    is tried again, `running` whether a case is under way."""

    begun: date
    until: date | None = None
    last: date | None = None
    again_on: date | None = None
    running: bool = False


def due_on(process: Process, held: Held, value: Value = lambda one: one) -> date | None:
    """From which day the process is due for the honour; None while it runs, or where nothing is due any more.

    `every`: so long after the last time, or after the honour began. `after`: once, so long after it began. `at_end`:
    at the last day of the term, again at the end of each term that a renewal begins. Without any of them once,
    whenever the office opens it.
    """
    if held.running:
        return None
    if held.again_on is not None:
        return held.again_on
    days: list[date] = []
    if process.every is not None:
        days.append(back(process.lead, moved(process.every, held.last or held.begun, value), value))
    if process.after is not None and held.last is None:
        days.append(back(process.lead, moved(process.after, held.begun, value), value))
    if process.at_end and held.until is not None:
        day = back(process.lead, held.until, value)
        if held.last is None or held.last < day:
            days.append(day)
    if process.every is None and process.after is None and not process.at_end:
        return None if held.last is not None else held.begun
    return min(days, default=None)


def last_day(term: Term, named_on: date, value: Value = lambda one: one) -> date | None:
    """The last day of a term that begins with the naming, or on the day the notice says.

    Two years from 8 January 2027 end on 7 January 2029.
    """
    if term.until is not None:
        return term.until
    begun = named_on if term.from_ == "name" else date.fromisoformat(str(term.from_))
    after = moved(term.length, begun, value) if term.length is not None else begun
    return shifted(after, days=-1)


def moved(span: Span, day: date, value: Value = lambda one: one) -> date:
    """The day so much later."""
    years, months, days = (int(value(one) or 0) for one in (span.years, span.months, span.days))
    return shifted(day, years=years, months=months, days=days)


def back(span: Span | None, day: date, value: Value = lambda one: one) -> date:
    """The day so much earlier."""
    if span is None:
        return day
    years, months, days = (int(value(one) or 0) for one in (span.years, span.months, span.days))
    return shifted(day, years=-years, months=-months, days=-days)
