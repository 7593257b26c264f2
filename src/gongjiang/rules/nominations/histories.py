"""Schooling and work as rows from a month to a month: what a reader would ask about. Pure.

Everything here is pointed out and refuses nobody, but a row that ends before it begins, and a gap where the notice
wants none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Any, Final

from gongjiang.kernel.dates import Month, parse_month, parse_until
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.spans import Span, review
from gongjiang.rules.nominations.form_plan_parts import RowsAsked
from gongjiang.rules.programmes.values import is_blank

MOST: Final = 10
"""Overlaps told of one table."""


@dataclass(frozen=True)
class History:
    """A table and its rows as they are stored."""

    table: RowsAsked
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to look at. `row` counts from 1, 0 for the whole table."""

    table: RowsAsked
    text: str
    row: int = 0
    column: str = ""
    remark: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    span: Span


def read_rows_of(raw: Any) -> tuple[Mapping[str, Any], ...]:
    """The rows of an answer, whatever stands there."""
    return tuple(one for one in raw if isinstance(one, Mapping)) if isinstance(raw, list) else ()


def told_of(histories: Sequence[History], birth: Month | None, as_of: date) -> Iterator[Told]:
    """Of tables that stand on one step: each by itself, then the gaps of all together."""
    spans: list[Span] = []
    for one in histories:
        rows = list(_rows(one))
        yield from (row for row in rows if isinstance(row, Told))
        plain = [row for row in rows if isinstance(row, _Row)]
        spans += [row.span for row in plain]
        yield from _ahead(one.table, plain, as_of)
        yield from _order(one.table, plain)
        yield from _overlaps(one.table, plain, as_of)
        yield from _beginning(one.table, plain, birth)
    if histories:
        last = histories[-1].table
        firm = any(one.table.unbroken for one in histories)
        for first, until in review(spans, as_of).gaps:
            yield Told(last, f"简历缺{_stretch(first, until)}，请补一行或说明。", remark=not firm)


def _rows(history: History) -> Iterator[_Row | Told]:
    """Rows that say a span; what can't be read is told beside its cell already."""
    for n, row in enumerate(history.rows, 1):
        since, until = row.get("from"), row.get("to")
        if is_blank(since):
            yield Told(history.table, f"第{n}行没有填起的年月。", n, "from")
            continue
        try:
            begun, ended = parse_month(str(since)), parse_until(None if is_blank(until) else str(until))
        except BadInput:
            continue
        try:
            yield _Row(n, Span(begun, ended))
        except BadInput as wrong:
            yield Told(history.table, f"第{n}行：{wrong.text}", n, "to", remark=False)


def _ahead(table: RowsAsked, rows: Sequence[_Row], as_of: date) -> Iterator[Told]:
    now = Month.of(as_of)
    for one in rows:
        if one.span.since > now:
            yield Told(table, f"第{one.number}行从{one.span.since.chinese()}开始，还没有到。", one.number, "from")


def _order(table: RowsAsked, rows: Sequence[_Row]) -> Iterator[Told]:
    for before, after in pairwise(rows):
        if after.span.since < before.span.since:
            text = f"第{after.number}行早于第{before.number}行，请按时间先后排。"
            yield Told(table, text, after.number, "from")
            return


def _overlaps(table: RowsAsked, rows: Sequence[_Row], as_of: date) -> Iterator[Told]:
    """Rows that meet in one month don't overlap."""
    now = Month.of(as_of)
    pairs = combinations(sorted(rows, key=lambda one: (one.span.since, one.number)), 2)
    told = 0
    for one, other in pairs:
        start, end = other.span.since, min(one.span.until or now, other.span.until or now)
        if start < end and told < MOST:
            told += 1
            first, second = sorted((one.number, other.number))
            yield Told(table, f"第{second}行与第{first}行在{_stretch(start, end)}重叠，请核对。", second, "from")


def _beginning(table: RowsAsked, rows: Sequence[_Row], birth: Month | None) -> Iterator[Told]:
    if table.since_age is None or birth is None or not rows:
        return
    first = min(one.span.since for one in rows)
    age = (first.index - birth.index) // 12
    if age > table.since_age:
        yield Told(table, f"最早一行从{first.chinese()}（{age}周岁）写起，请按“{table.label}”补齐以前的经历。")


def _stretch(first: Month, last: Month) -> str:
    return first.chinese() + (f"至{last.chinese()}" if last != first else "")
