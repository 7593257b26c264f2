"""People whose facts are at hand one by one: an edition's nominees, invented people of a test."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.vector.coding import coded_column
from gongjiang.rules.programmes.vector.columns import Column
from gongjiang.rules.programmes.vector.people import Need, People, Rows


class FactPeople(People):
    """From facts, at least one. Raises BadInput unless all are of one edition (`alike` tells)."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        if not facts or any(not alike(facts[0], one) for one in facts):
            raise BadInput("一起判断的人须属同一届、同一状态。", "Facts of one edition, all drafts or all submitted.")
        self._facts = tuple(facts)
        self._columns: dict[Need, Column] = {}
        self._rows: dict[str, Rows] = {}
        self.size = len(facts)
        self.shared = facts[0]

    def column(self, need: Need) -> Column:
        """Read of each in turn, once."""
        if need not in self._columns:
            self._columns[need] = coded_column([need.read(one, None) for one in self._facts])
        return self._columns[need]

    def rows(self, group: str) -> Rows:
        """Rows that are there, and those that may be."""
        if group not in self._rows:
            self._rows[group] = _FactRows(self._facts, group)
        return self._rows[group]

    def facts(self, place: int) -> Facts:
        """As given."""
        return self._facts[place]


def alike(one: Facts, other: Facts) -> bool:
    """Is all that an edition settles the same for both?"""
    return _edition(one) == _edition(other)


def _edition(facts: Facts) -> tuple[Any, ...]:
    words = facts.words
    judged = [facts.judgements.get((one.judged, "")) for one in words.params.values() if one.judged]
    return (id(words), facts.params, facts.tables, facts.covers, facts.as_of, facts.submitted, facts.rules, judged)


class _FactRows(Rows):
    def __init__(self, facts: Sequence[Facts], group: str) -> None:
        self.people = len(facts)
        self._found: list[tuple[Facts, Row]] = []
        persons, unseen = [], []
        for n, one in enumerate(facts):
            found = one.row_set(group)
            for row in (*found.rows, *found.unseen):
                self._found.append((one, row))
                persons.append(n)
            unseen += [False] * len(found.rows) + [True] * len(found.unseen)
        self.person = pl.Series(persons, dtype=pl.UInt32)
        self.unseen = pl.Series(unseen, dtype=pl.Boolean) if any(unseen) else None
        self._columns: dict[Need, Column] = {}

    def column(self, need: Need) -> Column:
        if need not in self._columns:
            self._columns[need] = coded_column([need.read(facts, row) for facts, row in self._found])
        return self._columns[need]
