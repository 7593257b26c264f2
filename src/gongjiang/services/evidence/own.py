"""A file that the platform takes in by itself for a case: a letter written here, a stamped scan. Judged and stored like
any other; whether it may be is settled by the caller."""

import hashlib
import secrets
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import Case, File
from gongjiang.rules.evidence.images import clean_image
from gongjiang.rules.evidence.inspection import Limits, inspect
from gongjiang.rules.evidence.kinds import IMAGES, Kind
from gongjiang.services.evidence import storage
from gongjiang.services.nominations.note import note_case

SCANS: Final = frozenset({Kind.PDF, *IMAGES})
LIMITS: Final = Limits(max_bytes=20_000_000, max_pages=20)


def clean_scan(name: str, content: BinaryIO, *, place: str) -> tuple[str, str, int | None, bytes]:
    """A PDF or picture as it may be kept: its safe name, kind, pages and bytes. BadInput says what is wrong with it."""
    seen = inspect(name, content, SCANS, LIMITS)
    if not seen.decision.allowed or seen.kind is None:
        raise BadInput("；".join(one.text for one in seen.decision.reasons), place=place)
    content.seek(0)
    data = content.read()
    return seen.name, seen.kind.value, seen.pages, clean_image(data) if seen.kind in IMAGES else data


def keep_own(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    attachment: str,
    title: str,
    scan: tuple[str, str, int | None, bytes],
) -> File:
    """Store it under an attachment, or a name of our own that no notice asks for, inside the caller's transaction. Its
    last step, so that nothing stays behind where an earlier one fails."""
    name, kind, pages, data = scan
    stored = storage.keep(f"{case.process_id}/{secrets.token_hex(16)}.{kind}", BytesIO(data))
    try:
        row = File.objects.create(
            case=case,
            attachment=attachment,
            title=title[:120],
            name=name,
            kind=kind,
            size=len(data),
            pages=pages,
            digest=hashlib.sha256(data).hexdigest(),
            stored=stored,
            position=0,
            uploaded_by_id=actor.user_id,
            uploaded_at=at,
        )
        told = {"attachment": attachment, "indicator": "", "sha256": row.digest, "size": row.size}
        note_case(actor, at, case, "file.add", told, kind="file", key=row.pk)
    except BaseException:
        storage.drop(stored)
        raise
    return row
