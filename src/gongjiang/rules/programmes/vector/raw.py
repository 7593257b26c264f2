"""Columns of raw values, as files hold them: each different one is read once, plain numbers and days not at all."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.values import NUMBERS, Days, Nothing, Value
from gongjiang.rules.programmes.vector.coding import column_of
from gongjiang.rules.programmes.vector.columns import CLOSE, Column, Day, Flag, Number, numbered
from gongjiang.rules.programmes.vector.scales import LARGEST, Floats, Parts
from gongjiang.rules.programmes.vector.spans import LEAST, SAFE, Span, span_of
from gongjiang.rules.programmes.vocabulary import FieldSpec

RawReader = Callable[[Any], Value]


def read_column(raw: pl.Series, spec: FieldSpec, read: RawReader, span: Span | None = None) -> Column:
    """`read` gives the value of one raw value, None for a blank. Typed columns of the same meaning are taken as is.

    `span`: how far its numbers reach, where that is known already.
    """
    found = _as_it_is(raw, spec, read(None), span)
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
        if not raw.null_count():
            return [*words], raw.to_physical()
        return [*words, None], raw.to_physical().cast(pl.UInt32).fill_null(len(words))
    if raw.dtype.is_nested() or raw.dtype == pl.Object:
        return _of_things(raw.to_list())
    if raw.dtype == pl.Date or raw.dtype.is_integer():
        found = _close(raw)
        if found is not None:
            return found
    known = raw.unique().to_frame("raw").with_row_index("place")
    places = raw.to_frame("raw").join(known, on="raw", how="left", nulls_equal=True, maintain_order="left")["place"]
    return known["raw"].to_list(), places


def _close(raw: pl.Series) -> tuple[list[Any], pl.Series] | None:
    """Whole numbers and days that lie near each other, without a search; None for others."""
    whole = raw.to_physical()
    low, high = whole.min(), whole.max()
    if not isinstance(low, int) or not isinstance(high, int) or high - low >= CLOSE or high >= LARGEST:
        return None
    span = high - low + 1
    offsets = whole.cast(pl.Int64) - low
    present, places = numbered(offsets.fill_null(span), span + 1)
    values: list[Any] = (
        (present.cast(pl.Int64).filter(present < span) + low).cast(whole.dtype).cast(raw.dtype).to_list()
    )
    return ([*values, None] if raw.null_count() else values), places


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


def _as_it_is(raw: pl.Series, spec: FieldSpec, blank: Value, span: Span | None) -> Column | None:
    """A typed column that means just what its field means; None if each value has to be read."""
    none = raw.is_null() if isinstance(blank, Nothing) and raw.null_count() else None
    if raw.dtype == pl.Boolean and spec.type == "yes_no" and none is None:
        return Flag(raw.fill_null(False) if blank is False else raw)
    if isinstance(blank, bool | str | Interval | Days):
        return None
    if spec.type in NUMBERS and (raw.dtype.is_integer() or raw.dtype == pl.Float64):
        span = span or span_of(raw)
        if raw.dtype.is_integer() and span.reach < LARGEST:
            return Number(raw.cast(pl.Int64), Parts(), none=none, span=span)
        if raw.dtype == pl.Float64 and (span.plain or _plain_decimals(raw)):
            return Number(raw, Floats(), none=none, span=span)
    if spec.type == "date" and raw.dtype == pl.Date:
        return Day(raw, none=none)
    return None


def _plain_decimals(raw: pl.Series) -> bool:
    """Can all be written plainly, those below 0 too?"""
    large = raw.abs()
    return bool((((large >= LEAST) & (large < SAFE)) | (large == 0)).all(ignore_nulls=True))
