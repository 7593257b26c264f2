"""The official summary sheet: a list of the pack written as Excel in its official columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from gongjiang.documents.xlsx import SummarySheet, write_summary
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.material import Form
from gongjiang.services.nominations.sheet_cells import CellWriter
from gongjiang.services.nominations.sheet_columns import Column
from gongjiang.services.programmes.programme import Programme

#: A trailing column of ours, by which a row finds its nomination again; the official layout does without.
CODE = "平台编号"


def summary_form(programme: Programme, form_id: str = "") -> Form:
    """The pack's summary sheet (the first, unless one is named). NotFound if it has none."""
    found = next(
        (one for one in programme.pack.forms if one.list is not None and (not form_id or one.id == form_id)), None
    )
    if found is None:
        raise NotFound("通知没有汇总表。", "This notice has no summary sheet.")
    return found


def column_spec(column: str | dict[str, Any]) -> dict[str, Any]:
    """A column as a mapping, however the pack wrote it."""
    return {"field": column} if isinstance(column, str) else column


def header_of(programme: Programme, form: Form) -> tuple[str, ...]:
    """The official headings, in order."""
    return tuple(_heading(programme, column_spec(one)) for one in form.columns)


def _heading(programme: Programme, column: Mapping[str, Any]) -> str:
    if column.get("label"):
        return str(column["label"])
    name = str(column.get("field", column.get("case", "")))
    spec = programme.pack.vocabulary.fields.get(name)
    return spec.shown if spec is not None else name


def columns_of(programme: Programme, form: Form) -> tuple[Column, ...]:
    """The columns of a pack's list, as they are written and read."""
    fields, found = programme.fields_of(programme.awards[0].id), []
    for heading, raw in zip(header_of(programme, form), form.columns, strict=True):
        spec = column_spec(raw)
        if "computed" in spec:
            found.append(Column(heading))
            continue
        if "rows" in spec:
            parts = tuple(str(one) for one in spec["join"])
            found.append(Column(heading, str(spec["rows"]), parts=parts, place=int(spec.get("nth", 1)) - 1))
            continue
        name, limit = str(spec.get("field") or spec.get("case")), programme.value(spec.get("max"))
        shape = str(spec.get("format", ""))
        found.append(Column(heading, name, fields.get(name), shape, int(limit) if limit is not None else None))
    return tuple(found)


def export_summary(programme: Programme, cases: Sequence[Case], form_id: str = "", *, codes: bool = False) -> bytes:
    """These cases (with nominator, subject, applying unit and parties) as the official workbook; numbers in clear,
    for official use. `codes`: with our own number of each nomination behind the official columns."""
    form = summary_form(programme, form_id)
    header = header_of(programme, form)
    rows = [tuple(one) for one in CellWriter(programme, columns_of(programme, form)).rows(cases)]
    if codes:
        header, rows = (*header, CODE), [(*row, case.number) for row, case in zip(rows, cases, strict=True)]
    return write_summary(SummarySheet(form.shown, header, tuple(rows), above=form.topline))
