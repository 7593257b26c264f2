"""Rows of people: sheets of their own, JSON in a cell, or the joined cells of the official summary sheet."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from gongjiang.documents.xlsx.findings import plain
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.values import is_blank
from gongjiang.rules.programmes.vocabulary import Vocabulary
from gongjiang.services.screening.cells import read_cell, series_of
from gongjiang.services.screening.headings import KEYS, Meaning, row_meanings
from gongjiang.services.screening.sheets import Problem, Sheet

Keys = Mapping[str, Mapping[str, int]]


class Details:
    """Collects rows by group, each with its person's place in the main sheet."""

    def __init__(self, words: Vocabulary, on: date, main: Sheet) -> None:
        self.words, self.on, self.main = words, on, main
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.bad: set[int] = set()
        """Rows of the main sheet whose people have rows that can't be read."""
        self._rows: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        self._known: dict[str, Mapping[str, Meaning]] = {}

    def joined(self, heading: str, meaning: Meaning, column: Sequence[Any]) -> None:
        """姓名，单位，职务 in one cell, taken apart at the first commas."""
        for place, text in enumerate(column):
            if not is_blank(text):
                parts = [one.strip() for one in re.split(r"[,，]", str(text), maxsplit=len(meaning.join) - 1)]
                self._add(place, meaning.group, dict(zip(meaning.join, parts, strict=False)), heading)

    def written(self, heading: str, meaning: Meaning, column: Sequence[Any]) -> None:
        """A list of rows in one cell: JSON, or a list of a typed file."""
        self._rows.setdefault(meaning.group, [])
        for place, cell in enumerate(column):
            if cell is None or (isinstance(cell, str) and is_blank(cell)):
                continue
            try:
                rows = _objects(cell)
            except BadInput as wrong:
                self._wrong(place, heading, wrong.text)
                continue
            for one in rows:
                self._add(place, meaning.group, one, heading)

    def sheet(self, group: str, sheet: Sheet, keys: Keys) -> None:
        """A sheet of rows, tied to people by the first key that both sheets have."""
        self._rows.setdefault(group, [])
        here = {plain(heading): column for heading, column in sheet.columns.items()}
        known = self._columns(group)
        key = next((one for one in KEYS if one in here and one in keys and one not in known), None)
        if key is None:
            self.notes.append(f"工作表“{sheet.name}”没有{'、'.join(KEYS)}中与主表相同的列，未读入。")
            return
        for n, row in enumerate(sheet.rows):
            word = str(here[key][n] or "").strip()
            place = keys[key].get(word)
            if place is None:
                text = "主表里没有这个人，或有重复。" if word else "没有写是谁的。"
                self.problems.append(Problem(row, sheet.letters_of(key), key, text, sheet.name))
                continue
            values = {known[name].name: column[n] for name, column in here.items() if name in known}
            self._add(place, group, values, "", sheet, row)

    def tables(self) -> dict[str, pl.DataFrame]:
        """A long table for each group that was given, person by person."""
        found = {}
        for group, rows in self._rows.items():
            rows.sort(key=lambda one: one[0])
            names = list(dict.fromkeys(name for _, one in rows for name in one))
            columns = {name: series_of([one.get(name) for _, one in rows]) for name in names}
            found[group] = pl.DataFrame({"person": pl.Series([place for place, _ in rows], dtype=pl.UInt32), **columns})
        return found

    def _add(
        self, place: int, group: str, raw: Mapping[str, Any], heading: str, sheet: Sheet | None = None, row: int = 0
    ) -> None:
        """One row, every cell read by its column; a row that says nothing is none."""
        known = self._columns(group)
        values: dict[str, Any] = {}
        for name, cell in raw.items():
            meaning = known.get(plain(name))
            if meaning is None:
                if name != "id":
                    self._note(f"“{self.words.rows_label(group)}”没有“{name}”这一列，未使用。")
                continue
            try:
                values[meaning.name] = read_cell(meaning.spec, cell, self.words, self.on)
            except (BadInput, ValueError, TypeError) as wrong:
                text = wrong.text if isinstance(wrong, BadInput) else "内容看不懂。"
                if sheet is None:
                    self._wrong(place, heading, text)
                else:
                    label = meaning.spec.shown
                    self.problems.append(Problem(row, sheet.letters_of(label, name), label, text, sheet.name))
                    self.bad.add(self.main.rows[place])
                return
        if any(one is not None for one in values.values()):
            self._rows.setdefault(group, []).append((place, values))

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def _columns(self, group: str) -> Mapping[str, Meaning]:
        if group not in self._known:
            self._known[group] = row_meanings(self.words, group)
        return self._known[group]

    def _wrong(self, place: int, heading: str, text: str) -> None:
        row = self.main.rows[place]
        self.problems.append(Problem(row, self.main.letters[heading], heading, text))


def _objects(cell: Any) -> list[dict[str, Any]]:
    if isinstance(cell, str):
        try:
            cell = json.loads(cell)
        except (json.JSONDecodeError, RecursionError):
            cell = None
    if isinstance(cell, pl.Series):
        cell = cell.to_list()
    if not isinstance(cell, list) or not all(isinstance(one, dict) for one in cell):
        raise BadInput(
            '明细须写成 JSON，如 [{"kind": "技术能手", "level": "国家级"}]。', "Rows are a JSON list of objects."
        )
    return cell
