"""From values as the explaining evaluator reads them to columns: each different value is read once."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Unknown
from gongjiang.rules.programmes.values import Days, Nothing, Value
from gongjiang.rules.programmes.vector.columns import Coded, Column, Day, Flag, Number
from gongjiang.rules.programmes.vector.scales import LARGEST, Parts

_MOST_PARTS: Final = 10**15


def coded_column(values: Sequence[Value]) -> Column:
    """One value a person, in order."""
    places: dict[object, int] = {}
    different: list[Value] = []
    codes = []
    for one in values:
        key = (type(one), one)
        if key not in places:
            places[key] = len(different)
            different.append(one)
        codes.append(places[key])
    return column_of(different, pl.Series(codes, dtype=pl.UInt32))


def column_of(values: Sequence[Value], codes: pl.Series) -> Column:
    """The narrowest column that holds `values`; `codes` are places in it, null where nothing is known."""
    known = [one for one in values if not isinstance(one, Unknown | Nothing)]
    if known and all(isinstance(one, bool) for one in known) and not any(isinstance(one, Nothing) for one in values):
        return Flag(_mapped([one if isinstance(one, bool) else None for one in values], pl.Boolean, codes))
    if known and all(isinstance(one, Interval) for one in known):
        found = _number(values, codes)
        if found is not None:
            return found
    if known and all(isinstance(one, Days) for one in known):
        return _day(values, codes)
    places: list[int | None] = []
    kept: list[Value] = []
    for one in values:
        places.append(None if isinstance(one, Unknown) else len(kept))
        if not isinstance(one, Unknown):
            kept.append(one)
    return Coded(_mapped(places, pl.UInt32, codes) if len(kept) < len(values) else codes, tuple(kept))


def _number(values: Sequence[Value], codes: pl.Series) -> Number | None:
    """None where the numbers have no common unit small enough."""
    ends = [end for one in values if isinstance(one, Interval) for end in (one.low, one.high)]
    parts = lcm(*{end.denominator for end in ends})
    if parts > _MOST_PARTS or any(abs(end * parts) >= LARGEST for end in ends):
        return None
    low = [int(one.low * parts) if isinstance(one, Interval) else None for one in values]
    high = [int(one.high * parts) if isinstance(one, Interval) else None for one in values]
    return Number(
        _mapped(low, pl.Int64, codes),
        Parts(parts),
        None if low == high else _mapped(high, pl.Int64, codes),
        _nothing(values, codes),
    )


def _day(values: Sequence[Value], codes: pl.Series) -> Day:
    first: list[date | None] = [one.first if isinstance(one, Days) else None for one in values]
    last: list[date | None] = [one.last if isinstance(one, Days) else None for one in values]
    return Day(
        _mapped(first, pl.Date, codes),
        None if first == last else _mapped(last, pl.Date, codes),
        _nothing(values, codes),
    )


def _nothing(values: Sequence[Value], codes: pl.Series) -> pl.Series | None:
    flags = [isinstance(one, Nothing) for one in values]
    return _mapped(flags, pl.Boolean, codes).fill_null(False) if any(flags) else None


def _mapped(values: Sequence[object], kind: pl.DataType | type[pl.DataType], codes: pl.Series) -> pl.Series:
    return pl.Series(values, dtype=kind).gather(codes)


def exact_parts(number: Number, parts: int) -> tuple[pl.Series, pl.Series] | None:
    """Both ends as multiples of 1/parts; None where they can't be, or would grow too large."""
    if not isinstance(number.scale, Parts) or parts % number.scale.parts:
        return None
    factor = parts // number.scale.parts
    high = number.low if number.high is None else number.high
    ends = [end for end in (number.low.min(), high.max()) if isinstance(end, int)]
    if any(abs(Fraction(end) * factor) >= LARGEST for end in ends):
        return None
    return number.low.cast(pl.Int64) * factor, high.cast(pl.Int64) * factor
