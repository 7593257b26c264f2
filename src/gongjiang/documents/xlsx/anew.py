"""Errors marked in a table that was no xlsx file (CSV, old Excel): its cells as text in a new workbook."""

import io
from collections.abc import Sequence

import xlsxwriter

from gongjiang.documents.xlsx import marking
from gongjiang.documents.xlsx.columns import plain_text
from gongjiang.documents.xlsx.marking import AUTHOR, ERRORS, Mark


def mark_anew(name: str, rows: Sequence[Sequence[object]], marks: Sequence[Mark]) -> bytes:
    """The rows with `marks` on their cells, and a sheet that lists them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    text = book.add_format({"num_format": "@"})
    wrong = book.add_format({"num_format": "@", "bg_color": f"#{marking.COLOUR[2:]}"})
    page, list_ = book.add_worksheet(name), book.add_worksheet(ERRORS)
    said: dict[tuple[int, int], list[str]] = {}
    for one in marks:
        said.setdefault((one.row - 1, one.column), []).append(f"{one.problem}\n{one.remedy}".strip())
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            shown = plain_text(value)[0]
            if shown or (at, column) in said:
                page.write_string(at, column, shown[:32_767], wrong if (at, column) in said else text)
    for (at, column), texts in said.items():
        page.write_comment(at, column, "\n".join(texts), {"author": AUTHOR})
    for at, cells in enumerate(
        (marking.HEAD, *((name, one.address, one.heading, one.said, one.problem, one.remedy) for one in marks))
    ):
        for column, cell in enumerate(cells):
            list_.write_string(at, column, cell[:32_767], text)
    book.close()
    return out.getvalue()
