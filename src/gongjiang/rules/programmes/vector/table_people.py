"""People as tables: one row a person, and a long table for each group of rows.

Columns are named as a pack's own tests name what they give: `birth`, `leader.skill_level`, `case.route`,
`judged.character`, `documents.consent`, `opinions.application.employer`, `scores.total`. In a table of rows, `person`
says whose row it is (the place among the people, rising).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.programmes.derived import fill_derived
from gongjiang.rules.programmes.facts import FactPath, Facts
from gongjiang.rules.programmes.values import is_blank, number
from gongjiang.rules.programmes.vector.columns import Column, constant
from gongjiang.rules.programmes.vector.deriving import agreed, computed_column, filled
from gongjiang.rules.programmes.vector.people import Need, People, Rows
from gongjiang.rules.programmes.vector.raw import read_column
from gongjiang.rules.programmes.vector.sources import source
from gongjiang.rules.programmes.vector.spans import Span, spans
from gongjiang.rules.programmes.vector.table_rows import TableRows
from gongjiang.rules.programmes.vocabulary import REGISTRY, FieldSpec


class TablePeople(People):
    """From tables. `shared`: what is the same for all (words, params, as_of, submitted, …); its subject is not read."""

    def __init__(self, shared: Facts, table: pl.DataFrame, rows: Mapping[str, pl.DataFrame] | None = None) -> None:
        self.shared = replace(shared, subject={}, rows={}, relations={}, registry=())
        self.table = table
        self.size = table.height
        self.row_tables = dict(rows or {})
        self._columns: dict[Need, Column] = {}
        self._rows: dict[str, TableRows] = {}
        self._computed: dict[str, Column | None] = {}
        self.scored: dict[str, Column] = {}
        """Scores worked out from what the tables say, by node, where no column gives them."""

    def column(self, need: Need) -> Column:
        """Read of the table, once."""
        if need not in self._columns:
            self._columns[need] = self._read(need)
        return self._columns[need]

    @cached_property
    def _spans(self) -> Mapping[str, Span]:
        return spans(self.table)

    def rows(self, group: str) -> Rows:
        """The group's table, with a row more for whoever may have rows that are not shown."""
        if group not in self._rows:
            self._rows[group] = TableRows(self.shared, self.row_tables.get(group), group, self.size)
        return self._rows[group]

    def raw(self, name: str) -> pl.Series | None:
        """A column of the table as it is; None if it has none of that name."""
        return self.table[name] if name in self.table.columns else None

    def facts(self, place: int) -> Facts:
        """One person, as the explaining evaluator takes them."""
        return fill_derived(self.bare_facts(place))

    def bare_facts(self, place: int) -> Facts:
        """One person as the table has them, derived fields not worked out."""
        given = self.table.row(place, named=True)
        parts: dict[str, dict[str, Any]] = {}
        for name, value in given.items():
            first, dot, last = name.partition(".")
            parts.setdefault(first if dot else "", {})[last if dot else name] = value
        rows = {group: tuple(table.of(place)) for group in self.row_tables if (table := self._table(group))}
        registry = rows.pop(REGISTRY, ())
        opinions = {_sheet_and_party(key): one for key, one in parts.get("opinions", {}).items()}
        scores = {key: one for key, one in parts.get("scores", {}).items() if one is not None}
        judged = {(key, ""): one for key, one in parts.get("judged", {}).items() if one is not None}
        for group in self.row_tables:
            judged |= self._table(group).judgements(place)
        exception = parts.get("case", {}).get("exception")
        return replace(
            self.shared,
            subject=parts.get("", {}),
            relations={name: parts[name] for name in self.shared.words.relations if name in parts},
            rows=rows,
            registry=registry,
            case=parts.get("case", {}),
            judgements={**self.shared.judgements, **judged},
            documents={key: int(one) for key, one in parts.get("documents", {}).items() if one is not None},
            opinions=opinions,
            scores={key: Interval.point(number(one)) for key, one in scores.items()} | dict(self._scores(place)),
            granted=frozenset() if is_blank(exception) else frozenset({str(exception)}),
        )

    def _scores(self, place: int) -> Iterator[tuple[str, Interval]]:
        for key, column in self.scored.items():
            code = column.coded().codes[place]
            value = None if code is None else column.coded().values[code]
            if isinstance(value, Interval):
                yield key, value

    def _table(self, group: str) -> TableRows:
        self.rows(group)
        return self._rows[group]

    def _read(self, need: Need) -> Column:
        if need.kind == "score" and need.key in self.scored:
            return self.scored[need.key]
        spec = need.path.spec if need.path else need.spec
        if need.at == "subject" and spec.derived and need.key in self.shared.words.fields:
            return self._derived(need, spec)
        return self.typed(need)

    def _derived(self, need: Need, spec: FieldSpec) -> Column:
        """What was typed and what is computed, brought together; what is computed counts as filled."""
        typed = self.typed(need)
        if spec.id not in self._computed:
            self._computed[spec.id] = computed_column(self, spec)
        computed = self._computed[spec.id]
        if computed is None:
            return typed
        if need.kind == "value" and self.raw(spec.id) is None and typed.coded().codes.null_count() == self.size:
            return computed
        return agreed(typed, computed) if need.kind == "value" else filled(typed, computed)

    def typed(self, need: Need) -> Column:
        """As it stands in the table, derived or not."""
        name, read = source(self.shared, need)
        raw = self.raw(name)
        if raw is not None:
            spec = need.path.spec if need.path and need.kind == "value" else need.spec
            return read_column(raw, spec, read, self._spans.get(name))
        if need.kind == "judged":
            return self._answered_for_all(need)
        missing = need.read(self.shared, None)
        if need.at == "relation" and any(one.startswith(f"{need.via}.") for one in self.table.columns):
            missing = read(None)
        return constant(missing, self.size)

    def _answered_for_all(self, need: Need) -> Column:
        """Answers about the edition, or about units and groups, which no column has to give."""
        if need.about not in {"unit", "each"}:
            return constant(need.read(self.shared, None), self.size)
        path = need.each or FactPath("case", "nominator", FieldSpec("nominator"))
        name, _ = source(self.shared, Need("value", path.key, path.at, path.via, read=need.read))
        raw, facts = self.raw(name), _with(self.shared, path)
        if raw is None:
            return constant(UNKNOWN, self.size)
        return read_column(raw, FieldSpec(""), lambda one: need.read(facts(one), None))


def _sheet_and_party(key: str) -> tuple[str, str]:
    sheet, _, party = key.partition(".")
    return sheet, party


def _with(shared: Facts, path: FactPath) -> Callable[[Any], Facts]:
    """Facts in which one value stands at a path."""
    if path.at == "case":
        return lambda raw: replace(shared, case={path.key: raw})
    if path.at == "relation":
        return lambda raw: replace(shared, relations={path.via: {path.key: raw}})
    return lambda raw: replace(shared, subject={path.key: raw})
