"""within: a day lies in a window: the last n years before `as_of`, or from one day to another, both included.

`{years: n}` ends on as_of and starts the day after as_of − n years (pack format, Facts and conditions).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.base import Operator, Read, Reader, Term
from gongjiang.rules.programmes.conditions.narrowing import day
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.explain import Missing
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import BadCondition
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import DATES, Days, Value
from gongjiang.rules.programmes.vocabulary import FieldSpec

_YEARS = FieldSpec("years", "年数", "number", "年")
_DAY = FieldSpec("day", "日期", "date")


@dataclass(frozen=True, slots=True)
class Within(Operator):
    """A window of days."""

    words = ("within",)
    years: Term | None
    first: Term | None
    last: Term | None

    @classmethod
    def parse(cls, word: str, raw: Any, spec: FieldSpec, parser: Reader, at: Path) -> "Within":
        """`{years: n}` or `{from, to}`, on a date field."""
        if spec.type not in DATES | {"any"}:
            raise BadCondition(
                f"“{spec.shown}”不是日期，不能用 within。", f"'{spec.id}' is no date.", at, "condition.order"
            )
        if isinstance(raw, Mapping) and set(raw) == {"years"}:
            return cls(parser.term(raw["years"], _YEARS, (*at, "years")), None, None)
        if isinstance(raw, Mapping) and raw and set(raw) <= {"from", "to"}:
            ends = [parser.term(raw[one], _DAY, (*at, one)) if one in raw else None for one in ("from", "to")]
            return cls(None, ends[0], ends[1])
        raise BadCondition(
            "within 须写成 {years: n} 或 {from: 日期, to: 日期}。", "Write within: {years: n} or {from, to}.", at
        )

    def compare(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """Do all its possible days lie inside?"""
        window = self.window(facts, row)
        if window is None or not isinstance(actual, Days):
            return Truth.UNKNOWN
        if window.first <= actual.first and actual.last <= window.last:
            return Truth.TRUE
        return Truth.FALSE if actual.last < window.first or actual.first > window.last else Truth.UNKNOWN

    def phrase(self, facts: Facts, row: Row | None) -> str:
        """在近5年内."""
        if self.years is not None:
            return f"在近{self.years.text(facts, row)}内"
        ends = (self.first, "起"), (self.last, "止")
        return "在" + "".join(f"{term.text(facts, row)}{word}" for term, word in ends if term) + "期间"

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """Open params, or the day on which years are counted."""
        found = tuple(gap for one in (self.years, self.first, self.last) if one for gap in one.gaps(facts, row))
        if self.years is not None and facts.as_of is None:
            found += (Missing("param", "as_of", "年限计算截止日"),)
        return found

    def reads(self) -> frozenset[Read]:
        """What the window depends on."""
        return frozenset().union(*(one.reads() for one in (self.years, self.first, self.last) if one))

    def narrow(self, draft: Draft, target: Target, want: bool) -> Iterator[Draft]:
        """Inside the window, or before or after it."""
        window = self.window(draft.base, None)
        if window is None:
            return
        domain = draft.domain(target)
        first, last = day(window, first=True), day(window, first=False)
        if want:
            yield from draft.narrowed(target, domain.at_least(first).at_most(last))
            return
        yield from draft.narrowed(target, domain.at_most(first, strict=True))
        if self.years is None:
            yield from draft.narrowed(target, domain.at_least(last, strict=True))

    def window(self, facts: Facts, row: Row | None) -> Days | None:
        """The window now; None while its ends or as_of are not known."""
        if self.years is not None:
            years = self.years.read(facts, row)
            if facts.as_of is None or not isinstance(years, Interval) or not years.known:
                return None
            start = years_before(facts.as_of, years.low)
            return Days(start + timedelta(days=1), facts.as_of) if start else None
        ends = [term.read(facts, row) if term else None for term in (self.first, self.last)]
        if any(end is not None and not isinstance(end, Days) for end in ends):
            return None
        first = ends[0].first if isinstance(ends[0], Days) else date.min
        last = ends[1].last if isinstance(ends[1], Days) else date.max
        return Days(first, last)


def years_before(end: date, years: Fraction) -> date | None:
    """The day so many years earlier; 29 February becomes the 28th. None unless it comes out in whole months.

    >>> years_before(date(2031, 9, 30), Fraction(4))
    datetime.date(2027, 9, 30)
    """
    months = years * 12
    if months.denominator != 1:
        return None
    year, month = divmod(end.year * 12 + end.month - 1 - int(months), 12)
    for last in range(end.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(end.day, 28))


OPERATORS = (Within,)
