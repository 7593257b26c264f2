"""A report as PDF, in the same form as the Word file. Words go to the template as JSON: none is markup."""

import json
from functools import cache
from importlib.resources import files

from gongjiang.documents.docx.official import widths_of
from gongjiang.documents.ink import printable
from gongjiang.documents.pdf.fonts import FALLBACK, compile_pdf, own_families, parts
from gongjiang.documents.report.text import ReportText


def report_pdf(report: ReportText) -> bytes:
    """`report` on A4; the same words give the same bytes."""
    data = {
        "fonts": [*own_families(), *FALLBACK],
        "parts": parts(),
        "title": [printable(one) for one in report.title.split("\n")],
        "addressee": printable(report.addressee).rstrip("：:"),
        "opening": printable(report.opening),
        "sections": [{"heading": printable(one.heading), "paragraphs": _lines(one.paragraphs)} for one in report.parts],
        "tables": [
            {
                "title": printable(one.title),
                "columns": [printable(text) for text in one.columns],
                "rows": [[printable(text) for text in row] for row in one.rows],
                "widths": widths_of(one.columns, one.rows),
            }
            for one in report.tables
        ],
        "note": printable(report.note),
        "issuer": printable(report.issuer),
        "date": printable(report.date),
        "draft": printable(report.draft),
    }
    words = json.dumps(data, ensure_ascii=False).encode()
    return compile_pdf({"main.typ": _template(), "report.json": words})


def _lines(texts: tuple[str, ...]) -> list[str]:
    return [printable(line) for one in texts for line in one.split("\n") if line.strip()]


@cache
def _template() -> bytes:
    return files("gongjiang.documents.report").joinpath("report.typ").read_bytes()
