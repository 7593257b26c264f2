"""How exact numbers stand in a column: whole multiples of a unit fraction, or floats that mean their shortest decimal.

Comparing with a bound gives the same answer as comparing fractions: the bound is moved to the nearest number that the
column can hold, on the right side.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, Protocol

LARGEST: Final = 2**62
"""No whole number in a column is larger, so that bounds can be clipped to it."""


class Scale(Protocol):
    """From exact bounds to the numbers of a column."""

    def at_least(self, bound: Fraction, *, strict: bool = False) -> tuple[int | float, bool]:
        """(edge, open): the value is no lower than the bound (higher, if strict) when the number ≥ edge (> if open)."""
        ...

    def exactly(self, value: Fraction) -> int | float | None:
        """The number that means this value; None if the column can't hold it."""
        ...

    def meaning(self, number: int | float) -> Fraction:
        """The exact value of a number of the column."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Int64: the number of 1/parts."""

    parts: int = 1

    def at_least(self, bound: Fraction, *, strict: bool = False) -> tuple[int | float, bool]:
        """A whole number, never open."""
        scaled = bound * self.parts
        edge = floor(scaled) + 1 if strict else ceil(scaled)
        return max(-LARGEST, min(LARGEST, edge)), False

    def exactly(self, value: Fraction) -> int | float | None:
        """Only whole multiples."""
        scaled = value * self.parts
        return int(scaled) if scaled.denominator == 1 and abs(scaled) < LARGEST else None

    def meaning(self, number: int | float) -> Fraction:
        """So many parts."""
        return Fraction(int(number), self.parts)


@dataclass(frozen=True, slots=True)
class Floats:
    """Float64, each meaning the shortest decimal that is read as it (9.99 means 999/100)."""

    def at_least(self, bound: Fraction, *, strict: bool = False) -> tuple[int | float, bool]:
        """Reading keeps the order, so only the float nearest to the bound has to be looked at."""
        near = self._near(bound)
        meant = self.meaning(near)
        return near, meant <= bound if strict else meant < bound

    def exactly(self, value: Fraction) -> int | float | None:
        """The nearest float, if it means just this."""
        near = self._near(value)
        return near if self.meaning(near) == value else None

    def meaning(self, number: int | float) -> Fraction:
        """Its shortest decimal."""
        return Fraction(Decimal(repr(float(number))))

    def _near(self, value: Fraction) -> float:
        return float(max(Fraction(-LARGEST), min(Fraction(LARGEST), value)))
