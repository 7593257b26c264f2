"""The rows of a group as a long table, with a row more for whoever may have rows that nobody has shown."""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.coding import column_of
from gongjiang.rules.programmes.vector.columns import Column, constant
from gongjiang.rules.programmes.vector.people import Need, Rows
from gongjiang.rules.programmes.vector.raw import RawReader, read_column
from gongjiang.rules.programmes.vector.sources import answer
from gongjiang.rules.programmes.vocabulary import REGISTRY

_NOBODY = pl.DataFrame(schema={"person": pl.UInt32})


class TableRows(Rows):
    """From a table with a column `person`, rising."""

    def __init__(self, shared: Facts, table: pl.DataFrame | None, group: str, people: int) -> None:
        self._shared = shared
        self._group = group
        self._table = _NOBODY if table is None else table
        self.people = people
        self._columns: dict[Need, Column] = {}
        shown = self._table["person"].cast(pl.UInt32)
        self._possible: Sequence[Row] = shared.row_set(group).unseen
        self._order: pl.Series | None = None
        self.person, self.unseen = shown, None
        if self._possible:
            self._with_unseen(shown)

    def column(self, need: Need) -> Column:
        """Read of the table, once."""
        if need not in self._columns:
            self._columns[need] = self._with_possible(need, self._shown(need))
        return self._columns[need]

    def raw(self, name: str) -> pl.Series | None:
        """A column of the table as it is; None if it has none of that name."""
        return self._table[name] if name in self._table.columns else None

    def of(self, place: int) -> Iterator[Row]:
        """One person's rows."""
        for n, values in self._of(place):
            yield Row(f"{self._group}-{n}", {key: one for key, one in values.items() if not key.startswith("judged.")})

    def judgements(self, place: int) -> dict[tuple[str, str], Any]:
        """What was found about one person's rows."""
        return {
            (key.removeprefix("judged."), f"{self._group}-{n}"): one
            for n, values in self._of(place)
            for key, one in values.items()
            if key.startswith("judged.") and one is not None
        }

    def _of(self, place: int) -> Iterator[tuple[int, dict[str, Any]]]:
        shown = self._table["person"]
        start, end = shown.search_sorted(place, side="left"), shown.search_sorted(place, side="right")
        yield from enumerate(self._table.slice(start, end - start).drop("person").iter_rows(named=True), 1)

    def _with_unseen(self, shown: pl.Series) -> None:
        """Behind each person's rows those that may be: in the registry for all, else for who has shown none."""
        everybody = pl.arange(0, self.people, dtype=pl.UInt32, eager=True)
        who = everybody if self._group == REGISTRY else everybody.filter(~everybody.is_in(shown.unique().implode()))
        person = pl.concat([shown, *(who for _ in self._possible)])
        self._more = [len(who)] * len(self._possible)
        self._order = _stable_order(person)
        self.person = person.gather(self._order)
        flags = pl.arange(0, len(person), eager=True) >= len(shown)
        self.unseen = flags.gather(self._order)

    def _with_possible(self, need: Need, column: Column) -> Column:
        if self._order is None:
            return column
        coded = column.coded()
        values: list[Value] = [*coded.values, UNKNOWN]
        codes = [coded.codes.cast(pl.UInt32).fill_null(len(coded.values))]
        for row, more in zip(self._possible, self._more, strict=True):
            codes.append(pl.repeat(len(values), more, dtype=pl.UInt32, eager=True))
            values.append(need.read(self._shared, row))
        return column_of(values, pl.concat(codes).gather(self._order))

    def _shown(self, need: Need) -> Column:
        key, read, spec = self._source(need)
        raw = self.raw(key)
        if raw is None:
            return constant(UNKNOWN if need.kind == "judged" else read(None), len(self._table))
        return read_column(raw, spec, read)

    def _source(self, need: Need) -> tuple[str, RawReader, Any]:
        if need.kind == "judged":
            return f"judged.{need.key}", answer(need), need.spec
        spec = need.path.spec if need.path is not None and need.kind == "value" else need.spec
        return need.key, lambda raw: need.read(self._shared, Row("", {need.key: raw})), spec


def _stable_order(person: pl.Series) -> pl.Series:
    return pl.DataFrame({"person": person}).with_row_index("place").sort("person", maintain_order=True)["place"]
