"""The official summary sheet: a list of the pack written as Excel in its official columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from gongjiang.documents.xlsx import SummarySheet, write_summary
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.material import Form
from gongjiang.services.nominations.facts import case_facts
from gongjiang.services.nominations.shown import shown
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme

#: Between the parts of a joined cell: 姓名，单位，职务.
JOINT = "，"


def summary_form(programme: Programme, form_id: str = "") -> Form:
    """The pack's summary sheet (the first, unless one is named). NotFound if it has none."""
    found = next(
        (one for one in programme.pack.forms if one.list is not None and (not form_id or one.id == form_id)), None
    )
    if found is None:
        raise NotFound("通知没有汇总表。", "This notice has no summary sheet.")
    return found


def header_of(programme: Programme, form: Form) -> tuple[str, ...]:
    """The official headings, in order."""
    return tuple(_heading(programme, one) for one in form.columns)


def _heading(programme: Programme, column: str | dict[str, Any]) -> str:
    if isinstance(column, dict) and column.get("label"):
        return str(column["label"])
    name = column if isinstance(column, str) else str(column.get("field", column.get("case", "")))
    spec = programme.pack.vocabulary.fields.get(name)
    return spec.shown if spec is not None else name


def export_summary(programme: Programme, cases: Sequence[Case], form_id: str = "") -> bytes:
    """These cases (with parties prefetched) as the official workbook; numbers in clear, for official use."""
    form = summary_form(programme, form_id)
    rows = [tuple(_cells(programme, form, case, n)) for n, case in enumerate(cases, 1)]
    return write_summary(SummarySheet(form.shown, header_of(programme, form), tuple(rows)))


def _cells(programme: Programme, form: Form, case: Case, number: int) -> list[str | int]:
    values, facts = opened(case.values, programme.pack.vocabulary), case_facts(programme, case)
    fields = programme.fields_of(case.award)
    return [_cell(programme, column, values, facts, fields, number) for column in form.columns]


def _cell(
    programme: Programme,
    column: str | dict[str, Any],
    values: Mapping[str, Any],
    facts: Mapping[str, Any],
    fields: Mapping[str, Any],
    number: int,
) -> str | int:
    spec = {"field": column} if isinstance(column, str) else column
    if "computed" in spec:
        return number
    if "rows" in spec:
        rows = values.get(str(spec["rows"])) or []
        place = int(spec.get("nth", 1)) - 1
        parts = rows[place] if place < len(rows) else {}
        return JOINT.join(str(parts.get(one) or "") for one in spec["join"]).strip(JOINT) if parts else ""
    name = str(spec.get("field") or spec.get("case"))
    if "case" in spec and name not in fields:
        return str(facts.get(name) or "")
    raw = values.get(name) if name in values else facts.get(name)
    return shown(programme, fields[name], raw, str(spec.get("format", ""))) if name in fields else ""
