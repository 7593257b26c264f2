"""On which days a benefit runs for somebody: what the pack says of its beginning and end, against the standings that
the honour went through (mechanisms 11; measures-2025 第二十条: with the exit the benefits stop)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongjiang.kernel.dates import iso_day
from gongjiang.rules.honours.standing import HELD, Standing
from gongjiang.rules.programmes.schema.stage import Benefit

STOPS: Final[Mapping[str, Standing]] = {
    "suspend": Standing.SUSPENDED,
    "end": Standing.ENDED,
    "revoke": Standing.REVOKED,
}
"""What may stop a benefit, with the standing that it leads to."""

TERM_END: Final = "term_end"


@dataclass(frozen=True, slots=True)
class Terms:
    """`since`: the first standing that it is for (trainee: from being selected on; stands: from the certificate on).
    `until`: its last day, TERM_END for that of the honour's term, None for as long as it may. `stops_on`: words of
    STOPS; a title that was withdrawn stops everything, said or not. `ended`: the day from which a decision ended it."""

    since: Standing = Standing.TRAINEE
    until: date | str | None = None
    stops_on: frozenset[str] = frozenset(STOPS)
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of standing and the day of it; the new standing counts from that day on."""

    on: date
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class History:
    """What an honour went through. `now`: its standing today; `until`: the last day of its term; turns oldest first."""

    begun: date
    now: Standing
    until: date | None = None
    turns: Sequence[Turn] = ()

    def standing(self, day: date) -> Standing | None:
        """What it was on a day; None before it was conferred."""
        if day < self.begun:
            return None
        gone = [one for one in self.turns if one.on <= day]
        if gone:
            return gone[-1].after
        return self.turns[0].before if self.turns else self.now

    def held(self, day: date) -> Standing | None:
        """What it was on a day or, where it wasn't held then, what it last was while it was."""
        found = [self.standing(day)]
        found += [one.before for one in reversed(self.turns) if one.on <= day]
        return next((one for one in found if one in HELD), None)


def runs(terms: Terms, history: History, day: date) -> bool:
    """Is somebody of this history to have the benefit on a day?"""
    standing, held = history.standing(day), history.held(day)
    if terms.ended is not None and day >= terms.ended:
        return False
    if standing is None or standing is Standing.REVOKED or held is None:
        return False
    if terms.since is Standing.STANDS and held is not Standing.STANDS:
        return False
    if any(standing is STOPS[one] for one in terms.stops_on):
        return False
    last = last_day(terms, history)
    return last is None or day <= last


def last_day(terms: Terms, history: History) -> date | None:
    """The last day that is said beforehand: the benefit's own, or that of the honour's term."""
    if isinstance(terms.until, date):
        return terms.until
    return history.until if terms.until == TERM_END or "end" in terms.stops_on else None


def first_day(terms: Terms, history: History) -> date | None:
    """The day from which the benefit's months and years count; None while it hasn't begun."""
    if history.standing(history.begun) is Standing.STANDS or terms.since is not Standing.STANDS:
        return history.begun
    return next((one.on for one in history.turns if one.after is Standing.STANDS), None)


def stops(benefit: Benefit | None, standing: str) -> bool:
    """Is what is given once withheld at this standing? By what the pack says stops it, and always once withdrawn."""
    if standing == Standing.REVOKED:
        return True
    named = (frozenset(benefit.stops_on) if benefit is not None else frozenset()) or frozenset(STOPS)
    return any(standing == STOPS[one] for one in named if one in STOPS)


def last_of(benefit: Benefit | None, term_end: date | None, value: Callable[[Any], Any]) -> date | None:
    """The last day on which something is given once, if the pack names one."""
    until = until_of(None if benefit is None or benefit.until is None else value(benefit.until))
    return until if isinstance(until, date) else term_end if until == TERM_END else None


def until_of(raw: Any) -> date | str | None:
    """A day, TERM_END, or None for what is neither."""
    if isinstance(raw, date):
        return raw
    if raw == TERM_END:
        return TERM_END
    return iso_day(str(raw)) if raw is not None else None
