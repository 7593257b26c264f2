"""The official summary sheet read back: looked at first, then taken; each row a draft, each wrong cell named."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from gongjiang.documents.xlsx import SheetColumns
from gongjiang.documents.xlsx.read import columns_in
from gongjiang.documents.xlsx.source import Raw, open_sheets
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.collection import uncollected
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Case, Organisation
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.parties import receivers
from gongjiang.services.nominations.save import apply_ids, may_edit
from gongjiang.services.nominations.save_many import Change, save_many, start_many
from gongjiang.services.nominations.sheet_cells import CellWriter
from gongjiang.services.nominations.sheet_columns import Column, Wrong
from gongjiang.services.nominations.start import may_file
from gongjiang.services.nominations.summary import CODE, columns_of, header_of, summary_form
from gongjiang.services.nominations.summary_people import AskWhose, known_people, same_row
from gongjiang.services.nominations.summary_rows import RowRead, changes_for, fresh_values, of_row, read_rows
from gongjiang.services.nominations.workbook_plan import first_way
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class CellChange:
    """A cell that says otherwise than the nomination does now."""

    heading: str
    now: str
    said: str


@dataclass(frozen=True)
class RowChange:
    """A row that changes a nomination: what is saved, and cell by cell what changes."""

    row: RowRead
    case: Case
    values: Mapping[str, Any]
    before: Mapping[str, Any]
    cells: tuple[CellChange, ...]


@dataclass(frozen=True)
class Clash:
    """A cell that was changed in the workbook and, since it was downloaded, on screen, too. `key` names it in a choice;
    `taken`: the workbook's side was chosen."""

    key: str
    case: Case
    row: int
    heading: str
    said: str
    now: str
    taken: bool = False


@dataclass
class Look:
    """What would come of a sheet: people made, changed and left as they are; what has to be mended; rows of which
    people say whose they are. Nothing is written yet.

    Of a workbook: `clashes`, cells that somebody changed on screen since it was downloaded; `rows`: row groups of new
    people by the number of their row. `sheets`, `columns`: what was read, by the name of the sheet."""

    programme: Programme
    unit: Organisation
    sheet: SheetColumns
    made: list[RowRead] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    same: list[Case] = field(default_factory=list)
    problems: list[Wrong] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: list[AskWhose] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    columns: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    sheets: dict[str, SheetColumns] = field(default_factory=dict)
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    source: str = "汇总表"

    def __post_init__(self) -> None:
        self.sheets.setdefault(self.sheet.sheet, self.sheet)


@dataclass
class Imported:
    """What came of a workbook: cases made, changed and left as they were, what has to be mended in the file, and rows
    of which people say whose they are."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    changed: list[Case] = field(default_factory=list)
    same: list[Case] = field(default_factory=list)
    problems: list[Wrong] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: list[AskWhose] = field(default_factory=list)

    @cached_property
    def made(self) -> list[Case]:
        """The cases made, read when asked for; `numbers` has their keys by number."""
        rows = Case.objects.filter(pk__in=self.numbers.values()).select_related("applying_unit", "nominator", "process")
        return list(rows.order_by("pk"))


@uncollected()
def look_at_summary(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    unit: Organisation,
    data: bytes,
    form_id: str = "",
    chosen: Mapping[int, str] | None = None,
    raws: Sequence[Raw] = (),
) -> Look:
    """The sheet checked, matched and compared; nothing is written.

    `chosen`: by row number, the nomination that people said a doubtful row is about (its code, or 新增).
    `raws`: its sheets, where they are open already. Raises BadInput for a workbook that is none, or whose heading isn't
    the official one.
    """
    if not may_file(actor, unit, programme.edition.pk):
        raise NotAllowed(f"您不能代{unit.name}填报。", "You can't file for this unit.")
    form = summary_form(programme, form_id)
    sheet = columns_in(raws or open_sheets(data), (*header_of(programme, form), CODE), optional=("序号", CODE))
    columns = columns_of(programme, form)
    found = Look(programme, unit, sheet, notes=list(sheet.notes), columns={sheet.sheet: columns})
    rows = read_rows(programme, columns, unit, sheet, at)
    sort_out(actor, found, columns, once(rows), chosen or {}, by_text)
    found.problems = sorted((*found.problems, *(one for row in rows for one in row.wrong)), key=lambda one: one.row)
    return found


def once(rows: Sequence[RowRead]) -> Iterable[RowRead]:
    """Rows that are right; of two about one person the first."""
    seen: dict[object, int] = {}
    for row in rows:
        key = same_row(row)
        if not row.wrong and key in seen:
            row.wrong += (of_row(row.number, f"与第{seen[key]}行是同一人。"),)
        if not row.wrong:
            seen[key] = row.number
            yield row


@dataclass(frozen=True)
class Beside:
    """A row beside the nomination that is there: its values in clear, and how each column would be written."""

    row: RowRead
    case: Case
    now: Mapping[str, Any]
    shown: Mapping[str, str]


#: What a row changes in a nomination: values, and the cells that differ.
Compare = Callable[[Look, Sequence[Column], Beside], tuple[dict[str, Any], list[CellChange]]]


def sort_out(
    actor: Actor,
    found: Look,
    columns: Sequence[Column],
    rows: Iterable[RowRead],
    chosen: Mapping[int, str],
    compare: Compare,
) -> None:
    """Each row to the nomination it is about: made, changed, the same, or asked about."""
    known = known_people(found.programme, found.unit)
    writer, ways = CellWriter(found.programme, columns), apply_ids(found.programme)
    headings = [one.heading for one in columns]
    for row in rows:
        try:
            case = known.find(row, chosen.get(row.number, ""))
            if case is None:
                found.made.append(row)
                continue
            now = known.values[case.number]
            shown = dict(zip(headings, map(str, writer.row(case, now)), strict=True))
            values, cells = compare(found, columns, Beside(row, case, now, shown))
            if not values:
                found.same.append(case)
                continue
            _may_change(actor, case, ways)
            found.changed.append(RowChange(row, case, values, now, tuple(cells)))
        except AskWhose as asked:
            found.asked.append(asked)
            found.problems.append(of_row(row.number, asked.text))
        except BadInput as problem:
            found.problems.append(of_row(row.number, problem.text))


def _may_change(actor: Actor, case: Case, ways: Sequence[str]) -> None:
    """Raises BadInput where a nomination can't be changed (any more) by this person."""
    if not any(one.stage in ways and one.state == "open" for one in case.rows.all()):
        raise BadInput(f"{case.title}的申报已提交（{case.number}），要改动请先退回。", "Submitted already.")
    if not may_edit(actor, case):
        raise BadInput(
            f"{case.title}的申报（{case.number}）由{case.applying_unit.name}填报，要改动请由其办理。", "Another unit's."
        )


