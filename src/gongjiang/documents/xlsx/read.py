"""Read an official summary sheet as people fill it: title rows above, columns moved, the 示例 row left in."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from gongjiang.documents.xlsx.findings import merges_of, notes_of, plain, problem_of, why_left_out
from gongjiang.documents.xlsx.rows import Problem, ReadCell, SheetRead, SheetRow
from gongjiang.documents.xlsx.source import Raw, open_sheets
from gongjiang.kernel.errors import BadInput

SEARCHED = 30


def read_summary(data: bytes, header: Sequence[str], optional: Collection[str] = ()) -> SheetRead:
    """Rows of the first visible sheet that has `header`, in its order, whatever order the file has.

    Headers match without regard to blanks, line breaks and full-width brackets. Left out: the 示例 row, rows with
    nothing but their number, remarks below the table. Problems name row, column letter and header; they are those
    of the sheet itself (numbers Excel has cut, error values), not of the rules. Raises BadInput where there is
    nothing to read: no workbook, no such header, a column missing that isn't in `optional`.
    """
    best: tuple[int, Raw, int, dict[str, int]] | None = None
    for raw in open_sheets(data):
        for at, row in enumerate(raw.rows[:SEARCHED]):
            columns = _columns(row, header)
            if best is None or len(columns) > best[0]:
                best = (len(columns), raw, at, columns)
    if best is None or best[0] == 0:
        raise BadInput(f"没有找到表头，表头应为：{'、'.join(header)}。", "No header row found.")
    _, raw, at, columns = best
    missing = [name for name in header if name not in columns and name not in optional]
    if missing:
        raise BadInput(
            f"缺少列：{'、'.join(missing)}。请使用原表表头，不要改名或删列。",
            "Columns are missing.",
            place=f"{raw.name} 第{at + 1}行",
        )
    doubled = _doubled(raw.rows[at], header)
    if doubled:
        raise BadInput(
            f"列名重复：{'、'.join(doubled)}。请只保留一列。", "Doubled columns.", place=f"{raw.name} 第{at + 1}行"
        )
    return _read(raw, at, {name: columns[name] for name in header if name in columns})


def _columns(row: Sequence[Any], header: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, value in enumerate(row):
        places.setdefault(plain(value), index)
    return {name: places[plain(name)] for name in header if plain(name) in places}


def _doubled(row: Sequence[Any], header: Sequence[str]) -> list[str]:
    found = [plain(value) for value in row]
    return [name for name in header if found.count(plain(name)) > 1]


def _read(raw: Raw, at: int, columns: dict[str, int]) -> SheetRead:
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    notes: list[str] = []
    for number, values in enumerate(raw.rows[at + 1 :], at + 2):
        cells = tuple(_cell(values, number, name, column) for name, column in columns.items())
        why = why_left_out(values, cells)
        if why:
            notes += [f"第{number}行：{why}，未读入。"] if why != "空行" else []
            continue
        rows.append(SheetRow(number, cells))
        problems += [problem for cell in cells if (problem := problem_of(cell, raw))]
        notes += notes_of(number, cells, raw)
    extra = [str(value).strip() for index, value in enumerate(raw.rows[at]) if value and index not in columns.values()]
    if extra:
        notes.append(f"未使用的列：{'、'.join(extra)}。")
    notes += merges_of(raw, at + 1, rows)
    return SheetRead(raw.name, at + 1, tuple(rows), tuple(problems), tuple(notes))


def _cell(values: Sequence[Any], number: int, header: str, column: int) -> ReadCell:
    value = values[column] if column < len(values) else ""
    if value is None or value == "":
        return ReadCell(number, column, header, "", "blank")
    if isinstance(value, bool):
        return ReadCell(number, column, header, "是" if value else "否", "bool")
    if isinstance(value, int | float):
        return ReadCell(number, column, header, _digits(value), "number")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return ReadCell(number, column, header, str(value).removesuffix(" 00:00:00"), "date")
    text = str(value).strip()
    return ReadCell(number, column, header, text, "text" if text else "blank")


def _digits(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return repr(value)
