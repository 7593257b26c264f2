"""A reader over plain mappings: fields, tables and conditions of one kind, `{field: x, is: y}`."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import exact, percent
from gongjiang.kernel.truth import UNKNOWN, Truth, truth
from gongjiang.rules.scoring.reader import Rows, Tally


@dataclass(frozen=True)
class Plain:
    """`fields`: a missing one is not claimed (None), UNKNOWN is unknown; `tables`: id to (column, rows)."""

    fields: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tables: dict[str, tuple[str, dict[str, int]]] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    more: frozenset[str] = frozenset()
    award: str = ""
    where: str = ""

    def amount(self, written: Any) -> Any:
        if isinstance(written, str) and written.startswith("$"):
            return self.params.get(written[1:], UNKNOWN)
        if isinstance(written, str) and written.endswith("%"):
            return percent(written)
        return exact(written)

    def number(self, path: str) -> Any:
        value = self.fields.get(path)
        return (
            value if value is None or value is UNKNOWN or isinstance(value, Interval) else Interval.point(exact(value))
        )

    def word(self, path: str) -> Any:
        return self.fields.get(path, UNKNOWN)

    def holds(self, condition: Any) -> Truth:
        value = self.fields.get(condition["field"])
        return Truth.UNKNOWN if value is UNKNOWN else truth(value == condition["is"])

    def lookup(self, table: str) -> Any:
        column, rows = self.tables[table]
        key = self.fields.get(column)
        if key is UNKNOWN:
            return Interval(Fraction(min(0, *rows.values())), Fraction(max(rows.values())))
        return Interval.point(rows[key]) if key in rows else None

    def rows(self, group: str) -> Rows:
        found = [replace(self, fields=row, where=f"第{n}行") for n, row in enumerate(self.groups.get(group, ()), 1)]
        return Rows(found, group in self.more)

    def scored(self, node: str) -> Any:
        value = self.scores.get(node)
        return value if value is None or isinstance(value, Interval) else Interval.point(exact(value))

    def tally(self, channel: str) -> Tally | None:
        return self.tallies.get(channel)

    def chosen(self, node: str) -> Any:
        return self.choices.get(node)

    def has_award(self, awards: Any) -> Truth:
        return truth(self.award in awards)
