"""A sheet as PDF: the plan goes to the template as JSON, so nothing a person typed is ever read as markup."""

import base64
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import isqrt
from typing import Any, cast

import zxingcpp
from pydantic_core import to_json

from gongjiang.documents.boxes import Box, Slab, Strip
from gongjiang.documents.ink import Para, Run, printable
from gongjiang.documents.layout import PageCode, Sheet
from gongjiang.documents.pdf.fonts import FALLBACK, compile_pdf, marked, own_families, parts
from gongjiang.documents.picture import portrait, size_of
from gongjiang.documents.plan import plan

DARK = re.compile(rb"\0+")
LONG_WORD = re.compile(r"[!-~]{12,}")
Files = dict[str, bytes]


def render_pdf(sheet: Sheet) -> bytes:
    """`sheet` on A4, ready to print and stamp. The same sheet gives the same bytes."""
    return render_together([sheet])


def render_together(sheets: Sequence[Sheet]) -> bytes:
    """Sheets after each other in one PDF, each with its own page numbers; typefaces are in it once."""
    drawing: Files = {}
    data = {
        "title": printable(sheets[0].title),
        "fonts": [*own_families(), *FALLBACK],
        "parts": parts(),
        "sheets": [_sheet(sheet, f"{n}-", drawing) for n, sheet in enumerate(sheets)],
    }
    return compile_pdf({"main.typ": _template(), "sheets.json": to_json(data), **drawing})


@cache
def _template() -> bytes:
    return files("gongjiang.documents.pdf").joinpath("sheet.typ").read_bytes()


def qr_svg(code: PageCode) -> bytes:
    """The page code as a QR drawing; level M survives a copier and a stamp over its edge."""
    made = zxingcpp.create_barcode(code.payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = memoryview(cast(Any, made.to_image(add_quiet_zones=False))).tobytes()
    size = isqrt(len(drawn))
    lines = "".join(
        f"M{dark.start()} {y}.5h{dark.end() - dark.start()}"
        for y in range(size)
        for dark in DARK.finditer(drawn[y * size : (y + 1) * size])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">'
        f'<path stroke="#000" d="{lines}"/></svg>'
    ).encode()


def _picture_svg(jpeg: bytes) -> bytes:
    # The compiler takes only text as files: a picture travels inside a drawing, and reaches the PDF as it is.
    width, height = size_of(jpeg)
    link = base64.b64encode(jpeg).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {width} '
        f'{height}"><image width="{width}" height="{height}" xlink:href="data:image/jpeg;base64,{link}"/></svg>'
    ).encode()


def _sheet(sheet: Sheet, mark: str, drawing: Files) -> dict[str, Any]:
    """One sheet for the template; its code and pictures are put into `drawing` under names that begin with `mark`."""
    drawn = plan(sheet)
    if drawn.code:
        drawing[f"{mark}code.svg"] = qr_svg(drawn.code)
    return {
        "title": marked(printable(drawn.title)),
        "subtitle": marked(printable(drawn.subtitle)),
        "annex": marked(printable(drawn.annex)),
        "parts": [_slab(part, mark, drawing) if isinstance(part, Slab) else _strip(part) for part in drawn.parts],
        "code": printable(drawn.code.caption) if drawn.code else None,
        "mark": f"{mark}code.svg",
    }


def _slab(slab: Slab, mark: str, drawing: Files) -> dict[str, Any]:
    edges = slab.edges
    column = {x: index for index, x in enumerate(edges)}
    widths = [(end - start) / 10 for start, end in pairwise(edges)]
    bands = [_cells(slab, n, column, mark, drawing) for n in range(len(slab.bands))]
    return {
        "kind": "slab",
        "joined": slab.joined,
        "columns": widths,
        "head": [cell for band in bands[: slab.head] for cell in band],
        "cells": [cell for band in bands[slab.head :] for cell in band],
    }


def _cells(slab: Slab, n: int, column: dict[int, int], mark: str, drawing: Files) -> list[dict[str, Any]]:
    band = slab.bands[n]
    cells = [_cell(box, column, slab.together(n, box)) for box in band.boxes]
    for box, cell in zip(band.boxes, cells, strict=True):
        if box.image:
            cell["image"] = f"{mark}{len(drawing)}.svg"
            drawing[cell["image"]] = _picture_svg(portrait(box.image))
    # A row that is taller than its least height anyway needs no post, and one would keep a page from being filled.
    least = max((box.height for box in band.boxes), default=0)
    post = 0 if any(box.outgrows(least) for box in band.boxes) else least
    return [*cells, {"post": post / 10, "keep": band.keep}]


def _cell(box: Box, column: dict[int, int], keep: bool) -> dict[str, Any]:
    return {
        "colspan": column[box.x + box.width] - column[box.x],
        "rowspan": box.rowspan,
        "narrow": box.narrow,
        "align": box.align,
        "middle": box.middle,
        "keep": keep,
        "least": 0 if box.overfull else max(0, box.height / 10 - 3),
        "paras": [_para(para) for para in box.paras],
        "foot": [_para(para) for para in box.foot],
        "image": None,
    }


def _strip(strip: Strip) -> dict[str, Any]:
    told = {"kind": "strip", "joined": False, "spread": strip.spread, "new_page": strip.new_page}
    return {**told, "paras": [_para(para) for para in strip.items]}


def _para(para: Para) -> dict[str, Any]:
    return {
        "align": para.align,
        "style": para.style,
        "indent": para.indent,
        "runs": [_run(run) for run in para.runs],
    }


def _run(run: Run) -> dict[str, Any]:
    # A word without a gap would run out of its box: it is handed over in pieces that may be parted.
    pieces = [piece for part in _split(marked(run.text)) for piece in part]
    return {"fill": run.fill, "whole": run.whole, "pieces": pieces}


def _split(text: str) -> list[list[str]]:
    parts: list[list[str]] = []
    at = 0
    for word in LONG_WORD.finditer(text):
        parts.append([text[at : word.start()]] if word.start() > at else [])
        parts.append([word.group()[i : i + 6] for i in range(0, len(word.group()), 6)])
        at = word.end()
    return [*parts, [text[at:]]]
