"""How far the numbers of typed columns reach: all columns of a table looked at together, each once."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

import polars as pl

LEAST: Final = 0.01
SAFE: Final = 10.0**15
"""Floats from LEAST to SAFE, and 0, are as short and as large as a written number may be."""


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the largest number, None where there is none.

    `plain`: of floats, that each is 0 or lies from LEAST to SAFE.
    """

    low: int | float | None
    high: int | float | None
    plain: bool = False

    @property
    def reach(self) -> int | float:
        """No absolute value is larger."""
        return max((abs(end) for end in (self.low, self.high) if end is not None), default=0)


def spans(table: pl.DataFrame) -> Mapping[str, Span]:
    """Of every column of whole numbers or floats."""
    asked: list[pl.Expr] = []
    names = [name for name, kind in table.schema.items() if kind.is_integer() or kind == pl.Float64]
    for n, name in enumerate(names):
        column = pl.col(name)
        asked += [column.min().alias(f"{n}.low"), column.max().alias(f"{n}.high")]
        if table.schema[name] == pl.Float64:
            asked.append(((column >= LEAST) | (column == 0)).all().alias(f"{n}.plain"))
            asked.append(column.sum().alias(f"{n}.sum"))
    found = table.select(asked).row(0, named=True) if asked else {}
    return {name: _span(*(found.get(f"{n}.{one}") for one in ("low", "high", "plain", "sum")))
            for n, name in enumerate(names)}  # fmt: skip


def span_of(column: pl.Series) -> Span:
    """Of one column."""
    return spans(column.to_frame("column"))["column"]


def _span(low: int | float | None, high: int | float | None, plain: bool | None, total: float | None) -> Span:
    """Of floats: a NaN or an infinity among them makes their sum one."""
    return Span(low, high, bool(plain) and total is not None and isfinite(total) and (high is None or high < SAFE))
