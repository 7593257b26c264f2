"""An exact number that may not be known yet: the numbers' form of unknown."""

from dataclasses import dataclass
from fractions import Fraction

from gongjiang.kernel.truth import Truth


@dataclass(frozen=True, slots=True)
class Interval:
    """All exact values from `low` to `high`, both included. Points have low == high."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"interval turned round: [{self.low}, {self.high}]")

    @staticmethod
    def point(value: Fraction | int) -> "Interval":
        """A number that is known."""
        return Interval(Fraction(value), Fraction(value))

    @property
    def known(self) -> bool:
        """Is this one number?"""
        return self.low == self.high

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def scaled(self, factor: Fraction) -> "Interval":
        """Each end times `factor`; a negative factor swaps the ends."""
        ends = sorted((self.low * factor, self.high * factor))
        return Interval(ends[0], ends[1])

    def clamped(self, low: Fraction | None, high: Fraction | None) -> "Interval":
        """Both ends kept within a minimum and a maximum."""

        def keep(value: Fraction) -> Fraction:
            if high is not None:
                value = min(value, high)
            return value if low is None else max(value, low)

        return Interval(keep(self.low), keep(self.high))

    def joined(self, other: "Interval") -> "Interval":
        """The smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def at_least(self, bound: Fraction) -> Truth:
        """A pass line is met if the lower end reaches it, broken if the upper end can't."""
        if self.low >= bound:
            return Truth.TRUE
        return Truth.UNKNOWN if self.high >= bound else Truth.FALSE

    def at_most(self, bound: Fraction) -> Truth:
        """Is the number no more than `bound`?"""
        if self.high <= bound:
            return Truth.TRUE
        return Truth.UNKNOWN if self.low <= bound else Truth.FALSE


ZERO = Interval.point(0)
