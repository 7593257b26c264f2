"""Whole numbers of many people that never overflow: each knows how large it can be.

Small ones stand as Int32, which is half the memory to move; what could exceed Int64 is refused, and whoever asked
goes another way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

import polars as pl

from gongjiang.rules.programmes.vector.columns import Number
from gongjiang.rules.programmes.vector.spans import Span, span_of
from gongjiang.rules.programmes.vector.truths import NotVectorised

_SMALL: Final = 2**31
_LARGE: Final = 2**62

Join = Callable[[Sequence[pl.Expr]], pl.Expr]


@dataclass(frozen=True, slots=True)
class Whole:
    """An expression, and the largest absolute value that it can have. `gaps`: somebody has none; `sure`: none is
    below 0."""

    expr: pl.Expr
    reach: int
    small: bool = False
    gaps: bool = False
    sure: bool = False

    @staticmethod
    def of(column: pl.Series, put: Callable[[pl.Series], pl.Expr], span: Span | None = None) -> "Whole":
        """A column of whole numbers. `span`: how far they reach, where that is known already."""
        span = span or span_of(column)
        return Whole(put(column), int(span.reach), gaps=column.null_count() > 0, sure=_sure(span))._fitting()

    @staticmethod
    def of_floats(column: Number, put: Callable[[pl.Series], pl.Expr], *, up: bool) -> "Whole":
        """Floats rounded to whole numbers."""
        span = column.span or span_of(column.low)
        expr = put(column.low)
        if up or not _sure(span):  # becoming whole cuts the rest off, which is down for what is not below 0
            expr = expr.ceil() if up else expr.floor()
        return Whole(expr, ceil(span.reach), gaps=column.low.null_count() > 0, sure=_sure(span))._fitting()

    @staticmethod
    def constant(value: int) -> "Whole":
        """The same for all."""
        small = abs(value) < _SMALL
        return Whole(pl.lit(value, pl.Int32 if small else pl.Int64), abs(value), small, sure=value >= 0)

    @staticmethod
    def joined(join: Join, parts: Sequence["Whole"], *, summed: bool) -> "Whole":
        """Several as one: summed up, or the highest or lowest."""
        reach = sum(one.reach for one in parts) if summed else max(one.reach for one in parts)
        small = reach < _SMALL and all(one.small for one in parts)
        expr = join([one.expr if small else one._wide().expr for one in parts])
        gaps, sure = any(one.gaps for one in parts), all(one.sure for one in parts)
        return Whole(expr, _within(reach), small, gaps, sure)

    def where(self, condition: pl.Expr, other: "Whole") -> "Whole":
        """This where the condition is true, else the other."""
        small = self.small and other.small
        mine, instead = (self, other) if small else (self._wide(), other._wide())
        expr = pl.when(condition).then(mine.expr).otherwise(instead.expr)
        gaps, sure = self.gaps or other.gaps, self.sure and other.sure
        return Whole(expr, max(self.reach, other.reach), small, gaps, sure)

    def __add__(self, number: int) -> "Whole":
        if number == 0:
            return self
        return self._made(self.reach + abs(number), lambda expr: expr + number, sure=number >= 0)

    def __mul__(self, number: int) -> "Whole":
        if number == 1:
            return self
        return self._made(self.reach * abs(number), lambda expr: expr * number, sure=number >= 0)

    def __floordiv__(self, number: int) -> "Whole":
        if number == 1:
            return self
        return self._made(max(self.reach, number), lambda expr: expr // number, sure=number > 0)

    def __neg__(self) -> "Whole":
        return replace(self, expr=-self.expr, sure=False)

    def kept(self, keep: Callable[[pl.Expr], pl.Expr]) -> "Whole":
        """The same as a column of its own."""
        return replace(self, expr=keep(self.expr))

    def clip(self, low: int | None, high: int | None) -> "Whole":
        """Kept within bounds."""
        low = None if low is not None and low <= 0 and self.sure else low
        given = [abs(one) for one in (low, high) if one is not None]
        if not given:
            return self
        made = self._made(max(self.reach, *given), lambda expr: self._kept(expr, low, high))
        reach = max(given) if high is not None and (low is not None or self.sure) else made.reach
        sure = (self.sure or (low is not None and low >= 0)) and (high is None or high >= 0)
        return replace(made, reach=reach, sure=sure)

    def _made(self, reach: int, make: Callable[[pl.Expr], pl.Expr], *, sure: bool = True) -> "Whole":
        one = self if self.small and reach < _SMALL else self._wide()
        return replace(one, expr=make(one.expr), reach=_within(reach), sure=self.sure and sure)

    def _wide(self) -> "Whole":
        return replace(self, expr=self.expr.cast(pl.Int64), small=False) if self.small else self

    def _fitting(self) -> "Whole":
        if self.reach < _SMALL:
            return replace(self, expr=self.expr.cast(pl.Int32, wrap_numerical=True), small=True)  # none is out of range
        return replace(self, expr=self.expr.cast(pl.Int64), reach=_within(self.reach))

    def _kept(self, expr: pl.Expr, low: int | None, high: int | None) -> pl.Expr:
        """As `clip`, which is several times slower but minds gaps."""
        if self.gaps:
            return expr.clip(low, high)
        kind = pl.Int32 if max(abs(low or 0), abs(high or 0), self.reach) < _SMALL and self.small else pl.Int64
        if low is not None:
            expr = pl.max_horizontal(expr, pl.lit(low, kind))
        return expr if high is None else pl.min_horizontal(expr, pl.lit(high, kind))


def _sure(span: Span) -> bool:
    return span.low is not None and span.low >= 0


def _within(reach: int) -> int:
    if reach >= _LARGE:
        raise NotVectorised("scoring: too large")
    return reach
