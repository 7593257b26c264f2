"""Workbooks as they are handed in: kept sealed, looked at, taken, given back with their errors marked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongjiang.documents.xlsx.anew import mark_anew
from gongjiang.documents.xlsx.annotate import annotate
from gongjiang.documents.xlsx.fillable import BASE
from gongjiang.documents.xlsx.marking import Mark
from gongjiang.documents.xlsx.source import open_sheets
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.kernel.sealed_stream import open_chunks, seal_chunks
from gongjiang.models import Organisation, SheetImport
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.import_summary import Imported, Look, look_at_summary, take
from gongjiang.services.nominations.start import may_file
from gongjiang.services.nominations.workbook import hint_of
from gongjiang.services.nominations.workbook_read import is_workbook, look_at_workbook
from gongjiang.services.people.sealing import keyring
from gongjiang.services.programmes.programme import Programme

LARGEST = 20 * 1024 * 1024
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Choices:
    """What people said about doubtful rows (row number → code or 新增), and the clashes in which the workbook wins."""

    rows: Mapping[int, str]
    cells: frozenset[str]


NOTHING = Choices({}, frozenset())


@transaction.atomic
def hand_in(
    *, actor: Actor, at: datetime, programme: Programme, unit: Organisation, filename: str, data: bytes
) -> SheetImport:
    """Keep a workbook for a look. Raises BadInput for one that can't be read at all; nothing is kept then."""
    if len(data) > LARGEST:
        raise BadInput("文件超过20MB，请分成几个文件。", "The file is too large.", place="文件")
    _look(actor, at, programme, unit, data, NOTHING)
    _clear(programme, unit, at)
    row = SheetImport.objects.create(
        edition=programme.edition, unit=unit, filename=filename[-160:], digest=hashlib.sha256(data).hexdigest(),
        size=len(data), by_id=actor.user_id, at=at,
    )  # fmt: skip
    place = _place(row.pk)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("wb") as file:
        for chunk in seal_chunks(keyring(), [data], _context(row.pk)):
            file.write(chunk)
    append(
        actor=actor, at=at, action="summary.hand_in", kind="edition", key=programme.edition.pk,
        edition_id=programme.edition.pk, data={"unit": unit.pk, "import": row.pk, "file": row.digest},
    )  # fmt: skip
    return row


def get_import(actor: Actor, programme: Programme, unit: Organisation, import_id: int) -> SheetImport:
    """One of a unit's workbooks, for those who file for it. NotFound for everybody else."""
    row = SheetImport.objects.filter(pk=import_id, edition=programme.edition, unit=unit).first()
    if row is None or not may_file(actor, unit, programme.edition.pk):
        raise NotFound()
    return row


def look(actor: Actor, at: datetime, programme: Programme, row: SheetImport, said: Choices = NOTHING) -> Look:
    """What would come of it now; nothing is written."""
    return _look(actor, at, programme, row.unit, _bytes(row), said)


def seen(found: Look) -> str:
    """A mark of what a look has shown: the same while nobody changes what it compares with."""
    cases = [*(one.case for one in found.changed), *(one.case for one in found.clashes)]
    told = [f"{one.pk}:{one.version}" for one in cases]
    told += [str(len(found.made)), str(len(found.same)), *sorted(str(one.pk) for one in found.same)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:20]


@transaction.atomic
def take_in(
    *, actor: Actor, at: datetime, programme: Programme, row: SheetImport, said: Choices, shown: str
) -> Imported:
    """Write all in which nothing is wrong. `shown`: the mark of what people saw; Stale if that is no longer so."""
    held = SheetImport.objects.select_for_update().get(pk=row.pk)
    if held.state == SheetImport.State.DROPPED:
        raise Refused("这份表已经放弃，请重新上传。", "It was dropped.")
    found = look(actor, at, programme, row, said)
    if seen(look(actor, at, programme, row) if said != NOTHING else found) != shown:
        raise Stale("您看过以后，网上的内容又有改动，请再看一遍后导入。", "Changed since you looked.")
    done = take(actor, at, found)
    row.state, row.taken_at = SheetImport.State.TAKEN, at
    row.counts = {
        "made": len(done.numbers), "changed": len(done.changed), "same": len(done.same), "wrong": len(done.problems),
    }  # fmt: skip
    row.save(update_fields=["state", "taken_at", "counts"])
    return done


