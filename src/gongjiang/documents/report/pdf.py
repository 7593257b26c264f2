"""A report as PDF, in the same form as the Word file. Words go to the template as JSON: none is markup."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from gongjiang.documents.docx.official import widths_of
from gongjiang.documents.ink import printable
from gongjiang.documents.pdf.fonts import FALLBACK, compile_pdf, compile_png, own_families, parts
from gongjiang.documents.report.text import Chart, ReportText


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
        "charts": [chart_data(one) for one in report.charts],
        "note": printable(report.note),
        "issuer": printable(report.issuer),
        "date": printable(report.date),
        "draft": printable(report.draft),
    }
    return compile_pdf({"main.typ": _part("report.typ"), "chart.typ": _part("chart.typ"), "report.json": _json(data)})


def chart_png(one: Chart) -> bytes:
    """A chart alone, as wide as the text of a page; the same chart gives the same bytes."""
    data = {"fonts": [*own_families(), *FALLBACK], "parts": parts(), "chart": chart_data(one)}
    return compile_png({"main.typ": _part("picture.typ"), "chart.typ": _part("chart.typ"), "report.json": _json(data)})


def chart_data(one: Chart) -> dict[str, Any]:
    """A chart as the template reads it."""
    return {"title": printable(one.title), "bars": [[printable(row[0]), row[1], printable(row[2])] for row in one.bars]}


def _lines(texts: tuple[str, ...]) -> list[str]:
    return [printable(line) for one in texts for line in one.split("\n") if line.strip()]


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


@cache
def _part(name: str) -> bytes:
    return files("gongjiang.documents.report").joinpath(name).read_bytes()
