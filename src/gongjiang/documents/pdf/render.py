"""A sheet as PDF: the plan goes to the template as JSON, so nothing a person typed is ever read as markup."""

import io
import json
import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import segno

from gongjiang.documents.boxes import Band, Box, Slab, Strip
from gongjiang.documents.ink import Para, Run, printable
from gongjiang.documents.layout import PageCode, Sheet
from gongjiang.documents.pdf.fonts import FALLBACK, compile_pdf, own_families
from gongjiang.documents.picture import portrait
from gongjiang.documents.plan import plan

LONG_WORD = re.compile(r"[!-~]{12,}")


def render_pdf(sheet: Sheet) -> bytes:
    """`sheet` on A4, ready to print and stamp. The same sheet gives the same bytes."""
    drawn = plan(sheet)
    data = {
        "title": printable(drawn.title),
        "subtitle": printable(drawn.subtitle),
        "annex": printable(drawn.annex),
        "fonts": [*own_families(), *FALLBACK],
        "parts": [_slab(part) if isinstance(part, Slab) else _strip(part) for part in drawn.parts],
        "code": printable(drawn.code.caption) if drawn.code else None,
    }
    drawing = {"code.svg": qr_svg(drawn.code)} if drawn.code else {}
    text = json.dumps(data, ensure_ascii=False).encode()
    return compile_pdf({"main.typ": _template(), "sheet.json": text, **drawing})


@cache
def _template() -> bytes:
    return files("gongjiang.documents.pdf").joinpath("sheet.typ").read_bytes()


def qr_svg(code: PageCode) -> bytes:
    """The page code as a QR drawing; level M survives a copier and a stamp over its edge."""
    out = io.BytesIO()
    segno.make(code.payload, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue()


def _slab(slab: Slab) -> dict[str, Any]:
    edges = slab.edges
    column = {x: index for index, x in enumerate(edges)}
    widths = [(end - start) / 10 for start, end in pairwise(edges)]
    return {
        "kind": "slab",
        "columns": widths,
        "cells": [cell for band in slab.bands for cell in _cells(band, column)],
    }


def _cells(band: Band, column: dict[int, int]) -> list[dict[str, Any]]:
    return [_cell(box, column, band.keep) for box in band.boxes]


def _cell(box: Box, column: dict[int, int], keep: bool) -> dict[str, Any]:
    return {
        "colspan": column[box.x + box.width] - column[box.x],
        "rowspan": box.rowspan,
        "role": box.role,
        "narrow": box.narrow,
        "align": box.align,
        "middle": box.middle,
        "height": box.height / 10,
        "overfull": box.overfull,
        "keep": keep,
        "paras": [_para(para) for para in box.paras],
        "foot": [_para(para) for para in box.foot],
        # The compiler takes only text as files: a picture travels as numbers.
        "image": list(portrait(box.image)) if box.image else None,
    }


def _strip(strip: Strip) -> dict[str, Any]:
    return {"kind": "strip", "spread": strip.spread, "paras": [_para(para) for para in strip.items]}


def _para(para: Para) -> dict[str, Any]:
    return {
        "align": para.align,
        "style": para.style,
        "indent": para.indent,
        "runs": [_run(run) for run in para.runs],
    }


def _run(run: Run) -> dict[str, Any]:
    # A word without a gap would run out of its box: it is handed over in pieces that may be parted.
    pieces = [piece for part in _split(run.text) for piece in part]
    return {"fill": run.fill, "whole": run.whole, "pieces": pieces}


def _split(text: str) -> list[list[str]]:
    parts: list[list[str]] = []
    at = 0
    for word in LONG_WORD.finditer(text):
        parts.append([text[at : word.start()]] if word.start() > at else [])
        parts.append([word.group()[i : i + 6] for i in range(0, len(word.group()), 6)])
        at = word.end()
    return [*parts, [text[at:]]]
