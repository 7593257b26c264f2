"""A unit's workbook that came back: every sheet checked, each person beside what is on record, both sides kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from gongjiang.documents.xlsx import SheetColumns
from gongjiang.documents.xlsx.fillable import BASE
from gongjiang.documents.xlsx.read import columns_in
from gongjiang.documents.xlsx.source import Raw
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Organisation
from gongjiang.services.nominations.import_summary import Beside, CellChange, Clash, Look, once, sort_out
from gongjiang.services.nominations.sheet_columns import Column, Wrong, check_columns
from gongjiang.services.nominations.start import may_file
from gongjiang.services.nominations.summary import CODE
from gongjiang.services.nominations.summary_rows import RowRead, of_row, read_rows
from gongjiang.services.nominations.workbook import group_texts
from gongjiang.services.nominations.workbook_plan import (
    MAIN,
    ROW,
    SERIAL,
    SIGN,
    GroupSheet,
    WorkbookPlan,
    mark_of,
    rows_mark,
    workbook_plan,
)
from gongjiang.services.programmes.programme import Programme

#: Rows of a group as read: by 序号, each row's texts by heading and its values by name.
Read = dict[str, list[tuple[dict[str, str], dict[str, Any]]]]


def is_workbook(raws: Sequence[Raw]) -> bool:
    """Did we make it?"""
    return any(one.name == BASE and one.rows and one.rows[0][:1] == [SIGN] for one in raws)


def look_at_workbook(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    unit: Organisation,
    raws: Sequence[Raw],
    chosen: Mapping[int, str],
    cells: frozenset[str],
) -> Look:
    """As `look_at_summary`. `cells`: keys of clashes for which the workbook's side was chosen.

    Raises BadInput for the workbook of another edition or unit, or one without its main sheet.
    """
    if not may_file(actor, unit, programme.edition.pk):
        raise NotAllowed(f"您不能代{unit.name}填报。", "You can't file for this unit.")
    plan = workbook_plan(programme, unit)
    by_name = {one.name: one for one in raws}
    base = _base(by_name[BASE], programme, unit)
    if MAIN not in by_name:
        raise BadInput(f"找不到“{MAIN}”表，请不要改工作表的名字。", "The main sheet is missing.")
    headings = [one.heading for one in plan.columns]
    name = next((one.heading for one in plan.columns if one.name == "name"), headings[0])
    wanted = (SERIAL, *headings, CODE)
    sheet = columns_in([by_name[MAIN]], wanted, [one for one in wanted if one != name])
    found = Look(programme, unit, sheet, notes=list(sheet.notes), columns={MAIN: plan.columns}, source="离线填报表")
    rows = read_rows(programme, plan.columns, unit, sheet, at)
    serials = _serials(sheet, rows)
    groups = {one.name: _group(found, one, by_name.get(one.title), serials, at) for one in plan.groups}
    for row in rows:
        found.rows[row.number] = {
            group.name: _values(programme, group, groups[group.name][serial])
            for group in plan.groups
            if (serial := _serial(sheet, row)) in groups[group.name]
        }
    comparing = _Comparing(plan, base, groups, cells)
    sort_out(actor, found, plan.columns, once(rows), chosen, comparing)
    found.problems = sorted((*found.problems, *(one for row in rows for one in row.wrong)), key=lambda one: one.row)
    return found


def _base(raw: Raw, programme: Programme, unit: Organisation) -> dict[str, dict[str, str]]:
    """Marks of what stood in the cells when it was downloaded, by code and heading."""
    head = [str(one) for one in raw.rows[0]]
    if head[1:2] != [str(programme.edition.pk)]:
        raise BadInput("这份填报表是另一届的，请从本届重新下载。", "A workbook of another edition.", place="文件")
    if head[3:4] != [str(unit.pk)]:
        raise BadInput(f"这份填报表不是{unit.name}的，请从本单位的页面重新下载。", "Another unit's.", place="文件")
    names = [str(one) for one in raw.rows[1]] if len(raw.rows) > 1 else []
    return {str(row[0]): dict(zip(names[1:], map(str, row[1:]), strict=False)) for row in raw.rows[2:]}


def _serial(sheet: SheetColumns, row: RowRead) -> str:
    return sheet.texts[SERIAL][row.at] if SERIAL in sheet.texts else ""


def _serials(sheet: SheetColumns, rows: Sequence[RowRead]) -> dict[str, RowRead]:
    found: dict[str, RowRead] = {}
    for row in rows:
        serial = _serial(sheet, row)
        if serial and serial in found:
            row.wrong += (of_row(row.number, f"序号“{serial}”与第{found[serial].number}行相同，请改为不同的号。"),)
        elif serial:
            found[serial] = row
    return found


def _group(found: Look, group: GroupSheet, raw: Raw | None, serials: Mapping[str, RowRead], at: datetime) -> Read:
    """One sheet of rows; what is wrong in it is wrong with the person, too: neither is taken before it is mended."""
    if raw is None:
        found.notes.append(f"没有“{group.title}”表，这一部分不变。")
        return {}
    wanted = (SERIAL, *(one.heading for one in group.columns), ROW)
    sheet = columns_in([raw], wanted, [one for one in wanted if one != SERIAL])
    found.sheets[raw.name] = sheet
    found.columns = {**found.columns, raw.name: group.columns}
    checked = check_columns(found.programme, group.columns, found.unit, sheet, at)
    whose = dict(zip(sheet.numbers, sheet.texts[SERIAL], strict=True))
    wrong = list(checked.wrong)
    wrong += [
        Wrong(
            sheet.where(place, SERIAL),
            f"“{MAIN}”表里没有序号“{serial}”。" if serial else "没有写序号。",
            number,
            SERIAL,
        )
        for place, (number, serial) in enumerate(whose.items())
        if serial not in serials
    ]
    for one in wrong:
        told = replace(one, sheet=raw.name, place=f"“{raw.name}”表 {one.place}")
        owner = serials.get(whose[one.row])
        if owner is None:
            found.problems.append(told)
        else:
            owner.wrong += (told,)
    rows: Read = {serial: [] for serial in serials}
    used = [one for one in group.columns if one.heading in sheet.texts]
    for place, serial in enumerate(sheet.texts[SERIAL]):
        texts = {heading: column[place] for heading, column in sheet.texts.items()}
        values = {one.name: checked.value(one, place, texts[one.heading]) for one in used}
        rows.setdefault(serial, []).append((texts, {name: one for name, one in values.items() if one is not None}))
    return rows


def _values(
    programme: Programme,
    group: GroupSheet,
    rows: Sequence[tuple[dict[str, str], dict[str, Any]]],
    now: Sequence[Mapping[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Rows as a form holds them; what the sheet can't say of a row that was there (`now`) stays."""
    columns = programme.pack.vocabulary.groups[group.name]
    blank = {key: [] if spec.type in {"checks", "rows"} else "" for key, spec in columns.items()}
    before = {str(one.get("id")): one for one in now}
    found: list[dict[str, Any]] = []
    taken: set[str] = set()
    for texts, values in rows:
        key = texts.get(ROW, "")
        if not key or key in taken or key not in before:
            key = next(f"r{n}" for n in range(1, len(rows) + len(before) + 2) if f"r{n}" not in {*taken, *before})
        taken.add(key)
        said = {one.name: values.get(one.name, blank[one.name]) for one in group.columns if one.heading in texts}
        found.append({**blank, **before.get(key, {}), **said, "id": key})
    return found


