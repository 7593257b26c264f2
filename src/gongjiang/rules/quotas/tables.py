"""A table of places read into limits: nested keys, shares inside a row, rows that are only sums."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.truth import Unknown
from gongjiang.rules.quotas.limits import Limits, read_bound
from gongjiang.rules.quotas.members import GroupKey, key_text

CONFIRMED: Final = "table."
"""Before a table's id among an edition's values: rows that an allocation gave it and an office confirmed."""


def rows_of(table: str, written: Mapping[str, Any], params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The rows of a table in an edition: confirmed ones, else as the pack has them."""
    found = params.get(f"{CONFIRMED}{table}")
    return found if isinstance(found, Mapping) else written


def read_limits(rows: Mapping[str, Any], *, depth: int = 1, apart: bool = False, place: str = "") -> Limits:
    """Limits from `tables.<id>.rows`, nested one level a key.

    A row is a number, `{places, includes: {unit: n}}` (n lies inside places) or `{split: {unit: n}}`
    (the row is their sum). `apart`: what an included unit leaves is not for the rest of its row.
    Raises BadInput naming the row.
    """
    reading = _Reading(apart, place)
    reading.level((), rows, depth)
    return Limits(reading.found, reading.within, apart)


@dataclass(slots=True)
class _Reading:
    """Limits found so far."""

    apart: bool
    place: str
    found: dict[GroupKey, Fraction] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)

    def level(self, prefix: GroupKey, rows: Mapping[str, Any], left: int) -> None:
        for name, row in rows.items():
            key = (*prefix, str(name))
            if left > 1 and isinstance(row, Mapping):
                self.level(key, row, left - 1)
            elif left > 1:
                raise self.wrong(key, "少一层键", "A level of keys is missing.")
            else:
                self.row(key, row)

    def row(self, key: GroupKey, row: Any) -> None:
        if not isinstance(row, Mapping):
            self.put(key, row)
        elif set(row) == {"split"}:
            for unit, places in row["split"].items():
                self.put((*key[:-1], str(unit)), places)
        elif "places" in row and set(row) <= {"places", "includes"}:
            self.including(key, row["places"], row.get("includes", {}))
        else:
            raise self.wrong(key, "须为数、places/includes 或 split", "A row is a number, places/includes or split.")

    def including(self, key: GroupKey, places: object, parts: Mapping[str, Any]) -> None:
        total = self.put(key, places)
        inner = sum((self.put((*key[:-1], str(unit)), part) for unit, part in parts.items()), Fraction(0))
        if inner > total:
            raise self.wrong(key, "所含名额超过本行名额", "Included places exceed the row.")
        self.within.update({str(unit): str(key[-1]) for unit in parts})
        if self.apart:
            self.found[key] = total - inner

    def put(self, key: GroupKey, places: object) -> Fraction:
        if key in self.found:
            raise self.wrong(key, "在表中出现两次", "A row appears twice.")
        bound = read_bound("at_most", places, place=f"{self.place} {key_text(key)}".strip())
        if bound.share or isinstance(bound.value, Unknown):
            raise self.wrong(key, "的名额须为整数", "Places are whole numbers.")
        self.found[key] = bound.value
        return bound.value

    def wrong(self, key: GroupKey, text: str, english: str) -> BadInput:
        return BadInput(f"“{key_text(key)}”{text}", english, place=self.place)
