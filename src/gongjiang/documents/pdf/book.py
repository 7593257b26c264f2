"""Many forms in one file, in order: printed in pieces, by several processes where there are some, and put together."""

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from pypdf import PdfWriter

from gongjiang.documents.layout import Sheet
from gongjiang.documents.pdf.render import render_together

#: Forms a piece: typefaces are in each piece once; larger ones hold more memory and gain little.
PIECE = 10


def render_book(sheets: Sequence[Sheet], printers: Executor | None = None) -> bytes:
    """`sheets` as one PDF, each with its own page numbers and codes; `printers` run pieces beside each other."""
    pieces = [sheets[start : start + PIECE] for start in range(0, len(sheets), PIECE)]
    made: Iterator[bytes] = map(render_together, pieces) if printers is None else printers.map(render_together, pieces)
    if len(pieces) == 1:
        return next(iter(made))
    book = PdfWriter()
    for piece in made:
        book.append(io.BytesIO(piece), import_outline=False)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()
