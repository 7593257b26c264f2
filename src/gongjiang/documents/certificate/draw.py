"""A certificate's page. Words go to the template as JSON, so nothing a person typed is ever read as markup."""

import io
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import pypdfium2
import segno

from gongjiang.documents.ink import printable
from gongjiang.documents.pdf.fonts import FALLBACK, compile_pdf, own_families

SIZES: Final = ((21, 90), (18, 160), (15, 300), (12, 700), (9, 10_000))
"""Sizes of the text in points, each with the longest text it may be tried for."""


@dataclass(frozen=True)
class Plate:
    """What the page shows. `link`: what the code leads to; `address`: the same for those who type; `page`: landscape
    or portrait; `test`: signed by a test key, which the page then says."""

    heading: str
    addressed: str
    text: str
    closing: str
    issuers: tuple[str, ...]
    date: str
    number: str
    link: str
    address: str
    page: str = "landscape"
    test: bool = False


def draw(plate: Plate) -> bytes:
    """One A4 page, not yet signed: as large as its words allow. The same plate gives the same bytes."""
    length = len(plate.addressed) + len(plate.text) + len(plate.closing)
    pdf = b""
    for size, longest in SIZES:
        if length <= longest:
            pdf = _compiled(plate, size)
            with pypdfium2.PdfDocument(pdf) as made:
                if len(made) == 1:
                    return pdf
    return pdf


def _compiled(plate: Plate, size: int) -> bytes:
    many = len(plate.issuers)
    data = {
        "title": printable(f"{plate.heading} {plate.number}"),
        "fonts": [*own_families(), *FALLBACK],
        "heading": printable(plate.heading),
        "spread": 14 if len(plate.heading) <= 5 else 4,
        "addressed": printable(plate.addressed),
        "text": [printable(one) for one in plate.text.splitlines() if one.strip()],
        "closing": printable(plate.closing),
        "issuers": [printable(one) for one in plate.issuers],
        "date": plate.date,
        "number": printable(plate.number),
        "address": printable(plate.address),
        "page": plate.page,
        "test": plate.test,
        "size": size,
        "small": 15 if many <= 3 else 13 if many <= 5 else 10.5 if size > 9 else 9,
    }
    words = json.dumps(data, ensure_ascii=False).encode()
    return compile_pdf({"main.typ": _template(), "plate.json": words, "code.svg": _code(plate.link)})


@cache
def _template() -> bytes:
    return files("gongjiang.documents.certificate").joinpath("certificate.typ").read_bytes()


def _code(link: str) -> bytes:
    out = io.BytesIO()
    segno.make(link, error="m", micro=False, mask=3).save(out, kind="svg", border=0, xmldecl=False, dark="#1b1916")
    return out.getvalue()
