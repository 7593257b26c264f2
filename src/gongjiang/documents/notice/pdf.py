"""A notice as PDF, in the same form as its Word file. Words go to the template as JSON: none is markup."""

import json
from functools import cache
from importlib.resources import files

from gongjiang.documents.ink import printable
from gongjiang.documents.notice.text import NameList, NoticeText
from gongjiang.documents.pdf.fonts import FALLBACK, compile_pdf, own_families, parts


def notice_pdf(notice: NoticeText) -> bytes:
    """`notice` on A4; the same words give the same bytes."""
    contact = [f"{label}：{text}" for label, text in notice.contact]
    data = {
        "fonts": [*own_families(), *FALLBACK],
        "parts": parts(),
        "title": _lines((notice.title,)),
        "number": printable(notice.number),
        "addressee": printable(notice.addressee).rstrip("：:"),
        "paragraphs": _lines(notice.paragraphs),
        "lists": [_list(one) for one in notice.lists],
        "closing": _lines((*notice.closing, *contact)),
        "issuers": [printable(one) for one in notice.issuers],
        "date": printable(notice.date),
    }
    words = json.dumps(data, ensure_ascii=False).encode()
    return compile_pdf({"main.typ": _template(), "notice.json": words})


def _lines(texts: tuple[str, ...]) -> list[str]:
    return [printable(line) for one in texts for line in one.split("\n") if line.strip()]


def _list(one: NameList) -> dict[str, object]:
    return {
        "heading": printable(one.heading),
        "columns": [printable(text) for text in one.columns],
        "rows": [[printable(text) for text in row] for row in one.rows],
    }


@cache
def _template() -> bytes:
    return files("gongjiang.documents.notice").joinpath("notice.typ").read_bytes()
