"""A workbook that people fill in offline: locked headings and keys, drop-downs, hints, an 示例 row, a sheet of 说明."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from gongjiang.documents.xlsx.rows import letters

GUIDE, LISTS, BASE = "说明", "_选项", "_平台"
HEADER_ROW, EXAMPLE_ROW, FIRST_ROW = 1, 2, 3
SHORT = 250
"""Characters of choices that a drop-down holds itself; longer lists stand on a hidden sheet."""
TITLES = 32
HINTS = 255
TEXT = {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}


@dataclass(frozen=True)
class FillColumn:
    """A column to fill in. `choices`: what its drop-down offers; `open`: other words may be written, too; `locked`:
    ours, not to be changed."""

    heading: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    open: bool = False
    locked: bool = False
    width: int = 14
    example: str = ""


@dataclass(frozen=True)
class FillSheet:
    """A sheet: a line above its headings, its columns, the rows that are there; `spare`: how many more there may be."""

    name: str
    above: str
    columns: tuple[FillColumn, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    spare: int = 200


def write_fillable(guide: Sequence[str], sheets: Sequence[FillSheet], base: Sequence[Sequence[str]]) -> bytes:
    """The workbook. `base`: what we need to know of it when it comes back, on a sheet that stays hidden."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    styles = {
        "head": book.add_format({**TEXT, "bold": True, "bg_color": "#E8EEF4", "valign": "vcenter", "align": "center"}),
        "open": book.add_format({**TEXT, "locked": False}),
        "locked": book.add_format({**TEXT, "bg_color": "#F2F2F2"}),
        "example": book.add_format({**TEXT, "italic": True, "font_color": "#7F7F7F"}),
        "line": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    page = book.add_worksheet(GUIDE)
    page.set_column(0, 0, 100, styles["line"])
    for at, line in enumerate(guide):
        page.write_string(at, 0, line, styles["line"] if at else styles["title"])
    page.protect()
    pages = [book.add_worksheet(one.name) for one in sheets]
    lists = _Lists(book.add_worksheet(LISTS))
    for place, sheet in zip(pages, sheets, strict=True):
        _sheet(place, sheet, styles, lists)
    lists.page.hide()
    hidden = book.add_worksheet(BASE)
    for at, row in enumerate(base):
        for column, text in enumerate(row):
            hidden.write_string(at, column, text)
    hidden.very_hidden()
    pages[0].activate()
    book.close()
    return out.getvalue()


class _Lists:
    """Long lists, a column each, on a sheet of their own."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self._known: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> Any:
        """What a drop-down is told."""
        if sum(len(one) + 1 for one in choices) <= SHORT and not any("," in one for one in choices):
            return list(choices)
        if choices not in self._known:
            column = len(self._known)
            for at, one in enumerate(choices):
                self.page.write_string(at, column, one)
            name = letters(column)
            self._known[choices] = f"='{LISTS}'!${name}$1:${name}${len(choices)}"
        return self._known[choices]


def _sheet(page: Worksheet, sheet: FillSheet, styles: dict[str, Any], lists: _Lists) -> None:
    page.write_string(0, 0, sheet.above)
    last = FIRST_ROW + len(sheet.rows) + sheet.spare
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width, styles["locked" if column.locked else "open"])
        page.write_string(HEADER_ROW, at, column.heading, styles["head"])
        if column.hint:
            page.write_comment(HEADER_ROW, at, column.hint, {"author": "平台"})
        page.write_string(EXAMPLE_ROW, at, column.example, styles["example"])
        _check(page, column, at, last, lists)
    for number, row in enumerate(sheet.rows, FIRST_ROW):
        for at, text in enumerate(row):
            style = styles["locked" if sheet.columns[at].locked else "open"]
            if text:
                page.write_string(number, at, text, style)
            else:
                page.write_blank(number, at, None, style)
    page.set_row(HEADER_ROW, 40)
    page.freeze_panes(FIRST_ROW, 2)
    page.protect("", {"format_columns": True, "format_rows": True, "format_cells": True, "select_locked_cells": True})


def _check(page: Worksheet, column: FillColumn, at: int, last: int, lists: _Lists) -> None:
    """The drop-down and the note that Excel shows beside a cell."""
    if column.locked or not (column.choices or column.hint):
        return
    told: dict[str, Any] = {"input_title": column.heading[:TITLES], "input_message": column.hint[:HINTS]}
    if column.choices:
        told |= {
            "validate": "list",
            "source": lists.source(column.choices),
            "error_type": "information" if column.open else "stop",
            "error_title": column.heading[:TITLES],
            "error_message": column.hint[:HINTS] or "请从列表中选。",
        }
    else:
        told["validate"] = "any"
    page.data_validation(FIRST_ROW, at, last, at, told)
