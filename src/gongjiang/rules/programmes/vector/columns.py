"""Values of many people (or rows) as polars columns; a null is unknown everywhere.

Number and Day hold bounds, as Interval and Days do; Flag is a yes or no; Coded is anything else: each different value
once, and its place for each person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.programmes.values import NONE, Days, Value
from gongjiang.rules.programmes.vector.scales import Parts, Scale
from gongjiang.rules.programmes.vector.spans import Span

NARROW: Final = 10_000
"""Whole numbers that lie no further apart than this are their own codes."""
CLOSE: Final = 1_000_000
"""Those that lie no further apart than this are given places by a list of all between them."""


@dataclass(frozen=True)
class Coded:
    """Any values. `codes`: places in `values`, null for unknown."""

    codes: pl.Series
    values: Sequence[Value]

    def coded(self) -> "Coded":
        """Itself."""
        return self

    def taken(self, places: pl.Series) -> "Coded":
        """The values at these places, in this order."""
        return Coded(self.codes.gather(places), self.values)


@dataclass(frozen=True)
class Flag:
    """Yes, no or unknown."""

    truth: pl.Series

    def coded(self) -> Coded:
        """No, then yes."""
        return Coded(self.truth.cast(pl.UInt8), (False, True))

    def taken(self, places: pl.Series) -> "Flag":
        """The values at these places."""
        return Flag(self.truth.gather(places))


@dataclass(frozen=True)
class Number:
    """Exact numbers. `high` None: each is one number. `none`: where it is not claimed (and null as a number).

    `span`: how far `low` reaches; None if nobody has looked.
    """

    low: pl.Series
    scale: Scale
    high: pl.Series | None = None
    none: pl.Series | None = None
    span: Span | None = None

    def in_parts(self) -> "Number | None":
        """The same in whole multiples of a unit; None if they are floats of more than two decimals."""
        if isinstance(self.scale, Parts):
            return self
        cents = (self.low * 100).round()
        if self.high is not None or not ((cents / 100 == self.low) & (cents.abs() < 1e13)).all(ignore_nulls=True):
            return None
        return Number(cents.cast(pl.Int64), Parts(100), none=self.none)

    def coded(self) -> Coded:
        """Each different interval once."""
        return self._coded

    @cached_property
    def _coded(self) -> Coded:
        whole = self.in_parts()
        if whole is not None and whole.high is None and whole.none is None:
            first, last = whole.low.min(), whole.low.max()
            if isinstance(first, int) and isinstance(last, int) and last - first < min(NARROW, 64 + len(self.low)):
                codes = (whole.low - first).cast(pl.UInt32)
                return Coded(codes, tuple(Interval.point(whole.scale.meaning(n)) for n in range(first, last + 1)))
        return _distinct((self.low, self.high, self.none), self._value)

    def taken(self, places: pl.Series) -> "Number":
        """The values at these places."""
        return Number(self.low.gather(places), self.scale, _taken(self.high, places), _taken(self.none, places))

    def _value(self, low: int | float | None, high: int | float | None, none: bool | None) -> Value:
        if none:
            return NONE
        if low is None:
            return UNKNOWN
        return Interval(self.scale.meaning(low), self.scale.meaning(low if high is None else high))


@dataclass(frozen=True)
class Day:
    """Days as dates. `last` None: each is one day."""

    first: pl.Series
    last: pl.Series | None = None
    none: pl.Series | None = None

    def coded(self) -> Coded:
        """Each different span once."""
        return self._coded

    @cached_property
    def _coded(self) -> Coded:
        return _distinct((self.first, self.last, self.none), self._value)

    def taken(self, places: pl.Series) -> "Day":
        """The values at these places."""
        return Day(self.first.gather(places), _taken(self.last, places), _taken(self.none, places))

    @staticmethod
    def _value(first: date | None, last: date | None, none: bool | None) -> Value:
        if none:
            return NONE
        return UNKNOWN if first is None else Days(first, last or first)


Column = Coded | Flag | Number | Day


def constant(value: Value, size: int) -> Column:
    """The same value for everybody."""
    if isinstance(value, bool):
        return Flag(pl.repeat(value, size, dtype=pl.Boolean, eager=True))
    codes = pl.repeat(None if value is UNKNOWN else 0, size, dtype=pl.UInt32, eager=True)
    return Coded(codes, () if value is UNKNOWN else (value,))


def crossed(columns: Sequence[Coded]) -> tuple[pl.Series, list[tuple[Value, ...]]]:
    """Every combination of values that occurs, once; and for each person the place of theirs."""
    names = [str(n) for n in range(len(columns))]
    frame = pl.DataFrame({name: one.codes.cast(pl.UInt32) for name, one in zip(names, columns, strict=True)})
    sizes = [len(one.values) + 1 for one in columns]
    mixed, weight = pl.lit(0, pl.UInt64), 1
    for name, size in zip(names, sizes, strict=True):
        mixed = mixed + pl.col(name).fill_null(size - 1).cast(pl.UInt64) * weight
        weight *= size
    keys = frame.select(mixed.alias("key"))["key"]
    if weight <= CLOSE:
        present, places = numbered(keys, weight)
    else:
        present = keys.unique()
        known = pl.DataFrame({"key": present}).with_row_index("place")
        places = keys.to_frame("key").join(known, on="key", how="left", maintain_order="left")["place"]
    return places, [_taken_apart(int(key), columns, sizes) for key in present]


def numbered(keys: pl.Series, limit: int) -> tuple[pl.Series, pl.Series]:
    """The different keys, rising, and the place of everybody's. Keys are whole numbers from 0, below `limit`."""
    keys = keys.cast(pl.UInt32)
    present = pl.repeat(False, limit, dtype=pl.Boolean, eager=True).scatter(keys, True).arg_true()
    places = pl.repeat(0, limit, dtype=pl.UInt32, eager=True)
    return present, places.scatter(present, pl.arange(0, len(present), dtype=pl.UInt32, eager=True)).gather(keys)


def _taken_apart(key: int, columns: Sequence[Coded], sizes: Sequence[int]) -> tuple[Value, ...]:
    found: list[Value] = []
    for one, size in zip(columns, sizes, strict=True):
        key, place = divmod(key, size)
        found.append(UNKNOWN if place == size - 1 else one.values[place])
    return tuple(found)


def _distinct(parts: Sequence[pl.Series | None], value: Callable[..., Value]) -> Coded:
    """Combinations of the parts as values; a combination that means unknown gets no code."""
    names = [f"p{n}" for n, part in enumerate(parts) if part is not None]
    frame = pl.DataFrame({f"p{n}": part for n, part in enumerate(parts) if part is not None})
    present = frame.unique()
    values: list[Value] = []
    codes: list[int | None] = []
    for row in present.iter_rows():
        given = dict(zip(names, row, strict=True))
        found = value(*(given.get(f"p{n}") for n in range(len(parts))))
        codes.append(None if found is UNKNOWN else len(values))
        if found is not UNKNOWN:
            values.append(found)
    known = present.with_columns(pl.Series("code", codes, pl.UInt32))
    joined = frame.join(known, on=names, how="left", nulls_equal=True, maintain_order="left")
    return Coded(joined["code"], tuple(values))


def _taken(part: pl.Series | None, places: pl.Series) -> pl.Series | None:
    return None if part is None else part.gather(places)
