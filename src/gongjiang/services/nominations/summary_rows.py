"""Rows of the official summary sheet as changes to nominations; every wrong cell named by row and column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, repeat
from operator import attrgetter
from typing import Any

from gongjiang.documents.xlsx import SheetColumns
from gongjiang.models import Organisation
from gongjiang.rules.programmes.vocabulary import Vocabulary
from gongjiang.services.nominations.sheet_columns import Checked, Column, Wrong, check_columns
from gongjiang.services.nominations.summary import CODE
from gongjiang.services.programmes.programme import Programme


class RowRead:
    """What a row says, read when asked for: plain fields, parts of row groups by their place (from 0), our own code if
    it has one. `wrong`: what has to be mended in it."""

    __slots__ = ("at", "code", "number", "reading", "wrong")

    def __init__(self, reading: "Reading", at: int, number: int, code: str) -> None:
        self.reading, self.at, self.number, self.code = reading, at, number, code
        self.wrong: tuple[Wrong, ...] = ()

    def value(self, name: str) -> Any:
        """What it says of one field; None if nothing, or something wrong."""
        column = self.reading.by_name.get(name)
        return None if column is None else self._read(column)

    def _read(self, column: Column) -> Any:
        reading = self.reading
        return reading.checked.value(column, self.at, reading.sheet.texts[column.heading][self.at])

    @property
    def plain(self) -> dict[str, Any]:
        """Every field of which it says something."""
        said = ((one.name, self._read(one)) for one in self.reading.by_name.values())
        return {name: value for name, value in said if value is not None}

    @property
    def groups(self) -> dict[str, dict[int, dict[str, str]]]:
        """Parts of rows, by group and place."""
        found: dict[str, dict[int, dict[str, str]]] = {}
        for column in self.reading.joined:
            parts = self._read(column)
            if parts is not None:
                found.setdefault(column.name, {})[column.place] = parts
        return found

    @property
    def texts(self) -> dict[str, str]:
        """What stands in its cells, by heading; blank ones are left out."""
        held = self.reading.sheet.texts.items()
        return {heading: column[self.at] for heading, column in held if column[self.at]}


@dataclass(frozen=True)
class Reading:
    """What the rows of one sheet are read from."""

    sheet: SheetColumns
    checked: Checked
    by_name: Mapping[str, Column]
    joined: tuple[Column, ...]


def read_rows(
    programme: Programme, columns: Sequence[Column], unit: Organisation, sheet: SheetColumns, at: datetime
) -> list[RowRead]:
    """All rows of the sheet, each with what is wrong in it."""
    checked = check_columns(programme, columns, unit, sheet, at)
    used = [one for one in columns if one.heading in checked.read]
    by_name = {one.name: one for one in used if one.spec is not None}
    reading = Reading(sheet, checked, by_name, tuple(one for one in used if one.parts))
    codes = sheet.texts.get(CODE) or [""] * len(sheet.numbers)
    rows = [
        RowRead(reading, place, number, code)
        for place, (number, code) in enumerate(zip(sheet.numbers, codes, strict=True))
    ]
    _tell(rows, checked.wrong, by_name["name"].heading if "name" in by_name else "")
    return rows


def _tell(rows: Sequence[RowRead], wrong: Sequence[Wrong], name: str) -> None:
    """What is wrong, to its row; a row without a name is wrong as a whole."""
    by_number = {one.number: one for one in rows}
    for one in wrong:
        by_number[one.row].wrong += (one,)
    for row in rows:
        if not row.value("name") and not any(one.heading == name for one in row.wrong):
            row.wrong += (of_row(row.number, "没有姓名。"),)


def of_row(number: int, text: str) -> Wrong:
    """Something wrong with a row as a whole."""
    return Wrong(f"第{number}行", text, number)


def fresh_values(rows: Sequence[RowRead], words: Vocabulary) -> Iterator[dict[str, Any]]:
    """What new nominations hold, as `read_rows` of the form would have it: rows with every column and an id.

    Of rows in which nothing is wrong; read column by column.
    """
    for reading, some in groupby(rows, key=attrgetter("reading")):
        yield from _fresh(reading, [one.at for one in some], words)


def _fresh(reading: Reading, places: Sequence[int], words: Vocabulary) -> Iterator[dict[str, Any]]:
    texts, checked = reading.sheet.texts, reading.checked
    names = tuple(reading.by_name)
    plain = [checked.many(one, places, texts[one.heading]) for one in reading.by_name.values()]
    joined: dict[str, list[list[Any]]] = {}
    for column in sorted(reading.joined, key=lambda one: one.place):
        joined.setdefault(column.name, []).append(checked.many(column, places, texts[column.heading]))
    blanks = {
        name: {key: [] if spec.type in {"checks", "rows"} else "" for key, spec in words.groups[name].items()}
        for name in joined
    }
    across = zip(*plain, strict=True) if plain else repeat((), len(places))
    groups = [zip(*columns, strict=True) for columns in joined.values()]
    for row in across:
        values: dict[str, Any] = dict(zip(names, row, strict=True))
        if None in row:
            values = {name: value for name, value in values.items() if value is not None}
        for name, cells in zip(joined, map(next, groups), strict=True):
            if said := [one for one in cells if one is not None]:
                numbered, blank = enumerate(said, 1), blanks[name]
                values[name] = [{"id": f"r{n}", **blank, **one} for n, one in numbered if any(one.values())]
        yield values


def changes_for(
    row: RowRead, columns: Sequence[Column], now: Mapping[str, Any], shown: Mapping[str, str], words: Vocabulary
) -> dict[str, Any]:
    """What the row changes in a nomination that holds `now` and would be printed as `shown` (by heading).

    A cell that says just what is there changes nothing: what the sheet can't hold (letters, numbers of the
    recommending experts) is never lost by importing it.
    """
    changes, texts, plain = dict[str, Any](), row.texts, row.plain
    for column in columns:
        heading = column.heading
        if not column.name or heading not in texts or texts[heading] == shown.get(heading, "").strip():
            continue
        if column.parts:
            _set_row(changes, row, now, column, words)
        elif column.name in plain and plain[column.name] != now.get(column.name):
            changes[column.name] = plain[column.name]
    return changes


def _set_row(changes: dict[str, Any], row: RowRead, now: Mapping[str, Any], column: Column, words: Vocabulary) -> None:
    """One row of a group as the cell says; its other columns stay as they are."""
    said = {**dict.fromkeys(column.parts, ""), **row.groups[column.name][column.place]}
    held = changes.get(column.name) or [dict(one) for one in now.get(column.name) or []]
    if column.place < len(held) and all(str(held[column.place].get(key) or "") == value for key, value in said.items()):
        return
    blank = {key: [] if spec.type in {"checks", "rows"} else "" for key, spec in words.groups[column.name].items()}
    while len(held) <= column.place:
        taken = {one.get("id") for one in held}
        held.append({"id": next(f"r{n}" for n in range(1, len(held) + 2) if f"r{n}" not in taken), **blank})
    held[column.place] = {**held[column.place], **said}
    changes[column.name] = held
