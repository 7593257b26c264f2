"""The official summary sheet read back: each row a draft, each wrong cell named by row and column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.documents.xlsx import Problem, SheetRow, read_summary
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Case, Organisation
from gongjiang.rules.programmes.schema.material import Form
from gongjiang.rules.programmes.stage_types.apply import Apply
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.parties import receivers
from gongjiang.services.nominations.save import apply_ids, read_changes, save_values
from gongjiang.services.nominations.start import may_file, start_case
from gongjiang.services.nominations.summary import header_of, summary_form
from gongjiang.services.people.sealing import identity_hash, open_text
from gongjiang.services.programmes.programme import Programme


@dataclass
class Imported:
    """What came of a workbook: cases made and changed, and every cell or row that could not be taken."""

    made: list[Case] = field(default_factory=list)
    changed: list[Case] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def import_summary(
    *, actor: Actor, at: datetime, programme: Programme, unit: Organisation, data: bytes, form_id: str = ""
) -> Imported:
    """Rows become drafts of `unit`; a person whose draft is here already is brought up to date, so that
    importing twice is importing once. Rows with problems are left out and told; the rest is done.

    Raises BadInput for a workbook that is none, or whose heading isn't the official one.
    """
    if not may_file(actor, unit):
        raise NotAllowed(f"您不能代{unit.name}填报。", "You can't file for this unit.")
    form = summary_form(programme, form_id)
    read = read_summary(data, header_of(programme, form), optional=("序号",))
    result = Imported(problems=[str(one) for one in read.problems], notes=list(read.notes))
    bad = {one.row for one in read.problems if isinstance(one, Problem)}
    known = _known(programme, unit)
    seen: dict[str, int] = {}
    for row in read.rows:
        changes, wrong = _read_row(programme, form, row, at)
        key = identity_hash(str(changes["id_number"])) if changes.get("id_number") else ""
        if key and key in seen:
            wrong.append(f"第{row.number}行：与第{seen[key]}行是同一人（身份证号相同）。")
        if wrong or row.number in bad:
            result.problems += wrong
            continue
        seen[key or f"row{row.number}"] = row.number
        _take(actor, at, programme, unit, changes, known.get(key) if key else None, result)
    append(
        actor=actor,
        at=at,
        action="summary.import",
        kind="edition",
        key=programme.edition.pk,
        edition_id=programme.edition.pk,
        data={
            "unit": unit.pk,
            "made": len(result.made),
            "changed": len(result.changed),
            "problems": len(result.problems),
        },
    )
    return result


def _known(programme: Programme, unit: Organisation) -> dict[str, Case]:
    """The unit's open drafts by the identity look-up of the person."""
    found: dict[str, Case] = {}
    rows = Case.objects.filter(
        process=programme.process, applying_unit=unit, rows__state="open", rows__stage__in=apply_ids(programme)
    )
    for case in rows:
        number = case.values.get("id_number")
        if number:
            found[identity_hash(open_text(str(number), "id_number"))] = case
    return found


def _read_row(programme: Programme, form: Form, row: SheetRow, at: datetime) -> tuple[dict[str, Any], list[str]]:
    """Changes to save, and the wrong cells in words with their place."""
    changes: dict[str, Any] = {}
    places: dict[str, str] = {}
    header = header_of(programme, form)
    lists: dict[str, list[dict[str, Any]]] = {}
    for heading, column in zip(header, form.columns, strict=True):
        spec = {"field": column} if isinstance(column, str) else column
        if "computed" in spec:
            continue
        cell = row.cell(heading)
        if not cell.text:
            continue
        if "rows" in spec:
            parts = [one.strip() for one in re.split(r"[,，]", cell.text, maxsplit=len(spec["join"]) - 1)]
            lists.setdefault(str(spec["rows"]), []).append(dict(zip(spec["join"], parts, strict=False)))
            continue
        name = str(spec.get("field") or spec.get("case"))
        changes[name] = cell.text
        places[_label(programme, name)] = f"第{row.number}行 {cell.address}（{heading}）"
    changes |= lists
    award = programme.awards[0].id
    allowed = programme.fields_of(award)
    changes = {
        name: one for name, one in changes.items() if name in allowed or name in programme.pack.vocabulary.groups
    }
    _, problems = read_changes(programme, award, changes, at, strict=True)
    wrong = [f"{places.get(one.place, f'第{row.number}行')}：{one.text}" for one in problems]
    if not changes.get("name"):
        wrong.append(f"第{row.number}行：没有姓名。")
    return changes, wrong


def _label(programme: Programme, name: str) -> str:
    spec = programme.pack.vocabulary.fields.get(name)
    return spec.shown if spec is not None else name


def _take(
    actor: Actor,
    at: datetime,
    programme: Programme,
    unit: Organisation,
    changes: Mapping[str, Any],
    case: Case | None,
    result: Imported,
) -> None:
    fresh = case is None
    if case is None:
        case = _start(actor, at, programme, unit, str(changes["name"]))
    saved = save_values(actor=actor, at=at, case_id=case.pk, changes=changes)
    (result.made if fresh else result.changed).append(saved.case)


def _start(actor: Actor, at: datetime, programme: Programme, unit: Organisation, name: str) -> Case:
    """A draft by the first way in that units use; handed to a body at or under the unit where there is one."""
    stage = next(one for one in programme.stages if isinstance(one, Apply))
    if not stage.routes:
        return start_case(
            actor=actor, at=at, programme=programme, award=programme.awards[0].id, route="", unit=unit, title=name
        )
    route = next((one for one in stage.routes if not _personal(programme, one.by)), stage.routes[0])
    choices = receivers(programme, route, unit)
    inside = [one for one in choices if one.path.startswith(unit.path)] or choices
    if not inside:
        raise BadInput("没有可受理的工会，请先在届次中指定。", "No receiving union.", place=unit.name)
    return start_case(
        actor=actor,
        at=at,
        programme=programme,
        award=programme.awards[0].id,
        route=route.id,
        unit=unit,
        receiver=inside[0],
        title=name,
    )


def _personal(programme: Programme, roles: tuple[str, ...]) -> bool:
    levels = {one.id: one.level for one in programme.pack.roles}
    return all(levels.get(one) == "person" for one in programme.expand(roles))
