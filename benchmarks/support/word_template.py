"""The national recommendation form as a template for docxtpl: our own Word file with names where values stand."""

import io
from dataclasses import replace
from typing import Any

import segno

from benchmarks.support.people_on_paper import sheet, values
from gongjiang.documents.docx import render_docx
from gongjiang.documents.layout import Cell, Grid, Opinions, PhotoCell, Sheet, TextBlock


def their_values(person: dict[str, Any]) -> dict[str, str]:
    """Plain words by name; the three experts as one text."""
    experts = "\n".join("　".join(one.values()) for one in person["experts"])
    return {**{key: str(value) for key, value in person.items() if key != "experts"}, "peers": experts}


def template() -> bytes:
    """The form with {{ … }} in every box that a value fills."""
    plain = sheet(0, b"")
    known = {text: key for key, text in their_values(values(0)).items()}
    return render_docx(replace(plain, code=None, blocks=tuple(_marked(one, known) for one in plain.blocks)))


def _marked(block: Any, known: dict[str, str]) -> Any:
    if isinstance(block, Grid):
        rows = tuple(tuple(_cell(one, known) for one in row) for row in block.rows)
        return replace(block, rows=rows)
    if isinstance(block, TextBlock):
        return replace(block, text="{{ reason }}{{ code }}")
    if isinstance(block, Opinions):
        first, second = block.cells
        return replace(block, cells=(first, replace(second, text="{{ peers }}")))
    return block


def _cell(cell: Any, known: dict[str, str]) -> Any:
    if isinstance(cell, PhotoCell):
        return replace(cell, image=None, label="{{ photo }}")
    if isinstance(cell, Cell) and cell.text in known:
        return replace(cell, text="{{ " + known[cell.text] + " }}")
    return cell


def code_png(made: Sheet) -> bytes:
    """The page code as a picture."""
    out = io.BytesIO()
    if made.code is not None:
        segno.make(made.code.payload, error="m", micro=False).save(out, kind="png", scale=6, border=0)
    return out.getvalue()
