"""The official summary sheet: a list of the pack written as Excel in its official columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from gongjiang.documents.xlsx import SummarySheet, write_summary
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.material import Form
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.shown import computed_text, shown
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme

#: Between the parts of a joined cell: 姓名，单位，职务.
JOINT = "，"
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


def export_summary(programme: Programme, cases: Sequence[Case], form_id: str = "", *, codes: bool = False) -> bytes:
    """These cases (with nominator, subject, applying unit and parties) as the official workbook; numbers in clear,
    for official use. `codes`: with our own number of each nomination behind the official columns."""
    form = summary_form(programme, form_id)
    facts = facts_of(programme, cases)
    rows = [cells_of(programme, form, case, facts[case.pk], n) for n, case in enumerate(cases, 1)]
    header = header_of(programme, form)
    if codes:
        header, rows = (*header, CODE), [(*row, case.number) for row, case in zip(rows, cases, strict=True)]
    return write_summary(SummarySheet(form.shown, header, tuple(rows)))


def cells_of(programme: Programme, form: Form, case: Case, facts: Facts, number: int) -> tuple[str | int, ...]:
    """One case as a row of the sheet, in the order of its columns."""
    values, fields = opened(case.values, programme.pack.vocabulary), programme.fields_of(case.award)
    return tuple(_cell(programme, column_spec(one), values, facts, fields, number) for one in form.columns)


def _cell(
    programme: Programme,
    spec: Mapping[str, Any],
    values: Mapping[str, Any],
    facts: Facts,
    fields: Mapping[str, Any],
    number: int,
) -> str | int:
    if "computed" in spec:
        return number
    if "rows" in spec:
        rows = values.get(str(spec["rows"])) or []
        place = int(spec.get("nth", 1)) - 1
        parts = rows[place] if place < len(rows) else {}
        return JOINT.join(str(parts.get(one) or "") for one in spec["join"]).strip(JOINT) if parts else ""
    name = str(spec.get("field") or spec.get("case"))
    if name not in fields:
        return str(facts.case.get(name) or "")
    told = shown(programme, fields[name], values.get(name), str(spec.get("format", "")))
    return told or computed_text(fields[name], facts)
