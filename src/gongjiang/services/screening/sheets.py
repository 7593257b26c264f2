"""Any people file as sheets of columns: workbook, CSV, Parquet. What is no such file is refused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from gongjiang.documents.xlsx.findings import EXAMPLE, plain, problem_of, why_left_out
from gongjiang.documents.xlsx.read import SEARCHED
from gongjiang.documents.xlsx.rows import ReadCell, letters
from gongjiang.documents.xlsx.source import Raw, open_sheets
from gongjiang.kernel.errors import BadInput
from gongjiang.services.screening.headings import key_of
from gongjiang.services.screening.remarks import remarks

MOST_ROWS: Final = 20_000_000
MOST_BYTES: Final = 2_000_000_000
_PARQUET: Final = b"PAR1"
_PDF: Final = b"%PDF"
_LONG: Final = 15
"""Digits that a number of a workbook keeps."""
_MIDNIGHT: Final = " 00:00:00"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: where in the file, and what. `row` counts as the file does, from 1."""

    row: int
    column: str
    heading: str
    text: str
    sheet: str = ""

    def __str__(self) -> str:
        where = f"第{self.row}行" + (f" {self.column}列" if self.column else "")
        heading = f"（{self.heading}）" if self.heading else ""
        return f"{self.sheet + ' ' if self.sheet else ''}{where}{heading}：{self.text}"


@dataclass
class Sheet:
    """A sheet below its headings: `rows` are the row numbers; columns by heading, each as long as `rows`."""

    name: str
    rows: Sequence[int]
    columns: dict[str, Sequence[Any] | pl.Series]
    letters: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def letters_of(self, *headings: str) -> str:
        """The column with one of these headings."""
        wanted = {plain(one) for one in headings}
        return next((at for name, at in self.letters.items() if plain(name) in wanted), "")


def open_people(data: bytes, known: Collection[str]) -> list[Sheet]:
    """The sheets of a file; of each the row of headings is the one with most of `known`.

    Raises BadInput for a file that is too large, broken or of another kind.
    """
    if len(data) > MOST_BYTES:
        raise BadInput("文件超过2GB，请分成几个文件。", "The file is too large.")
    if data.startswith(_PARQUET):
        return [_parquet(data)]
    if data.startswith(_PDF):
        raise BadInput("这是PDF，请提供Excel、CSV或Parquet文件。", "A PDF, not a table.")
    found = [_sheet(one, known) for one in open_sheets(data)]
    if not any(one.columns for one in found):
        raise BadInput("文件里没有内容。", "There is nothing in the file.")
    return found


def _parquet(data: bytes) -> Sheet:
    try:
        scanned = pl.scan_parquet(data)
        height = scanned.select(pl.len()).collect().item()
        if height > MOST_ROWS:
            raise BadInput(f"超过{MOST_ROWS}行，请分成几个文件。", "Too many rows.")
        frame = scanned.collect()
    except (pl.exceptions.PolarsError, OSError, ValueError) as wrong:
        raise BadInput("文件无法作为Parquet打开。", "Not a readable Parquet file.") from wrong
    names = {name: letters(n) for n, name in enumerate(frame.columns)}
    return Sheet("Parquet", range(1, height + 1), {name: frame[name] for name in frame.columns}, names)


def _sheet(raw: Raw, known: Collection[str]) -> Sheet:
    best, at = -1, 0
    for n, row in enumerate(raw.rows[:SEARCHED]):
        count = len({key_of(one, known) for one in row} - {""})
        best, at = (count, n) if count > best else (best, at)
    headings: dict[str, int] = {}
    for n, one in enumerate(raw.rows[at] if raw.rows else ()):
        if one:
            headings.setdefault(str(one).strip(), n)
    sheet = Sheet(raw.name, [], {}, {name: letters(n) for name, n in headings.items()})
    rows: list[int] = []
    columns: list[list[Any]] = [[] for _ in headings]
    marked = {row for row, _ in raw.marks.errors | raw.marks.formulas}
    places = list(headings.values())
    for number, values in enumerate(raw.rows[at + 1 :], at + 2):
        told = [values[n] if n < len(values) else "" for n in places]
        texts = [one.strip().removesuffix(_MIDNIGHT) if isinstance(one, str) else _text(one) for one in told]
        if _odd(texts) and (why := why_left_out(values, _cells(number, headings, told, texts))):
            sheet.notes += [f"第{number}行：{why}，未读入。"] if why != "空行" else []
            continue
        rows.append(number)
        for column, value, text in zip(columns, told, texts, strict=True):
            column.append(_value(value, text))
        if number in marked or any(map(_spoiled, told, texts)):
            for cell in _cells(number, headings, told, texts):
                if found := problem_of(cell, raw):
                    sheet.problems.append(Problem(found.row, found.column, found.header, found.message))
    sheet.rows, sheet.columns = rows, dict(zip(headings, columns, strict=True))
    sheet.notes += remarks(raw, at + 1, headings, rows)
    return sheet


def _odd(texts: Sequence[str]) -> bool:
    """May the row be no data: hardly anything in it, or a word such as 示例 at its beginning?"""
    filled = [one for one in texts if one]
    return len(filled) < 3 or EXAMPLE.match(filled[0]) is not None


def _spoiled(value: Any, text: str) -> bool:
    """May a workbook have lost digits of it?"""
    if not text[:1].isdigit():
        return False
    return "E" in text or "e" in text or (len(text) > _LONG and _is_number(value))


def _cells(number: int, headings: Mapping[str, int], values: Sequence[Any], texts: Sequence[str]) -> list[ReadCell]:
    return [
        ReadCell(number, column, name, text, "number" if _is_number(value) else "text")
        for (name, column), value, text in zip(headings.items(), values, texts, strict=True)
    ]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _value(value: Any, text: str) -> Any:
    """Text; but a number that is no whole one stays a number (a month 1980.1 may be 1980.10)."""
    return value if isinstance(value, float) and not value.is_integer() else text


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().removesuffix(_MIDNIGHT)
