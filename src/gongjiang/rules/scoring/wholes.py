"""Whole numbers of many people that never overflow: each knows how large it can be.

Small ones stand as Int32, which is half the memory to move; what could exceed Int64 is refused, and whoever asked
goes another way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from gongjiang.rules.programmes.vector.truths import NotVectorised

_SMALL: Final = 2**31
_LARGE: Final = 2**62

Join = Callable[[Sequence[pl.Expr]], pl.Expr]


@dataclass(frozen=True, slots=True)
class Whole:
    """An expression, and the largest absolute value that it can have. `gaps`: somebody has none."""

    expr: pl.Expr
    reach: int
    small: bool = False
    gaps: bool = False

    @staticmethod
    def of(column: pl.Series, put: Callable[[pl.Series], pl.Expr]) -> "Whole":
        """A column of whole numbers."""
        ends = [int(end) for end in (column.min(), column.max()) if isinstance(end, int | float)]
        reach = max((abs(end) for end in ends), default=0)
        return Whole(put(column), reach, gaps=column.null_count() > 0)._fitting()

    @staticmethod
    def constant(value: int) -> "Whole":
        """The same for all."""
        return Whole(pl.lit(value, pl.Int32 if abs(value) < _SMALL else pl.Int64), abs(value), abs(value) < _SMALL)

    @staticmethod
    def joined(join: Join, parts: Sequence["Whole"], *, summed: bool) -> "Whole":
        """Several as one: summed up, or the highest or lowest."""
        reach = sum(one.reach for one in parts) if summed else max(one.reach for one in parts)
        small = reach < _SMALL and all(one.small for one in parts)
        gaps = any(one.gaps for one in parts)
        return Whole(join([one.expr if small else one._wide().expr for one in parts]), _within(reach), small, gaps)

    def where(self, condition: pl.Expr, other: "Whole") -> "Whole":
        """This where the condition is true, else the other."""
        small = self.small and other.small
        mine, instead = (self, other) if small else (self._wide(), other._wide())
        expr = pl.when(condition).then(mine.expr).otherwise(instead.expr)
        return Whole(expr, max(self.reach, other.reach), small, self.gaps or other.gaps)

    def __add__(self, number: int) -> "Whole":
        return self if number == 0 else self._made(self.reach + abs(number), lambda expr: expr + number)

    def __mul__(self, number: int) -> "Whole":
        return self if number == 1 else self._made(self.reach * abs(number), lambda expr: expr * number)

    def __floordiv__(self, number: int) -> "Whole":
        return self if number == 1 else self._made(max(self.reach, number), lambda expr: expr // number)

    def __neg__(self) -> "Whole":
        return Whole(-self.expr, self.reach, self.small, self.gaps)

    def clip(self, low: int | None, high: int | None) -> "Whole":
        """Kept within bounds."""
        if low is None and high is None:
            return self
        given = [abs(one) for one in (low, high) if one is not None]
        if low is not None and high is not None:
            found = self._made(max(self.reach, *given), lambda expr: self._kept(expr, low, high))
            return Whole(found.expr, max(given), found.small, self.gaps)
        return self._made(max(self.reach, *given), lambda expr: self._kept(expr, low, high))

    def _made(self, reach: int, make: Callable[[pl.Expr], pl.Expr]) -> "Whole":
        one = self if self.small and reach < _SMALL else self._wide()
        return Whole(make(one.expr), _within(reach), one.small, one.gaps)

    def _wide(self) -> "Whole":
        return Whole(self.expr.cast(pl.Int64), self.reach, gaps=self.gaps) if self.small else self

    def _fitting(self) -> "Whole":
        if self.reach < _SMALL:
            narrow = self.expr.cast(pl.Int32, wrap_numerical=True)  # none is out of range
            return Whole(narrow, self.reach, True, self.gaps)
        return Whole(self.expr.cast(pl.Int64), _within(self.reach), gaps=self.gaps)

    def _kept(self, expr: pl.Expr, low: int | None, high: int | None) -> pl.Expr:
        """As `clip`, which is several times slower but minds gaps."""
        if self.gaps:
            return expr.clip(low, high)
        kind = pl.Int32 if max(abs(low or 0), abs(high or 0), self.reach) < _SMALL and self.small else pl.Int64
        if low is not None:
            expr = pl.max_horizontal(expr, pl.lit(low, kind))
        return expr if high is None else pl.min_horizontal(expr, pl.lit(high, kind))


def _within(reach: int) -> int:
    if reach >= _LARGE:
        raise NotVectorised("scoring: too large")
    return reach
