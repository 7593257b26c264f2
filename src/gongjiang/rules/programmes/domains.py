"""What a value may still be while an invented case is being made to fit: narrowed step by step, then picked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from random import Random
from typing import Any

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.values import DATES, NUMBERS, Days, NotAmong, Ticks, Value, read_value
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec

Plain = str | bool
_FAR = date(1950, 1, 1).toordinal()
_DRAWS = 60


@dataclass(frozen=True, slots=True)
class Domain:
    """The values a fact may take. Bounds hold numbers, or days as ordinals; `above`/`below` exclude the bound.

    only: the words (or truth values) it may be, None for any; never: those it may not be. ticked/unticked: boxes of
    a checks field. filled: True or False where that is settled.
    """

    spec: FieldSpec
    codes: CodeList
    low: Fraction | None = None
    high: Fraction | None = None
    above: bool = False
    below: bool = False
    only: frozenset[Plain] | None = None
    never: frozenset[Plain | Fraction] = frozenset()
    ticked: frozenset[str] = frozenset()
    unticked: frozenset[str] = frozenset()
    filled: bool | None = None

    @property
    def numeric(self) -> bool:
        """Is the value a number or a day?"""
        return self.spec.type in NUMBERS | DATES

    def at_least(self, bound: Fraction, *, strict: bool = False) -> "Domain":
        """No lower than a bound."""
        if self.low is not None and (bound < self.low or (bound == self.low and not strict)):
            return replace(self, filled=True)
        return replace(self, low=bound, above=strict, filled=True)

    def at_most(self, bound: Fraction, *, strict: bool = False) -> "Domain":
        """No higher than a bound."""
        if self.high is not None and (bound > self.high or (bound == self.high and not strict)):
            return replace(self, filled=True)
        return replace(self, high=bound, below=strict, filled=True)

    def among(self, words: Iterable[Plain]) -> "Domain":
        """One of these words; of a checks field: at least the first of them ticked."""
        words = frozenset(words)
        return replace(self, only=words if self.only is None else self.only & words, filled=True)

    def without(self, words: Iterable[Plain | Fraction]) -> "Domain":
        """None of these."""
        return replace(self, never=self.never | frozenset(words))

    def tick(self, code: str) -> "Domain":
        """This box ticked."""
        return replace(self, ticked=self.ticked | {code}, filled=True)

    def untick(self, codes: Iterable[str]) -> "Domain":
        """These boxes not ticked."""
        return replace(self, unticked=self.unticked | frozenset(codes))

    def fill(self, filled: bool) -> "Domain":
        """Filled in, or left blank; contradicts itself when the other is settled already."""
        if self.filled is not None and self.filled != filled:
            return replace(self, only=frozenset(), low=Fraction(1), high=Fraction(0), filled=True)
        return replace(self, filled=filled)

    @property
    def empty(self) -> bool:
        """Can no value fit?"""
        if self.filled is False:
            return bool(self.ticked) or self.low is not None or self.high is not None or self.only is not None
        if self.low is not None and self.high is not None:
            low, high = self._ends()
            if low is None or high is None or low > high or (low == high and low in self.never):
                return True
            if low == high and (self.above or self.below) and not self.whole:
                return True
        if self.spec.type == "checks":
            single = not self.spec.multi and len(self.ticked) > 1
            return bool(self.ticked & self.unticked) or single or (self.filled is True and not self._boxes())
        return self.filled is True and self._none_left()

    def _none_left(self) -> bool:
        if self.only is not None and not self.only - self.never:
            return True
        closed = bool(self.codes.items) and not self.codes.open
        return closed and self.only is None and not frozenset(self.codes.items) - self.never

    @property
    def whole(self) -> bool:
        """Are its values whole numbers?"""
        return self.spec.type == "int" or self.spec.type in DATES

    def allows(self, value: Value) -> bool:
        """Does a known value fit?"""
        if isinstance(value, Interval):
            return value.known and self._within(value.low) and value.low not in self.never
        if isinstance(value, Days):
            return self._within(Fraction(value.first.toordinal())) and self._within(Fraction(value.last.toordinal()))
        if isinstance(value, Ticks):
            return self.ticked <= value.codes and not self.unticked & value.codes and bool(value.codes)
        if isinstance(value, str | bool):
            return (self.only is None or value in self.only) and value not in self.never
        return isinstance(value, NotAmong)

    def pick(self, rng: Random) -> Any:
        """A raw value that fits: plausible, invented. Call only when not `empty`."""
        if self.filled is False:
            return None
        if self.spec.type == "checks":
            more = sorted(self._boxes() - self.ticked)
            return tuple(sorted(self.ticked)) or (rng.choice(more),)
        if self.numeric:
            return self._number(rng)
        if self.only is not None or self.spec.type == "yes_no":
            words = (self.only if self.only is not None else frozenset({True, False})) - self.never
            return rng.choice(sorted(words, key=str))
        left = [one for one in self.codes.items if one not in self.never]
        if left:
            return rng.choice(left)
        return f"示例{self.spec.shown}" + ("（另）" * sum(1 for one in self.never if isinstance(one, str)))

    def _boxes(self) -> frozenset[str]:
        return frozenset(self.codes.items) - self.unticked

    def _within(self, value: Fraction) -> bool:
        if self.low is not None and (value < self.low or (self.above and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.below and value == self.high)))

    def _ends(self) -> tuple[Fraction | None, Fraction | None]:
        """Bounds, pulled in to whole numbers where only those count."""
        low, high = self.low, self.high
        if self.whole and low is not None:
            low = Fraction(floor(low) + 1 if self.above else ceil(low))
        if self.whole and high is not None:
            high = Fraction(ceil(high) - 1 if self.below else floor(high))
        return low, high

    def _number(self, rng: Random) -> Any:
        low, high = self._ends()
        if self.spec.type in DATES:
            return self._day(low, high, rng)
        for reach in (12, 100, 2000):
            wholes = self._wholes(low, high, rng.randint(2, reach) if reach == 12 else reach)
            if wholes:  # nobody came 0th: above 0 where nothing but an upper bound is known
                return rng.choice([n for n in wholes if n > 0 or low is not None] or wholes)
        if self.whole or low is None or high is None:
            return None
        middle = (low + high) / 2
        while middle in self.never and low < high:
            middle = (middle + high) / 2
        return middle

    def _wholes(self, low: Fraction | None, high: Fraction | None, reach: int) -> list[int]:
        """Whole numbers that fit, at most `reach` from the bound that is known; none below 0 if that can be."""
        if low is None:
            low = Fraction(0) if high is None or (high > 0 and reach <= 12) else high - reach
        top = low + reach if high is None else high
        return [
            n
            for n in range(ceil(low), min(floor(top), ceil(low) + 10_000) + 1)
            if self._within(Fraction(n)) and n not in self.never
        ]

    def _day(self, low: Fraction | None, high: Fraction | None, rng: Random) -> Any:
        """A day, month or year that lies inside as a whole; None if chance finds none."""
        last = int(high) if high is not None else int(low if low is not None else _FAR) + 400
        first = int(low) if low is not None else (max(_FAR, last - 2000) if last > _FAR else last - 2000)
        for _ in range(_DRAWS):
            day = date.fromordinal(rng.randint(first, last))
            raw = {"month": f"{day.year:04d}-{day.month:02d}", "year": day.year}.get(self.spec.type, day)
            if self.allows(read_value(raw, self.spec)):
                return raw
        return None
