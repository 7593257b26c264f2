"""What is said of a file: where it hangs and in which order, seal, secrecy, the certificate; originals seen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, File
from gongjiang.rules.evidence.certificates import read
from gongjiang.rules.programmes.schema.material import Attachment
from gongjiang.services.evidence.editing import asked_for, editing
from gongjiang.services.evidence.queries import get_file
from gongjiang.services.nominations.authority import is_applicant, may_act
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import Programme, programme_of

ANSWERS = {"stamped": frozenset({"", "yes", "no", "na"}), "declassified": frozenset({"", "yes", "no"})}
_TITLE = 120


@transaction.atomic
def describe(*, actor: Actor, at: datetime, file_id: int, said: Mapping[str, str]) -> File:
    """Keep what was typed of a file: title, indicator, stamped, declassified and the fields of a certificate."""
    case, programme, row, held = _mine(actor, file_id)
    indicator = said.get("indicator", row.indicator)
    asked_for(programme, case, held.id, indicator)
    answers = {name: said.get(name, getattr(row, name)) for name in ANSWERS}
    if not all(answers[name] in allowed for name, allowed in ANSWERS.items()):
        raise BadInput("请选“是”或“否”。", "Yes or no.", place=row.title)
    row.title = clean(said.get("title", "")).replace("\n", " ").strip()[:_TITLE] or row.title
    row.indicator = indicator
    row.stamped, row.declassified = answers["stamped"], answers["declassified"]
    row.certificate = read(said).filled
    row.save(update_fields=["title", "indicator", "stamped", "declassified", "certificate"])
    _record(actor, at, case, row, "file.describe", indicator=indicator, **answers)
    return row


@transaction.atomic
def arrange(
    *, actor: Actor, at: datetime, case_id: int, attachment: str, indicator: str, places: Mapping[int, int]
) -> None:
    """Put the pieces of an indicator (or of an attachment without any) in order: `places` by file, equal ones as they
    stood; a piece that is not named keeps its number. Keys of other files are passed over."""
    get_case(actor, case_id)
    case = lock_case(case_id)
    programme = programme_of(case.process)
    held = next((one for one in programme.pack.attachments if one.id == attachment), None)
    editing(actor, programme, case, held)
    rows = list(File.objects.filter(case=case, attachment=attachment, removed_at=None).order_by("position", "id"))
    slots = [n for n, one in enumerate(rows) if one.indicator == indicator]
    beside = [(places.get(rows[slot].pk, n), n, rows[slot]) for n, slot in enumerate(slots, 1)]
    for slot, (_place, _was, row) in zip(slots, sorted(beside, key=lambda one: one[:2]), strict=True):
        rows[slot] = row
    for position, one in enumerate(rows):
        one.position = position
    File.objects.bulk_update(rows, ["position"])
    if rows:
        _record(actor, at, case, rows[0], "file.order", indicator=indicator)


@transaction.atomic
def check_original(*, actor: Actor, at: datetime, file_id: int) -> File:
    """An officer saw the original of a certificate, found it the same, and gave it back."""
    seen = get_file(actor, file_id)
    case = lock_case(seen.case_id)
    programme = programme_of(case.process)
    row = File.objects.select_for_update().get(pk=file_id)
    if not may_check(actor, programme, case):
        raise NotAllowed("原件由审核单位核对。", "Originals are checked by whoever checks the nomination.")
    if row.original_at is not None:
        raise Refused("这份材料的原件已经核对过。", "Checked already.", place=row.title)
    row.original_by_id, row.original_at = actor.user_id, at
    row.save(update_fields=["original_by", "original_at"])
    _record(actor, at, case, row, "file.original")
    return row


def may_check(actor: Actor, programme: Programme, case: Case) -> bool:
    """Is this one of those who check the nomination (not their own)?"""
    roles = tuple(role for stage in programme.stages if stage.type == "check" for role in stage.by)
    return bool(roles) and may_act(actor, programme, case, roles) and not is_applicant(actor, case)


def _mine(actor: Actor, file_id: int) -> tuple[Case, Programme, File, Attachment]:
    """The case, locked, and the file, if this person may change it now."""
    seen = get_file(actor, file_id)
    case = lock_case(seen.case_id)
    programme = programme_of(case.process)
    held = next((one for one in programme.pack.attachments if one.id == seen.attachment), None)
    editing(actor, programme, case, held)
    row = File.objects.filter(pk=file_id, removed_at=None).first()
    if row is None or held is None:
        raise BadInput("这份材料已经删去。", "Removed already.", place="材料")
    return case, programme, row, held


def _record(actor: Actor, at: datetime, case: Case, row: File, action: str, **more: Any) -> None:
    note_case(actor, at, case, action, {"attachment": row.attachment, **more}, kind="file", key=row.pk)
