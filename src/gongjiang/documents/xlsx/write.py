"""Write official lists: what is text stays text (`=1+1`, `+86`, identity numbers), whoever opens the file."""

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from gongjiang.kernel.errors import BadInput

Value = str | int | float | Decimal | None
LONGEST = 32767
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp, in no zone: the file says nothing of its making
A3, A4 = 8, 9
ROOM = {A3: 285, A4: 195}
"""Characters beside each other on a page across, at seven tenths of their size."""
WIDEST = 60.0
WORD = re.compile(r"[!-~]+")
GRID = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}
CENTRED = {"align": "center", "valign": "vcenter"}


@dataclass(frozen=True)
class SummarySheet:
    """One list: title over the whole width, a line `above` the table and an 示例 row where the annex has them, header,
    rows, notes below.

    Numbers stay numbers, everything else is text; a row may be shorter than the header.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    example_row: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()
    name: str = "汇总表"
    above: str = ""


def write_summary(sheet: SummarySheet) -> bytes:
    """`sheet` as a workbook. Raises BadInput where a text is longer than a cell can hold."""
    return write_workbook((sheet,))


def write_list(title: str, columns: Sequence[str], rows: Sequence[Sequence[Value]], name: str = "名单") -> bytes:
    """Any list: `columns` over `rows`."""
    return write_summary(SummarySheet(title, tuple(columns), tuple(tuple(row) for row in rows), name=name))


def write_workbook(sheets: Sequence[SummarySheet]) -> bytes:
    """Several lists in one file, a tab each. The same lists give the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": EPOCH, "author": "", "title": sheets[0].title})
    styles = {
        "title": book.add_format(
            {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"}
        ),
        "head": book.add_format({**GRID, **CENTRED, "font_name": "黑体", "bg_color": "#F2F2F2", "num_format": "@"}),
        "text": book.add_format({**GRID, "num_format": "@"}),
        "number": book.add_format({**GRID, "align": "center"}),
        "example": book.add_format({**GRID, "num_format": "@", "italic": True, "font_color": "#7F7F7F"}),
        "note": book.add_format({"font_name": "楷体_GB2312", "font_size": 10, "text_wrap": True, "num_format": "@"}),
        "column": book.add_format({"num_format": "@"}),
    }
    for sheet in sheets:
        _sheet(book.add_worksheet(_tab(sheet.name)), sheet, styles)
    book.close()
    return out.getvalue()


def _tab(name: str) -> str:
    return "".join("　" if char in "[]:*?/\\'" else char for char in name)[:31] or "名单"


def _sheet(page: Worksheet, sheet: SummarySheet, styles: dict[str, Any]) -> None:
    last, widths = len(sheet.header) - 1, _widths(sheet)
    for index, width in enumerate(widths):
        page.set_column(index, index, width, styles["column"])
    page.set_row(0, 32)
    if last:
        page.merge_range(0, 0, 0, last, "", styles["title"])
    page.write_string(0, 0, sheet.title, styles["title"])
    at = 1
    if sheet.above:
        if last:
            page.merge_range(at, 0, at, last, "", styles["note"])
        page.write_string(at, 0, sheet.above, styles["note"])
        at += 1
    page.set_row(at, _height(sheet.header, widths))
    for index, label in enumerate(sheet.header):
        page.write_string(at, index, label, styles["head"])
    at += 1
    _paper(page, last, at)
    if sheet.example_row:
        page.set_row(at, _height(sheet.example_row, widths))
        _row(page, at, sheet.example_row, sheet.header, (styles["example"], styles["example"]))
        at += 1
    for row in sheet.rows:
        page.set_row(at, _height(row, widths))
        _row(page, at, row, sheet.header, (styles["text"], styles["number"]))
        at += 1
    for note in sheet.notes:
        if last:
            page.merge_range(at, 0, at, last, "", styles["note"])
        page.write_string(at, 0, note, styles["note"])
        at += 1


def _paper(page: Worksheet, last: int, top: int) -> None:
    """`top`: so many rows stay in sight, and stand again on every page."""
    page.freeze_panes(top, min(2, last))
    page.repeat_rows(0, top - 1)
    page.set_landscape()
    page.set_paper(_size(last))
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&C第&P页 共&N页")


def _row(page: Worksheet, at: int, row: Sequence[Value], header: Sequence[str], styles: tuple[Any, Any]) -> None:
    if len(row) > len(header):
        raise ValueError(f"row {at + 1} has {len(row)} values for {len(header)} columns")
    for index in range(len(header)):
        value = row[index] if index < len(row) else None
        if _is_number(value):
            page.write_number(at, index, float(value), styles[1])  # type: ignore[arg-type]
        elif value in (None, ""):
            page.write_blank(at, index, None, styles[0])
        else:
            page.write_string(at, index, _short(str(value), at, header[index]), styles[0])


def _short(text: str, at: int, label: str) -> str:
    # UTF-16 units are what Excel counts; a longer text would be left out without a word.
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
        raise BadInput(
            f"内容超过{LONGEST}字，Excel单元格放不下。", "Too long for a cell.", place=f"第{at + 1}行 {label}"
        )
    return text


def _is_number(value: Value) -> bool:
    # Beyond 15 digits a workbook changes the number: such a one is kept as text.
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool) or not math.isfinite(value):
        return False
    number = float(value)
    return abs(number) < 1e15 and Decimal(repr(number)) == Decimal(str(value))


def _widths(sheet: SummarySheet) -> list[float]:
    """Characters for each column: numbers and words aren't parted; what is left of a page that can still be read goes
    to whichever column's longest text takes most lines."""
    rows = (sheet.example_row, *sheet.rows)
    columns = [[str(row[index] or "") for row in rows if index < len(row)] for index in range(len(sheet.header))]
    longest = [max(texts, key=_width, default="") for texts in columns]
    words = [WORD.findall("\n".join(texts)) for texts in columns]
    widths = [max(6.0, *(min(24.0, len(word) * 1.1 + 2) for word in some)) if some else 6.0 for some in words]

    def lines(at: int) -> int:
        return max(_lines(longest[at], widths[at]), _lines(sheet.header[at], widths[at]))

    taken = [lines(at) for at in range(len(widths))]
    room = ROOM[_size(len(widths) - 1)]
    while sum(widths) < room and max(taken) > 1:
        at = taken.index(max(taken))
        widths[at] += 1
        taken[at] = lines(at) if widths[at] < WIDEST else 1
    return widths


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(_width(line) * 1.1 / (width - 1))) for line in text.split("\n"))


def _height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """Points that a row needs for its longest cell; not every program finds that by itself."""
    lines = max((_lines(str(value), width) for value, width in zip(row, widths, strict=False)), default=1)
    return min(409.0, max(18.0, 13.5 * lines + 4.5))


def _size(last: int) -> int:
    return A3 if last >= 20 else A4


def _width(text: str) -> int:
    """Characters as wide as a digit: a Chinese one counts two, as it has two bytes in GBK."""
    return len(text) if text.isascii() else len(text.encode("gbk", "replace"))
