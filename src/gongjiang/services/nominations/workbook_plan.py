"""What a unit's workbook asks: a column for each question of the forms, a sheet for each table of rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gongjiang.kernel.errors import BadInput
from gongjiang.models import Organisation
from gongjiang.rules.nominations.form_plan import form_plan
from gongjiang.rules.nominations.form_plan_parts import Asked, FormPlan
from gongjiang.rules.programmes.stage_types.apply import Apply, Route
from gongjiang.services.nominations.parties import may_take
from gongjiang.services.nominations.sheet_columns import Column
from gongjiang.services.nominations.summary import columns_of, summary_form
from gongjiang.services.programmes.programme import Programme

SIGN = "gongjiang-workbook-1"
MAIN = "填写"
SERIAL = "序号"
ROW = "行号（勿改）"
NOT_CELLS = frozenset({"rows", "file", "photo"})


@dataclass(frozen=True)
class GroupSheet:
    """A sheet of rows about the people of the main sheet, told by their 序号."""

    name: str
    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class WorkbookPlan:
    """The main sheet's columns, and the sheets of rows."""

    columns: tuple[Column, ...]
    groups: tuple[GroupSheet, ...]


def first_way(programme: Programme, unit: Organisation) -> Route | None:
    """The first way in that this unit may use; None where the notice has but one without a name."""
    stage = next(one for one in programme.stages if isinstance(one, Apply))
    return next((one for one in stage.routes if may_take(programme, one, unit)), None)


def workbook_plan(programme: Programme, unit: Organisation) -> WorkbookPlan:
    """The workbook of a unit. Raises BadInput where it may not nominate."""
    route, award = first_way(programme, unit), programme.awards[0]
    stage = next(one for one in programme.stages if isinstance(one, Apply))
    if stage.routes and route is None:
        raise BadInput(f"{unit.name}在本届没有可用的申报方式。", "No way in for this unit.")
    plan = form_plan(programme.pack, route.id if route is not None else "", award.id, dict(programme.params))
    fields = programme.fields_of(award.id)
    columns: dict[str, Column] = {one.name: one for one in _official(programme)}
    for asked in _questions(plan):
        name = asked.path.removeprefix("case.")
        spec = fields.get(name)
        if spec is None or spec.type in NOT_CELLS or spec.derived == "full_years_since_birth":
            continue
        known = columns.get(name)
        limits = [one for one in (asked.limit, known.limit if known else None) if one is not None]
        heading, shape = (known.heading, known.form) if known else (asked.label, "")
        columns[name] = Column(heading, name, spec, shape, min(limits, default=None))
    return WorkbookPlan(tuple(_apart(columns.values())), tuple(_groups(programme, plan)))


def _official(programme: Programme) -> list[Column]:
    """Plain columns of the official summary sheet, where the notice has one."""
    if not any(one.list is not None for one in programme.pack.forms):
        return []
    return [one for one in columns_of(programme, summary_form(programme)) if one.spec is not None]


def _questions(plan: FormPlan) -> Iterator[Asked]:
    for section in plan.sections:
        if not section.later:
            yield from (one for one in section.questions if "." not in one.path.removeprefix("case."))


def _groups(programme: Programme, plan: FormPlan) -> Iterator[GroupSheet]:
    seen: set[str] = set()
    for section in plan.sections:
        for table in () if section.later else section.tables:
            specs = programme.pack.vocabulary.groups.get(table.path)
            if specs is None or table.path in seen:
                continue
            seen.add(table.path)
            columns = [
                Column(one.label, one.path, specs[one.path], limit=one.limit)
                for one in table.columns
                if one.path in specs and specs[one.path].type not in NOT_CELLS
            ]
            yield GroupSheet(table.path, _tab(table.label), tuple(_apart(columns)))


def _apart(columns: Any) -> Iterator[Column]:
    """Headings made different from each other."""
    taken = {SERIAL, ROW}
    for one in columns:
        heading, number = one.heading, 1
        while heading in taken:
            number += 1
            heading = f"{one.heading}（{number}）"
        taken.add(heading)
        yield Column(heading, one.name, one.spec, one.form, one.limit)


def _tab(label: str) -> str:
    return "".join("　" if char in "[]:*?/\\'" else char for char in label)[:28]


def mark_of(text: str) -> str:
    """By which the text of a cell is known again, without telling it."""
    return sha256(text.strip().encode()).hexdigest()[:12]


def rows_mark(rows: Any, columns: tuple[Column, ...]) -> str:
    """The same for rows of a group, as texts by heading."""
    return mark_of("\n".join("\t".join(str(one.get(column.heading, "")) for column in columns) for one in rows))