@transaction.atomic
def let_go(*, actor: Actor, at: datetime, row: SheetImport) -> None:
    """Drop a workbook; its bytes are gone."""
    if not may_file(actor, row.unit, row.edition_id):
        raise NotAllowed("不由您办理。", "Not yours.")
    SheetImport.objects.filter(pk=row.pk).update(state=SheetImport.State.DROPPED)
    append(
        actor=actor, at=at, action="summary.drop", kind="edition", key=row.edition_id, edition_id=row.edition_id,
        data={"unit": row.unit_id, "import": row.pk},
    )  # fmt: skip
    transaction.on_commit(lambda: _place(row.pk).unlink(missing_ok=True))


def marked(actor: Actor, at: datetime, programme: Programme, row: SheetImport) -> tuple[bytes, str]:
    """The very workbook with every error marked in its cells and listed on a sheet of its own; and its name."""
    data = _bytes(row)
    found = _look(actor, at, programme, row.unit, data, NOTHING)
    marks = marks_of(found)
    name = row.filename.rpartition(".")[0] or row.filename
    if data.startswith(b"PK"):
        return annotate(data, list(found.sheets), marks), f"{name}.xlsx"
    raw = next(one for one in open_sheets(data) if one.name == found.sheet.sheet)
    return mark_anew("汇总表", raw.rows, marks), f"{name}.xlsx"


def marks_of(found: Look) -> list[Mark]:
    """Everything that is wrong, cell by cell; what is wrong with a row as a whole stands at its name."""
    marks = []
    places = {name: {number: at for at, number in enumerate(one.numbers)} for name, one in found.sheets.items()}
    for one in found.problems:
        name = one.sheet or found.sheet.sheet
        sheet, columns = found.sheets[name], {column.heading: column for column in found.columns[name]}
        named = (column.heading for column in columns.values() if column.name == "name")
        heading = one.heading or next(named, next(iter(sheet.places)))
        said = sheet.texts[heading][places[name][one.row]] if heading in sheet.texts else ""
        column = columns.get(heading) if one.heading else None
        remedy = hint_of(found.programme, column) if column is not None else ""
        marks.append(Mark(one.row, sheet.places.get(heading, 0), heading, said, one.text, remedy, name))
    return marks


def _look(actor: Actor, at: datetime, programme: Programme, unit: Organisation, data: bytes, said: Choices) -> Look:
    raws = open_sheets(data, hidden=(BASE,))
    if is_workbook(raws):
        return look_at_workbook(
            actor=actor, at=at, programme=programme, unit=unit, raws=raws, chosen=said.rows, cells=said.cells
        )
    shown = [one for one in raws if one.name != BASE]
    return look_at_summary(actor=actor, at=at, programme=programme, unit=unit, data=data, chosen=said.rows, raws=shown)


def _bytes(row: SheetImport) -> bytes:
    try:
        with _place(row.pk).open("rb") as file:
            return b"".join(open_chunks(keyring(), file.read, _context(row.pk)))
    except FileNotFoundError:
        raise NotFound("这份表已经清理，请重新上传。", "The workbook is gone.") from None


def _clear(programme: Programme, unit: Organisation, at: datetime) -> None:
    """Workbooks of this unit that have been lying long enough."""
    old = SheetImport.objects.filter(edition=programme.edition, unit=unit, at__lt=at - KEPT)
    for pk in old.values_list("pk", flat=True)[:50]:
        _place(pk).unlink(missing_ok=True)


def _place(pk: int) -> Path:
    return Path(settings.MEDIA_ROOT).parent / "sheets" / f"{pk}.sealed"


def _context(pk: int) -> str:
    return f"sheet:{pk}"
