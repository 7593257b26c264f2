"""Months of everybody's résumé rows, no month twice: `spans.months_covered` for all at once.

A row adds the months that reach beyond all rows before it, in the order of their beginnings; one that begins no later
than the month after joins them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from gongjiang.kernel.dates import Month, parse_until
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.values import is_blank
from gongjiang.rules.programmes.vector.people import totals
from gongjiang.rules.programmes.vector.raw import distinct
from gongjiang.rules.programmes.vocabulary import FieldSpec

RESUME: Final = "resume"
_APART: Final = 100_000
"""More months than any calendar has: people set so far apart never touch."""
_WRONG: Final = -1


@dataclass(frozen=True, slots=True)
class Flagged:
    """Which rows count: those whose yes/no column says so, or whose text holds a word."""

    column: str
    word: str | None = None

    def says(self, raw: Any, shared: Facts) -> bool | None:
        """Does a row with this raw value count?"""
        if self.word is not None:
            return None if is_blank(raw) else self.word in str(raw)
        spec = shared.words.columns(RESUME).get(self.column, FieldSpec(self.column, type="yes_no"))
        found = shared.value(FactPath("row", self.column, spec, via=RESUME), Row("", {self.column: raw}))
        return found if isinstance(found, bool) else None


def years_of(table: pl.DataFrame, shared: Facts, flagged: Flagged, people: int) -> tuple[pl.Series, pl.Series] | None:
    """Months of each person's rows that count, and of those that may: null where no row says, or one can't be read.

    None if no row of anybody says whether it counts.
    """
    assert shared.as_of is not None
    if flagged.column not in table.columns:
        return None
    rows = table.select("person").with_columns(_flags(table, shared, flagged), *_spans(table))
    since, until = pl.col("since"), pl.col("until")
    bad = (since == _WRONG) | (until == _WRONG) | (until < since)
    rows = rows.with_columns(bad.fill_null(False).alias("bad"))
    may = rows.filter(pl.col("counts").fill_null(True))
    told = rows.filter(pl.col("counts").is_not_null())["person"]
    wrong = may.filter(pl.col("bad"))["person"]
    may = _in_order(may.filter(~pl.col("bad")), shared.as_of)
    high = _covered(may, people, told, wrong)
    sure = may.filter(pl.col("counts"))
    return (high, high) if sure.height == may.height else (_covered(sure, people, told, wrong), high)


def _flags(table: pl.DataFrame, shared: Facts, flagged: Flagged) -> pl.Series:
    different, places = distinct(table[flagged.column])
    flags = [flagged.says(one, shared) for one in different]
    return pl.Series("counts", [*flags, None], dtype=pl.Boolean).gather(places)


def _spans(table: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Where each row begins and ends, as month numbers; an open end is null, what can't be read −1."""
    since = _months(table, "from", lacking=_WRONG)
    return since.alias("since"), _months(table, "to", lacking=None).alias("until")


def _months(table: pl.DataFrame, column: str, *, lacking: int | None) -> pl.Series:
    if column not in table.columns:
        return pl.repeat(lacking, table.height, dtype=pl.Int64, eager=True)
    different, places = distinct(table[column])
    return pl.Series([*(_month(one, lacking) for one in different), None], dtype=pl.Int64).gather(places)


def _month(raw: Any, lacking: int | None) -> int | None:
    try:
        found = parse_until(raw)
    except BadInput:
        return _WRONG
    return lacking if found is None else found.index


def _in_order(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Rows begun by as_of, cut off there, each person's in the order of their beginnings."""
    end = Month.of(as_of).index
    begun = rows.filter(pl.col("since") <= end)
    until = pl.min_horizontal(pl.col("until").fill_null(end), pl.lit(end, pl.Int64))
    base = pl.col("person").cast(pl.Int64) * _APART
    placed = begun.select("person", "counts", since=base + pl.col("since"), until=base + until)
    return placed.sort("since")


def _covered(rows: pl.DataFrame, people: int, told: pl.Series, wrong: pl.Series) -> pl.Series:
    reached = pl.col("until").cum_max().shift(1, fill_value=-_APART)
    fresh = pl.when(pl.col("since") > reached + 1).then(pl.col("until") - pl.col("since"))
    added = fresh.otherwise((pl.col("until") - reached).clip(lower_bound=0))
    heard = pl.repeat(False, people, dtype=pl.Boolean, eager=True).scatter(told, True).scatter(wrong, False)
    sums = totals(rows["person"], rows.select(added.alias("months"))["months"], people)
    return pl.DataFrame({"sums": sums, "heard": heard}).select(pl.when("heard").then("sums"))["sums"]
