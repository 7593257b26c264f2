"""A sheet as columns of text: what many rows are checked by, and what rows are made of for whoever wants them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from gongjiang.documents.xlsx.rows import Problem, ReadCell, SheetRow, letters

Kind = Literal["blank", "text", "number", "date", "bool"]
Texts = dict[str, list[str]]
Kinds = dict[tuple[int, str], Kind]


@dataclass(frozen=True)
class SheetColumns:
    """The rows found under the header of `sheet`: numbers of Excel's rows, and by heading a text for each.

    `kinds`: cells that were no text, by (place among the rows, heading). `places`: by heading, its column from 0.
    """

    sheet: str
    header_row: int
    numbers: tuple[int, ...]
    texts: Texts
    places: dict[str, int]
    kinds: Kinds = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    def cell(self, at: int, heading: str) -> ReadCell:
        """The cell of the row at place `at` (from 0); KeyError where the sheet has no such column."""
        text = self.texts[heading][at]
        kind = self.kinds.get((at, heading), "text" if text else "blank")
        return ReadCell(self.numbers[at], self.places[heading], heading, text, kind)

    def where(self, at: int, heading: str) -> str:
        """A cell as people find it: 第3行 H列（身份证号）."""
        return f"第{self.numbers[at]}行 {letters(self.places[heading])}列（{heading}）"

    def rows(self) -> tuple[SheetRow, ...]:
        """The same row by row."""
        return tuple(
            SheetRow(number, tuple(self.cell(at, heading) for heading in self.texts))
            for at, number in enumerate(self.numbers)
        )


def columns_of(rows: Sequence[Sequence[Any]], places: Mapping[str, int]) -> tuple[Texts, Kinds]:
    """The texts of columns by name without outer blanks, and which cells were no text."""
    width = max(places.values(), default=-1) + 1
    if any(len(row) < width for row in rows):  # a file of lines, some of them short
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
    across = list(zip(*rows, strict=False)) or [()] * width
    texts: Texts = {}
    kinds: Kinds = {}
    for name, column in places.items():
        try:
            texts[name] = list(map(str.strip, across[column]))
        except TypeError:  # not all are texts
            told = [(value.strip(), None) if value.__class__ is str else plain_text(value) for value in across[column]]
            texts[name] = [text for text, _ in told]
            kinds |= {(at, name): kind for at, (_, kind) in enumerate(told) if kind not in (None, "blank")}
    return texts, kinds


def plain_text(value: Any) -> tuple[str, Kind]:
    """What a cell that is no text says, and what it was."""
    if value is None or value == "":
        return "", "blank"
    if isinstance(value, bool):
        return ("是" if value else "否"), "bool"
    if isinstance(value, int | float):
        return (str(int(value)) if value == int(value) else repr(value)), "number"
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return str(value).removesuffix(" 00:00:00"), "date"
    text = str(value).strip()
    return text, "text" if text else "blank"
