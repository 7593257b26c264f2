"""What was read from a sheet: rows with their numbers, cells with their addresses, and what is wrong with them."""

from dataclasses import dataclass
from typing import Literal


def letters(column: int) -> str:
    """The name Excel gives a column counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of(name: str) -> int:
    """The number of a column from 1 by its letters: A is 1, Z 26, AA 27."""
    number = 0
    for char in name:
        number = number * 26 + ord(char) - 64
    return number


@dataclass(frozen=True)
class ReadCell:
    """One cell: `row` as Excel counts (from 1), `column` from 0, `text` without outer blanks.

    `kind` tells how the file held it; a number may have lost zeros that the person typed.
    """

    row: int
    column: int
    header: str
    text: str
    kind: Literal["blank", "text", "number", "date", "bool"] = "text"

    @property
    def address(self) -> str:
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class SheetRow:
    """A row of data, its cells in the order of the official header."""

    number: int
    cells: tuple[ReadCell, ...]

    @property
    def values(self) -> dict[str, str]:
        """Text by header."""
        return {cell.header: cell.text for cell in self.cells}

    def cell(self, header: str) -> ReadCell:
        """The cell under `header`; KeyError if the sheet had no such column."""
        for cell in self.cells:
            if cell.header == header:
                return cell
        raise KeyError(header)


@dataclass(frozen=True)
class Problem:
    """Something a person must mend in their file, said where they find it."""

    row: int
    column: str
    header: str
    message: str

    def __str__(self) -> str:
        return f"第{self.row}行 {self.column}列（{self.header}）：{self.message}"


@dataclass(frozen=True)
class SheetRead:
    """The rows found under the header of `sheet`; `problems` stop an import, `notes` only inform."""

    sheet: str
    header_row: int
    rows: tuple[SheetRow, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
