"""A list read for a look before it counts: every row typed, matched to people, every wrong cell named."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.documents.xlsx import ReadCell, SheetRow, read_summary
from gongjiang.documents.xlsx.rows import letters
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.models import Register, RegistryEntry, RegistryImport
from gongjiang.rules.registry.entry import COLUMNS, Defaults, EntryRead, read_entry
from gongjiang.services.audit.append import append
from gongjiang.services.people.sealing import identity_hash, seal_text
from gongjiang.services.registry.about import About, check_about
from gongjiang.services.registry.authority import keeper, must_keep
from gongjiang.services.registry.match import match

LARGEST = 20 * 1024 * 1024
MOST_ROWS = 50_000
BATCH = 500
#: Wrong cells kept to be told; beyond, only their number.
TOLD = 2000


@dataclass(frozen=True)
class _Row:
    number: int
    read: EntryRead


@transaction.atomic
def preview(*, actor: Actor, at: datetime, about: About, filename: str, data: bytes) -> RegistryImport:
    """The list kept for a look: nothing counts until it is taken. The same file again is refused by name.

    Raises BadInput for a file that is none or a description that lacks something, NotFound for who keeps no register.
    """
    must_keep(actor)
    register = check_about(about, timezone.localtime(at).date())
    if len(data) > LARGEST:
        raise BadInput("文件超过20MB，请分成几个文件。", "The file is too large.", place="文件")
    digest = hashlib.sha256(data).hexdigest()
    _not_again(register, digest)
    rows, problems, notes = _rows(data, about.defaults, timezone.localtime(at).date())
    RegistryImport.objects.filter(
        state=RegistryImport.State.PREVIEW, register=register, digest=digest, by_id=actor.user_id
    ).delete()
    made = RegistryImport.objects.create(
        register=register, organisation=keeper(actor), title=about.title, number=about.number,
        issued_on=about.issued_on, filename=filename[:160], digest=digest, complete=about.complete,
        since=about.since, problems=problems[:TOLD], notes=_notes(notes, len(problems)), by_id=actor.user_id, at=at,
    )  # fmt: skip
    for start in range(0, len(rows), BATCH):
        entries = [_entry(made, one) for one in rows[start : start + BATCH]]
        for entry, found in zip(entries, match(entries, at, looking=True), strict=True):
            entry.outcome, entry.told, entry.subject = found.outcome, found.told, None
        RegistryEntry.objects.bulk_create(entries)
    append(
        actor=actor, at=at, action="registry.preview", kind="registry", key=made.pk,
        data={"programme": register.code, "title": made.title, "file": digest, "rows": len(rows),
              "wrong": len(problems)},
    )  # fmt: skip
    return made


def _not_again(register: Register, digest: str) -> None:
    before = (
        RegistryImport.objects.filter(register=register, digest=digest, state=RegistryImport.State.TAKEN)
        .select_related("organisation")
        .first()
    )
    if before is not None:
        day = timezone.localtime(before.taken_at or before.at)
        who = before.organisation.name if before.organisation else "平台"
        raise Refused(
            f"这个文件已于{long_date(day)}由{who}导入“{register.label}”，再导一次不会有变化。",
            "This very file was imported already.",
            place="文件",
        )


def _rows(data: bytes, defaults: Defaults, on: date) -> tuple[list[_Row], list[dict[str, object]], list[str]]:
    """Rows that can be taken, what is wrong with the others cell by cell, and remarks."""
    headings = {heading: column for column, names in COLUMNS.items() for heading in names}
    sheet = read_summary(data, tuple(headings), optional=[one for one in headings if one != COLUMNS["name"][0]])
    if len(sheet.rows) > MOST_ROWS:
        raise BadInput(f"超过{MOST_ROWS}行，请分成几个文件。", "Too many rows.", place="文件")
    if not sheet.rows:
        raise BadInput("表头下面没有内容，请填写后再导入。", "No rows below the heading.", place="文件")
    problems: list[dict[str, object]] = [
        {"row": one.row, "column": one.column, "heading": one.header, "text": one.message} for one in sheet.problems
    ]
    spoiled = {one.row for one in sheet.problems}
    found, seen = [], dict[str, int]()
    for row in sheet.rows:
        if row.number in spoiled:
            continue
        cells = _cells(row, headings)
        read, wrong = read_entry({column: one.text for column, one in cells.items()}, defaults, on)
        problems += [_problem(row.number, cells.get(one.column), one.column, one.text) for one in wrong]
        if read is None:
            continue
        twin = seen.setdefault(fact_key("", read), row.number)
        if twin != row.number:
            problems.append(_problem(row.number, cells["name"], "name", f"与第{twin}行相同，只读一次。"))
            continue
        found.append(_Row(row.number, read))
    return found, sorted(problems, key=lambda one: (one["row"], str(one["column"]))), list(sheet.notes)


def _cells(row: SheetRow, headings: dict[str, str]) -> dict[str, ReadCell]:
    """The first cell that says something, by column."""
    cells: dict[str, ReadCell] = {}
    for cell in row.cells:
        column = headings[cell.header]
        if column not in cells or (cell.text and not cells[column].text):
            cells[column] = cell
    return cells


def _problem(row: int, cell: ReadCell | None, column: str, text: str) -> dict[str, object]:
    where = letters(cell.column) if cell is not None else ""
    return {
        "row": row,
        "column": where,
        "heading": cell.header if cell is not None else COLUMNS[column][0],
        "text": text,
    }


def _notes(notes: Sequence[str], wrong: int) -> list[str]:
    told = list(notes[:50])
    if len(notes) > 50:
        told.append(f"另有{len(notes) - 50}条提醒。")
    if wrong > TOLD:
        told.append(f"须改正的共{wrong}处，只列出前{TOLD}处。")
    return told


def _entry(source: RegistryImport, row: _Row) -> RegistryEntry:
    one = row.read
    return RegistryEntry(
        source=source, row=row.number, name=one.name, number=seal_text(one.number, "id_number"),
        number_hash=identity_hash(one.number) if one.number else "", birth=one.birth, unit=one.unit, award=one.award,
        tier=one.tier, level=one.level, honour_state=one.state, date=one.date, until=one.until, remark=one.remark,
        key=fact_key(source.register.code, one),
    )  # fmt: skip


def fact_key(programme: str, one: EntryRead) -> str:
    """One text for one fact about one person, so that reading it twice is reading it once."""
    who = identity_hash(one.number) if one.number else f"{one.name}|{one.birth}|{one.unit}"
    what = f"{one.award}|{one.tier}|{one.state}|{one.date}|{one.until}"
    return hashlib.sha256(f"{programme}|{who}|{what}".encode()).hexdigest()
