"""A row of the official summary sheet as changes to a nomination; every wrong cell named by row and column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongjiang.documents.xlsx import ReadCell, SheetRow
from gongjiang.kernel.text import check_length
from gongjiang.models import Organisation
from gongjiang.rules.programmes.schema.material import Form
from gongjiang.services.nominations.save import read_changes
from gongjiang.services.nominations.summary import CODE, column_spec, header_of
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Wrong:
    """Something to mend in the workbook: where (第3行 H列（身份证号）), and what."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}：{self.text}"


@dataclass
class RowRead:
    """What a row says: plain fields, parts of row groups by their place (from 0), our own code if it has one."""

    number: int
    code: str = ""
    plain: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, dict[int, dict[str, str]]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def place_of(cell: ReadCell) -> str:
    """A cell as people find it."""
    return f"第{cell.row}行 {cell.address.rstrip('0123456789')}列（{cell.header}）"


def read_row(programme: Programme, form: Form, unit: Organisation, row: SheetRow, at: datetime) -> RowRead:
    """The cells that say something, each checked by the type and limit of its field; blank cells say nothing."""
    found = RowRead(row.number)
    award = programme.awards[0].id
    fields, known = programme.fields_of(award), {cell.header: cell for cell in row.cells}
    found.code = known[CODE].text if CODE in known else ""
    for heading, column in zip(header_of(programme, form), form.columns, strict=True):
        spec, cell = column_spec(column), known.get(heading)
        if cell is None or not cell.text or "computed" in spec:
            continue
        found.texts[heading] = cell.text
        if "rows" in spec:
            _group(found, spec, cell)
            continue
        name = str(spec.get("field") or spec.get("case"))
        if name in fields:
            _plain(programme, found, award, name, spec, cell, at)
        elif name == "nominator" and cell.text not in _names(unit):
            found.wrong.append(Wrong(place_of(cell), f"推荐单位是“{cell.text}”，不是{unit.name}。"))
    for name, parts in found.groups.items():
        _, problems = read_changes(programme, award, {name: list(parts.values())}, at, strict=True)
        found.wrong += [Wrong(f"第{row.number}行", str(one)) for one in problems]
    if not found.plain.get("name"):
        found.wrong.append(Wrong(f"第{row.number}行", "没有姓名。"))
    return found


def _plain(
    programme: Programme,
    found: RowRead,
    award: str,
    name: str,
    spec: Mapping[str, Any],
    cell: ReadCell,
    at: datetime,
) -> None:
    values, problems = read_changes(programme, award, {name: cell.text}, at, strict=True)
    found.wrong += [Wrong(place_of(cell), one.text) for one in problems]
    limit = programme.value(spec.get("max"))
    if limit is not None:
        decision = check_length(cell.text, int(limit), label=cell.header)
        found.wrong += [Wrong(place_of(cell), one.text) for one in decision.reasons if not decision.allowed]
    found.plain |= values


def _group(found: RowRead, spec: Mapping[str, Any], cell: ReadCell) -> None:
    """姓名，单位，职务 taken apart at the first commas; what is left stays in the last part."""
    names = [str(one) for one in spec["join"]]
    parts = [one.strip() for one in re.split(r"[,，]", cell.text, maxsplit=len(names) - 1)]
    place = int(spec.get("nth", 1)) - 1
    found.groups.setdefault(str(spec["rows"]), {})[place] = dict(zip(names, parts, strict=False))


def _names(unit: Organisation) -> set[str]:
    return {one for one in (unit.name, unit.short_name) if one}


def changes_for(
    row: RowRead, form: Form, now: Mapping[str, Any], shown: Mapping[str, str], header: Sequence[str]
) -> dict[str, Any]:
    """What the row changes in a nomination that holds `now` and would be printed as `shown` (by heading).

    A cell that says just what is there changes nothing: what the sheet can't hold (letters, numbers of the
    recommending experts) is never lost by importing it.
    """
    changes: dict[str, Any] = {}
    for heading, column in zip(header, form.columns, strict=True):
        spec = column_spec(column)
        if heading not in row.texts or row.texts[heading] == shown.get(heading, "").strip():
            continue
        if "rows" in spec:
            _set_row(changes, row, now, str(spec["rows"]), int(spec.get("nth", 1)) - 1, spec["join"])
            continue
        field_name = str(spec.get("field") or spec.get("case"))
        if field_name in row.plain and row.plain[field_name] != now.get(field_name):
            changes[field_name] = row.plain[field_name]
    return changes


def _set_row(
    changes: dict[str, Any], row: RowRead, now: Mapping[str, Any], name: str, place: int, parts: Sequence[str]
) -> None:
    """One row of a group as the cell says; its other columns stay as they are."""
    said = {**dict.fromkeys(parts, ""), **row.groups[name][place]}
    held = changes.get(name) or [dict(one) for one in now.get(name) or []]
    if place < len(held) and all(str(held[place].get(key) or "") == value for key, value in said.items()):
        return
    held += [{} for _ in range(place + 1 - len(held))]
    held[place] = {**held[place], **said}
    changes[name] = held
