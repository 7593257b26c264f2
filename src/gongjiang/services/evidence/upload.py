"""Take in a file of a nomination: judged by its bytes, pictures made anew, stored under a name nobody can guess."""

import hashlib
import secrets
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused, Unstored
from gongjiang.kernel.text import clean
from gongjiang.models import Case, File, Letter
from gongjiang.rules.evidence.images import Box, check_photo, clean_image, crop_box, crop_photo, read_box
from gongjiang.rules.evidence.inspection import Inspection, inspect
from gongjiang.rules.evidence.kinds import IMAGES
from gongjiang.rules.nominations.form_plan_parts import FilesAsked
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.editing import asked_for, editing
from gongjiang.services.evidence.limits import taken_under
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import programme_of

CHUNK = 1 << 20


def upload(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    attachment: str,
    name: str,
    content: BinaryIO,
    title: str = "",
    indicator: str = "",
    crop: bool = False,
    box: str = "",
) -> File:
    """Keep one file under an attachment of the pack, perhaps hung on an indicator of its scoring tree.
    `crop`: a photo of another proportion is cut to 2寸; `box`: to what was framed (rules.evidence.images.read_box).

    Raises BadInput saying what is wrong with the file, Unstored where the disk is full; nothing is stored then.
    A new photo takes the old one's place. What takes long is done before anything is locked.
    """
    case = get_case(actor, case_id)
    programme = programme_of(case.process)
    asked = asked_for(programme, case, attachment, indicator)
    editing(actor, programme, case, asked.attachment)
    seen, frame = _judged(asked, name, content, crop=crop, box=box)
    stored, digest, size = _store(case, seen, content, frame)
    try:
        with transaction.atomic():
            case = lock_case(case_id)
            editing(actor, programme, case, asked.attachment)
            kept = File.objects.filter(case=case, attachment=attachment, removed_at=None)
            _make_room(asked, kept, at)
            row = File.objects.create(
                case=case,
                attachment=attachment,
                indicator=indicator,
                title=(clean(title).strip() or seen.name.rpartition(".")[0])[:120],
                name=seen.name,
                kind=seen.kind.value if seen.kind else "",
                size=size,
                pages=seen.pages,
                seconds=seen.seconds,
                digest=digest,
                stored=stored,
                position=min(kept.count(), 32_000),
                uploaded_by_id=actor.user_id,
                uploaded_at=at,
            )
            _record(actor, at, row, "file.add")
    except BaseException:
        storage.drop(stored)
        raise
    return row


@transaction.atomic
def remove(*, actor: Actor, at: datetime, case_id: int, file_id: int) -> File:
    """Take a file back while the form can still be filled in; its bytes stay on record."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    row = File.objects.filter(case=case, pk=file_id, removed_at=None).first()
    held = next((one for one in programme.pack.attachments if row is not None and one.id == row.attachment), None)
    editing(actor, programme, case, held)
    if row is None:
        raise BadInput("这份材料已经删去。", "Removed already.", place="材料")
    if Letter.objects.filter(file=row, withdrawn_at=None).exists():
        raise Refused("这是专家出具的推荐函，请在“推荐函”页上撤下并写明原因。", "Withdraw the letter instead.")
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    _record(actor, at, row, "file.remove")
    return row


def _judged(asked: FilesAsked, name: str, content: BinaryIO, *, crop: bool, box: str) -> tuple[Inspection, Box | None]:
    """What it is, and the part of a photo that is kept (None: all of it)."""
    taken = taken_under(asked)
    seen, frame = inspect(name, content, taken.kinds, taken.limits), None
    decision = seen.decision
    if decision.allowed and taken.photo and seen.width is not None and seen.height is not None:
        decision = check_photo(seen.width, seen.height)
        if box or (crop and not decision.allowed):
            frame = read_box(box, seen.width, seen.height) if box else crop_box(seen.width, seen.height)
            left, top, right, bottom = frame
            decision = check_photo(right - left, bottom - top)
    if not decision.allowed:
        raise BadInput("；".join(one.text for one in decision.reasons), place=asked.attachment.shown)
    return seen, frame


def _make_room(asked: FilesAsked, kept: "QuerySet[File]", at: datetime) -> None:
    most = taken_under(asked).most
    if asked.attachment.photo is not None:
        kept.update(removed_at=at)
    elif kept.count() >= most:
        raise BadInput(f"最多 {most} 个文件，已经满了。请先删去不用的。", "No room.", place=asked.attachment.shown)


def _store(case: Case, seen: Inspection, content: BinaryIO, frame: Box | None) -> tuple[str, str, int]:
    """Where the bytes are now, their hash and size; a picture without its position data."""
    content.seek(0)
    if seen.kind in IMAGES:
        picture = clean_image(content.read())
        content = BytesIO(picture if frame is None else crop_photo(picture, frame))
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    kind = seen.kind.value if seen.kind else "bin"
    try:
        stored = storage.keep(f"{case.process_id}/{secrets.token_hex(16)}.{kind}", content)
    except OSError as error:
        raise Unstored(place=seen.name) from error
    return stored, digest.hexdigest(), size


def _record(actor: Actor, at: datetime, row: File, action: str) -> None:
    told = {"attachment": row.attachment, "indicator": row.indicator, "sha256": row.digest, "size": row.size}
    note_case(actor, at, row.case, action, told, kind="file", key=row.pk)