class _Comparing:
    """A row beside what is on record now and what stood there when the workbook was downloaded."""

    def __init__(
        self,
        plan: WorkbookPlan,
        base: Mapping[str, Mapping[str, str]],
        groups: Mapping[str, Read],
        cells: frozenset[str],
    ) -> None:
        self.plan, self.base, self.groups, self.cells = plan, base, groups, cells

    def __call__(
        self, found: Look, columns: Sequence[Column], beside: Beside
    ) -> tuple[dict[str, Any], list[CellChange]]:
        marks, texts = self.base.get(beside.case.number, {}), beside.row.texts
        values: dict[str, Any] = {}
        cells: list[CellChange] = []
        for column in columns:
            said, now = texts.get(column.heading, ""), beside.shown[column.heading].strip()
            if column.heading not in found.sheet.texts or not self._counts(
                found, beside, column.heading, said, now, marks
            ):
                continue
            assert column.spec is not None
            value = beside.row.value(column.name) if said else [] if column.spec.type == "checks" else ""
            if value is not None and (value or "") != (beside.now.get(column.name) or ""):
                values[column.name] = value
                cells.append(CellChange(column.heading, now, said))
        for group in self.plan.groups:
            self._rows(found, beside, group, marks, values, cells)
        return values, cells

    def _rows(
        self,
        found: Look,
        beside: Beside,
        group: GroupSheet,
        marks: Mapping[str, str],
        values: dict[str, Any],
        cells: list[CellChange],
    ) -> None:
        held = self.groups[group.name]
        serial = _serial(found.sheet, beside.row)
        if serial not in held:
            return
        now = beside.now.get(group.name) or []
        shown = group_texts(found.programme, group, now)
        said, there = (rows_mark(one, group.columns) for one in ([texts for texts, _ in held[serial]], shown))
        if said == there or marks.get(group.title) == said or (group.title not in marks and not held[serial]):
            return
        told, was = f"共{len(held[serial])}行", f"共{len(now)}行"
        if marks.get(group.title, there) != there and not self._chosen(found, beside, group.title, told, was):
            return
        values[group.name] = _values(found.programme, group, held[serial], now)
        cells.append(CellChange(group.title, was, told))

    def _counts(self, found: Look, beside: Beside, heading: str, said: str, now: str, marks: Mapping[str, str]) -> bool:
        """Does a cell change anything? Not where it says what is there, or what stood there when it was downloaded."""
        if said == now:
            return False
        if heading not in marks:
            return bool(said)
        if mark_of(said) == marks[heading]:
            return False
        return mark_of(now) == marks[heading] or self._chosen(found, beside, heading, said, now)

    def _chosen(self, found: Look, beside: Beside, heading: str, said: str, now: str) -> bool:
        """Both sides changed: people say which stays; until then what is on screen."""
        key = f"{beside.row.number}-{heading}"
        found.clashes.append(Clash(key, beside.case, beside.row.number, heading, said, now, key in self.cells))
        return key in self.cells
