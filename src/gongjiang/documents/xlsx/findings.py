"""What a reader notices in rows: which are no data, which cells Excel has spoiled, what a person should check."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from gongjiang.documents.xlsx.columns import SheetColumns
from gongjiang.documents.xlsx.rows import Problem, ReadCell, letters
from gongjiang.documents.xlsx.source import Raw

SERIAL = "序号"
EXAMPLE = re.compile(r"^[（(\[【]?(示例|样例|举例|范例|例)\d*[)）\]】]?[:：]?$")
REMARK = re.compile(r"^(注|备注|说明|填表说明|填报说明|填报单位|填表人|联系人|审核人|制表)\d*[:：.、]?")
SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?\d{2}$")
POWERS = frozenset("eE+")
"""What stands before the last two digits of 1.1E+17."""
LOST_ZERO = re.compile(r"^(19|20)\d\d\.1$")


def plain(text: object) -> str:
    """`text` as headers are compared: no blanks, half-width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text)))


def why_left_out(values: Sequence[Any], cells: Sequence[ReadCell]) -> str:
    """Why a row is no data (示例行, 空行, 备注行), or the empty text."""
    told = [cell for cell in cells if cell.text and plain(cell.header) != SERIAL]
    first = next((str(value).strip() for value in values if value not in (None, "")), "")
    if EXAMPLE.match(first):
        return "示例行"
    if not told:
        return "备注行" if REMARK.match(first) else "空行"
    filled = [value for value in values if value not in (None, "")]
    return "备注行" if len(filled) == 1 and REMARK.match(first) else ""


def problem_of(cell: ReadCell, raw: Raw) -> Problem | None:
    """What is wrong with a cell whatever the column means."""
    column = letters(cell.column)
    message = ""
    if (cell.row, column) in raw.marks.errors:
        message = "公式结果是错误值，请改为填写内容。"
    elif not cell.text and (cell.row, column) in raw.marks.formulas:
        message = "公式没有保存结果，请打开文件重新计算后保存，或改为填写内容。"
    elif SCIENTIFIC.match(cell.text) or (cell.kind == "number" and len(cell.text.partition(".")[0]) > 15):
        message = (
            "长数字被Excel改成了科学记数，15位以后的数字已丢失，"
            "请把该列设为“文本”格式后重新填写（身份证号、银行卡号等）。"
        )
    return Problem(cell.row, column, cell.header, message) if message else None


def look_closer(found: SheetColumns, raw: Raw) -> tuple[list[Problem], list[str]]:
    """Problems and notes of cells that may have any: numbers, formulas, what looks like 1.1E+17, hidden rows."""
    spots: dict[int, set[str]] = {}
    for (at, heading), kind in found.kinds.items():
        if kind == "number":
            spots.setdefault(at, set()).add(heading)
    by_letters = {letters(place): heading for heading, place in found.places.items()}
    at_row = {number: at for at, number in enumerate(found.numbers)}
    for number, column in raw.marks.formulas | raw.marks.errors:
        if number in at_row and column in by_letters:
            spots.setdefault(at_row[number], set()).add(by_letters[column])
    for heading, texts in found.texts.items():
        if "e" not in (together := "".join(texts)) and "E" not in together:
            continue
        for at, text in enumerate(texts):
            if text[-3:-2] in POWERS and SCIENTIFIC.match(text):
                spots.setdefault(at, set()).add(heading)
    for number in raw.marks.hidden & at_row.keys():
        spots.setdefault(at_row[number], set())
    problems, notes = list[Problem](), list[str]()
    for at in sorted(spots):
        cells = [found.cell(at, heading) for heading in found.texts if heading in spots[at]]
        problems += [problem for cell in cells if (problem := problem_of(cell, raw))]
        notes += notes_of(found.numbers[at], cells, raw)
    return problems, notes


def notes_of(number: int, cells: Sequence[ReadCell], raw: Raw) -> list[str]:
    """What the person should look at again in a row that was read."""
    notes = []
    if number in raw.marks.hidden:
        notes.append(f"第{number}行是隐藏行，已读入，请核对。")
    formulas = [cell.address for cell in cells if cell.text and (number, letters(cell.column)) in raw.marks.formulas]
    if formulas:
        notes.append(f"{'、'.join(formulas)}是公式，已读入其结果，请核对。")
    notes += [
        f"{cell.address}（{cell.header}）为{cell.text}，Excel可能丢了末尾的0（{cell.text}0），请核对。"
        for cell in cells
        if cell.kind == "number" and LOST_ZERO.match(cell.text)
    ]
    return notes


def merges_of(raw: Raw, header_row: int, numbers: Iterable[int]) -> list[str]:
    """Merged cells among the rows read: only their first cell has the value."""
    read = set(numbers)
    below = [area for top, bottom, area in raw.marks.merged if top > header_row and read & set(range(top, bottom + 1))]
    return [f"合并单元格 {area}：只有左上角一格有内容，其余按空白读入，请核对。" for area in below]
