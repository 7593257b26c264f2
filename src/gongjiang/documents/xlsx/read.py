"""Read an official summary sheet as people fill it: title rows above, columns moved, the 示例 row left in."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from gongjiang.documents.xlsx.columns import SheetColumns, columns_of, plain_text
from gongjiang.documents.xlsx.findings import EXAMPLE, look_closer, merges_of, plain, why_left_out
from gongjiang.documents.xlsx.rows import ReadCell, SheetRead
from gongjiang.documents.xlsx.source import Raw, open_sheets
from gongjiang.kernel.errors import BadInput

SEARCHED = 30
FEW = 2
"""So many filled cells at most may be a remark or a number alone."""


def read_summary(data: bytes, header: Sequence[str], optional: Collection[str] = ()) -> SheetRead:
    """As `read_columns`, row by row."""
    found = read_columns(data, header, optional)
    return SheetRead(found.sheet, found.header_row, found.rows(), found.problems, found.notes)


def read_columns(data: bytes, header: Sequence[str], optional: Collection[str] = ()) -> SheetColumns:
    """Columns of the first visible sheet that has `header`, in its order, whatever order the file has.

    Headers match without regard to blanks, line breaks and full-width brackets. Left out: the 示例 row, rows with
    nothing but their number, remarks below the table. Problems name row, column letter and header; they are those
    of the sheet itself (numbers Excel has cut, error values), not of the rules. Raises BadInput where there is
    nothing to read: no workbook, no such header, a column missing that isn't in `optional`.
    """
    return columns_in(open_sheets(data), header, optional)


def columns_in(sheets: Sequence[Raw], header: Sequence[str], optional: Collection[str] = ()) -> SheetColumns:
    """As `read_columns`, of sheets that are open already."""
    best: tuple[int, Raw, int, dict[str, int]] | None = None
    for raw in sheets:
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


def _read(raw: Raw, at: int, columns: dict[str, int]) -> SheetColumns:
    numbers, kept, notes = list[int](), list[list[Any]](), list[str]()
    for number, values in enumerate(raw.rows[at + 1 :], at + 2):
        why = _why_left_out(number, values, columns)
        if not why:
            numbers.append(number)
            kept.append(values)
        elif why != "空行":
            notes.append(f"第{number}行：{why}，未读入。")
    texts, kinds = columns_of(kept, columns)
    found = SheetColumns(raw.name, at + 1, tuple(numbers), texts, columns, kinds)
    problems, told = look_closer(found, raw)
    extra = [str(value).strip() for index, value in enumerate(raw.rows[at]) if value and index not in columns.values()]
    if extra:
        told.append(f"未使用的列：{'、'.join(extra)}。")
    told += merges_of(raw, at + 1, numbers)
    return replace(found, problems=tuple(problems), notes=(*notes, *told))


def _why_left_out(number: int, values: Sequence[Any], columns: dict[str, int]) -> str:
    """Looked at closely only where a row has hardly anything in it, or begins with a word such as 示例."""
    filled = 0
    for value in values:
        if value is None or value == "" or (value.__class__ is str and value.isspace()):
            continue
        filled += 1
        if filled == 1 and value.__class__ is str and EXAMPLE.match(value.strip()):
            break
        if filled > FEW:
            return ""
    cells = []
    for name, column in columns.items():
        value = values[column] if column < len(values) else ""
        text, kind = plain_text(value)
        cells.append(ReadCell(number, column, name, text, kind))
    return why_left_out(values, cells)
