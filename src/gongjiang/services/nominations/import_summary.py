"""The official summary sheet read back: each row a draft, each wrong cell named by row and column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from gongjiang.documents.xlsx import read_summary
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Case, Organisation
from gongjiang.rules.programmes.schema.material import Form
from gongjiang.rules.programmes.stage_types.apply import Apply
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.parties import may_take, receivers
from gongjiang.services.nominations.save import apply_ids, may_edit, save_values
from gongjiang.services.nominations.start import may_file, start_case
from gongjiang.services.nominations.summary import CODE, cells_of, header_of, summary_form
from gongjiang.services.nominations.summary_people import AskWhose, known_people, same_row
from gongjiang.services.nominations.summary_rows import RowRead, Wrong, changes_for, read_row
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme


@dataclass
class Imported:
    """What came of a workbook: cases made, changed and left as they were, what has to be mended in the file, and rows
    of which people say whose they are."""

    made: list[Case] = field(default_factory=list)
    changed: list[Case] = field(default_factory=list)
    same: list[Case] = field(default_factory=list)
    problems: list[Wrong] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: list[AskWhose] = field(default_factory=list)


@transaction.atomic
def import_summary(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    unit: Organisation,
    data: bytes,
    form_id: str = "",
    chosen: Mapping[int, str] | None = None,
) -> Imported:
    """Rows become drafts of `unit`; a person whose draft is here already is brought up to date, so that
    importing twice is importing once. Rows with problems are left out and told; the rest is done.

    `chosen`: by row number, the nomination that people said a doubtful row is about (its code, or 新增).
    Raises BadInput for a workbook that is none, or whose heading isn't the official one.
    """
    if not may_file(actor, unit, programme.edition.pk):
        raise NotAllowed(f"您不能代{unit.name}填报。", "You can't file for this unit.")
    form = summary_form(programme, form_id)
    read = read_summary(data, (*header_of(programme, form), CODE), optional=("序号", CODE))
    result = Imported(
        problems=[Wrong(f"第{one.row}行 {one.column}列（{one.header}）", one.message) for one in read.problems],
        notes=list(read.notes),
    )
    spoiled = {one.row for one in read.problems}
    known, seen = known_people(programme, unit), dict[object, int]()
    for sheet_row in read.rows:
        row = read_row(programme, form, unit, sheet_row, at)
        key = same_row(row)
        if key in seen:
            row.wrong.append(Wrong(f"第{row.number}行", f"与第{seen[key]}行是同一人。"))
        if row.number in spoiled or row.wrong:
            result.problems += [] if row.number in spoiled else row.wrong
            continue
        seen[key] = row.number
        try:
            with transaction.atomic():
                case = known.find(row, (chosen or {}).get(row.number, ""))
                _take(actor, at, programme, form, unit, row, case, result)
        except AskWhose as asked:
            result.asked.append(asked)
            result.problems.append(Wrong(f"第{row.number}行", asked.text))
        except BadInput as problem:
            result.problems.append(Wrong(f"第{row.number}行", problem.text))
    _record(actor, at, programme, unit, result)
    return result


def _take(
    actor: Actor,
    at: datetime,
    programme: Programme,
    form: Form,
    unit: Organisation,
    row: RowRead,
    case: Case | None,
    result: Imported,
) -> None:
    """One row into its draft: a new one, or the one that is there; untouched where it says nothing new."""
    header = header_of(programme, form)
    if case is None:
        case = _start(actor, at, programme, unit, str(row.plain["name"]))
        changes = changes_for(row, form, {}, {}, header)
        result.made.append(save_values(actor=actor, at=at, case_id=case.pk, changes=changes).case)
        return
    now = opened(case.values, programme.pack.vocabulary)
    cells = cells_of(programme, form, case, facts_of(programme, [case])[case.pk], 0)
    changes = changes_for(row, form, now, dict(zip(header, map(str, cells), strict=True)), header)
    if not changes:
        result.same.append(case)
    elif not any(one.stage in apply_ids(programme) and one.state == "open" for one in case.rows.all()):
        raise BadInput(f"{case.title}的申报已提交（{case.number}），要改动请先退回。", "Submitted already.")
    elif not may_edit(actor, case):
        raise BadInput(
            f"{case.title}的申报（{case.number}）由{case.applying_unit.name}填报，要改动请由其办理。", "Another unit's."
        )
    else:
        result.changed.append(save_values(actor=actor, at=at, case_id=case.pk, changes=changes).case)


def _start(actor: Actor, at: datetime, programme: Programme, unit: Organisation, name: str) -> Case:
    """A draft by the first way in that this unit may use; handed to a body at or under the unit."""
    stage = next(one for one in programme.stages if isinstance(one, Apply))
    route = next((one for one in stage.routes if may_take(programme, one, unit)), None)
    receiver = None
    if route is not None:
        choices = receivers(programme, route, unit)
        inside = [one for one in choices if one.path.startswith(unit.path) or unit.path.startswith(one.path)]
        if route.to and not inside:
            raise BadInput(f"{unit.name}及其下级没有可受理的工会，请先在届次中指定。", "No receiving union.")
        receiver = inside[0] if inside else None
    return start_case(
        actor=actor,
        at=at,
        programme=programme,
        award=programme.awards[0].id,
        route=route.id if route is not None else "",
        unit=unit,
        receiver=receiver,
        title=name,
    )


def _record(actor: Actor, at: datetime, programme: Programme, unit: Organisation, result: Imported) -> None:
    append(
        actor=actor,
        at=at,
        action="summary.import",
        kind="edition",
        key=programme.edition.pk,
        edition_id=programme.edition.pk,
        data={
            "unit": unit.pk,
            "made": [one.number for one in result.made],
            "changed": [one.number for one in result.changed],
            "problems": len(result.problems),
        },
    )
