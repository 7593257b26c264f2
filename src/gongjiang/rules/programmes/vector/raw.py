"""Columns of raw values, as files hold them: each different one is read once, plain numbers and days not at all."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.values import NUMBERS, Days, Nothing, Value
from gongjiang.rules.programmes.vector.coding import column_of
from gongjiang.rules.programmes.vector.columns import Column, Day, Flag, Number
from gongjiang.rules.programmes.vector.scales import LARGEST, Floats, Parts
from gongjiang.rules.programmes.vocabulary import FieldSpec

RawReader = Callable[[Any], Value]
_SAFE = 10.0**15


def read_column(raw: pl.Series, spec: FieldSpec, read: RawReader) -> Column:
    """`read` gives the value of one raw value, None for a blank. Typed columns of the same meaning are taken as is."""
    found = _as_it_is(raw, spec, read(None))
    if found is not None:
        return found
    different, codes = distinct(raw)
    return column_of([read(one) for one in different], codes)


def distinct(raw: pl.Series) -> tuple[list[Any], pl.Series]:
    """Each different raw value once, and the place of everybody's."""
    if raw.dtype == pl.Categorical:
        raw = raw.cast(pl.String)
    if raw.dtype == pl.String:
        words = raw.unique().drop_nulls()
        raw = raw.cast(pl.Enum(words))
    if isinstance(raw.dtype, pl.Enum):
        words = raw.dtype.categories
        places = raw.to_physical().cast(pl.UInt32)
        return ([*words, None], places.fill_null(len(words))) if raw.null_count() else ([*words], places)
    if raw.dtype.is_nested() or raw.dtype == pl.Object:
        return _of_things(raw.to_list())
    known = raw.unique().to_frame("raw").with_row_index("place")
    places = raw.to_frame("raw").join(known, on="raw", how="left", nulls_equal=True, maintain_order="left")["place"]
    return known["raw"].to_list(), places


def combinations(columns: Sequence[pl.Series]) -> tuple[list[tuple[Any, ...]], pl.Series]:
    """Each different combination of raw values once, and the place of everybody's."""
    parts = [distinct(one) for one in columns]
    mixed = pl.repeat(0, len(columns[0]), dtype=pl.UInt64, eager=True)
    for different, codes in parts:
        mixed = mixed * len(different) + codes.cast(pl.UInt64)
    keys, places = distinct(mixed)
    found = []
    for key in keys:
        one = []
        for different, _ in reversed(parts):
            key, place = divmod(key, len(different))
            one.append(different[place])
        found.append(tuple(reversed(one)))
    return found, places


def _of_things(values: Sequence[Any]) -> tuple[list[Any], pl.Series]:
    places: dict[Hashable, int] = {}
    different: list[Any] = []
    codes = []
    for one in values:
        key = (type(one), repr(one))
        if key not in places:
            places[key] = len(different)
            different.append(one)
        codes.append(places[key])
    return different, pl.Series(codes, dtype=pl.UInt32)


def _as_it_is(raw: pl.Series, spec: FieldSpec, blank: Value) -> Column | None:
    """A typed column that means just what its field means; None if each value has to be read."""
    none = raw.is_null() if isinstance(blank, Nothing) and raw.null_count() else None
    if raw.dtype == pl.Boolean and spec.type == "yes_no" and none is None:
        return Flag(raw.fill_null(False) if blank is False else raw)
    if isinstance(blank, bool | str | Interval | Days):
        return None
    if spec.type in NUMBERS and raw.dtype.is_integer():
        ends = [int(end) for end in (raw.min(), raw.max()) if isinstance(end, int)]
        if all(abs(end) < LARGEST for end in ends):
            return Number(raw.cast(pl.Int64), Parts(), none=none)
    if spec.type in NUMBERS and raw.dtype == pl.Float64 and _plain_decimals(raw):
        return Number(raw, Floats(), none=none)
    if spec.type == "date" and raw.dtype == pl.Date:
        return Day(raw, none=none)
    return None


def _plain_decimals(raw: pl.Series) -> bool:
    """Are all as short and as large as a written number may be (no NaN, no infinity)?"""
    if raw.is_nan().any():
        return False
    last = raw.max()
    if isinstance(last, float) and last < _SAFE and ((raw >= 0.01) | (raw == 0)).all(ignore_nulls=True):
        return True
    large = raw.abs()
    return bool((((large >= 0.01) & (large < _SAFE)) | (large == 0)).all(ignore_nulls=True))
