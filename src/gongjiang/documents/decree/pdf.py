"""An issued document as PDF, in the same form as the Word file. Words go to the template as JSON: none is markup."""

import json
from functools import cache
from importlib.resources import files

from gongjiang.documents.decree.text import Decree
from gongjiang.documents.docx.official import widths_of
from gongjiang.documents.ink import printable
from gongjiang.documents.notice.text import NameList
from gongjiang.documents.pdf.fonts import FALLBACK, compile_pdf, own_families, parts


def decree_pdf(decree: Decree) -> bytes:
    """`decree` on A4; the same words give the same bytes."""
    data = {
        "fonts": [*own_families(), *FALLBACK],
        "parts": parts(),
        "title": [printable(one) for one in decree.title.split("\n")],
        "number": printable(decree.number) or "（发文字号）",
        "issuers": [printable(one) for one in decree.issuers] or ["（发文单位）"],
        "addressee": printable(decree.addressee).rstrip("：:"),
        "paragraphs": [printable(line) for one in decree.paragraphs for line in one.split("\n")],
        "annex": printable(decree.annex),
        "lists": [_list(one) for one in decree.lists],
        "date": printable(decree.date),
    }
    words = json.dumps(data, ensure_ascii=False).encode()
    return compile_pdf({"main.typ": _template(), "decree.json": words})


def _list(one: NameList) -> dict[str, object]:
    return {
        "heading": printable(one.heading),
        "columns": [printable(text) for text in one.columns],
        "rows": [[printable(text) for text in row] for row in one.rows],
        "widths": widths_of(one.columns, one.rows),
    }


@cache
def _template() -> bytes:
    return files("gongjiang.documents.decree").joinpath("decree.typ").read_bytes()