def by_text(found: Look, columns: Sequence[Column], beside: Beside) -> tuple[dict[str, Any], list[CellChange]]:
    """A cell that says something else than is there changes it; a blank one says nothing."""
    values = changes_for(beside.row, columns, beside.now, beside.shown, found.programme.pack.vocabulary)
    texts = beside.row.texts if values else {}
    cells = [
        CellChange(one.heading, beside.shown[one.heading], texts[one.heading])
        for one in columns
        if one.name in values and texts.get(one.heading, beside.shown[one.heading]) != beside.shown[one.heading]
    ]
    return values, cells


@uncollected()
@transaction.atomic
def take(actor: Actor, at: datetime, found: Look) -> Imported:
    """Everything in which nothing is wrong, written at once; the rest is told again."""
    programme, unit = found.programme, found.unit
    made = _start(actor, at, found)
    changes = [Change(one.case, one.values, one.before) for one in found.changed]
    changed = save_many(actor=actor, at=at, programme=programme, changes=changes, source=found.source)
    result = Imported(made, changed, found.same, found.problems, found.notes, found.asked)
    append(
        actor=actor,
        at=at,
        action="summary.import",
        kind="edition",
        key=programme.edition.pk,
        edition_id=programme.edition.pk,
        data={
            "unit": unit.pk,
            "made": list(made),
            "changed": [one.number for one in changed],
            "problems": len(found.problems),
        },
    )
    return result


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
    """Looked at and taken in one go: rows become drafts of `unit`; a person whose draft is here already is brought up
    to date, so that importing twice is importing once. Raises as `look_at_summary`."""
    found = look_at_summary(
        actor=actor, at=at, programme=programme, unit=unit, data=data, form_id=form_id, chosen=chosen
    )
    return take(actor, at, found)


def _start(actor: Actor, at: datetime, found: Look) -> dict[str, int]:
    """Drafts by the first way in that this unit may use; handed to a body at or under the unit."""
    if not found.made:
        return {}  # nobody new: then no way in is asked for either
    programme, unit, receiver = found.programme, found.unit, None
    route = first_way(programme, unit)
    if route is not None:
        choices = receivers(programme, route, unit)
        inside = [one for one in choices if one.path.startswith(unit.path) or unit.path.startswith(one.path)]
        if route.to and not inside:
            raise BadInput(f"{unit.name}及其下级没有可受理的工会，请先在届次中指定。", "No receiving union.")
        receiver = inside[0] if inside else None
    words = programme.pack.vocabulary
    return start_many(
        actor=actor,
        at=at,
        programme=programme,
        award=programme.awards[0].id,
        route=route.id if route is not None else "",
        unit=unit,
        receiver=receiver,
        many=(
            values | found.rows.get(row.number, {})
            for row, values in zip(found.made, fresh_values(found.made, words), strict=True)
        ),
        source=found.source,
    )
