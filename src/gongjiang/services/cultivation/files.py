"""Files of a cultivation: material of events, evidence of entries, what is handed in. Judged by their bytes like any
file, pictures made anew without position data, sealed at rest."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Unstored
from gongjiang.kernel.text import clean
from gongjiang.models import ActivityEntry, CultivationFile, Milestone, PracticeTask, TrainingEvent
from gongjiang.rules.evidence.images import clean_image
from gongjiang.rules.evidence.inspection import Limits, inspect
from gongjiang.rules.evidence.kinds import IMAGES, Kind
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation import scope
from gongjiang.services.cultivation.training.queries import visible_to as events_visible_to
from gongjiang.services.evidence import storage

AREA: Final = "cultivation"
TAKEN: Final = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, *IMAGES})
ACCEPT: Final = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
LIMITS: Final = Limits(max_bytes=20_000_000, max_pages=300)
MOST: Final = 9
"""Files of one entry or task."""
MATERIALS: Final = 40
"""Files of one event."""
ROOM: Final = 500_000_000
"""So many bytes stay free on the disk."""


@dataclass(frozen=True)
class Sent:
    """One file as it may be kept."""

    name: str
    kind: str
    data: bytes
    title: str = ""


@dataclass(frozen=True)
class Owner:
    """What a file belongs to: just one of them."""

    event: TrainingEvent | None = None
    entry: ActivityEntry | None = None
    task: PracticeTask | None = None
    milestone: Milestone | None = None

    @property
    def most(self) -> int:
        """How many files it may have."""
        return MATERIALS if self.event is not None else MOST


def read_files(files: Sequence[tuple[str, BinaryIO]], place: str = "照片和文件") -> tuple[Sent, ...]:
    """Judge what was sent, before anything is locked. BadInput says which file is wrong and why."""
    if len(files) > MOST:
        raise BadInput(f"一次最多传 {MOST} 个文件。", "Too many files.", place=place)
    if files and storage.room_left() < ROOM:
        raise Unstored(place=place)
    return tuple(_read(name, content, place) for name, content in files)


def _read(name: str, content: BinaryIO, place: str) -> Sent:
    seen = inspect(name, content, TAKEN, LIMITS)
    if not seen.decision.allowed or seen.kind is None:
        raise BadInput("；".join(one.text for one in seen.decision.reasons), "Not a file we take.", place=place)
    content.seek(0)
    data = content.read()
    return Sent(seen.name, seen.kind.value, clean_image(data) if seen.kind in IMAGES else data)


@transaction.atomic
def keep_files(*, actor: Actor, at: datetime, owner: Owner, files: Sequence[Sent]) -> list[CultivationFile]:
    """Store what was judged. For the verbs of this room, which have looked at the actor's rights; inside their
    transaction. BadInput where there are too many."""
    mine = {"event": owner.event, "entry": owner.entry, "task": owner.task, "milestone": owner.milestone}
    there = CultivationFile.objects.filter(**mine, removed_at=None).count() if files else 0
    if there + len(files) > owner.most:
        raise BadInput(f"最多 {owner.most} 个文件，请先删去不用的。", "No room.", place="照片和文件")
    kept: list[CultivationFile] = []
    try:
        for one in files:
            stored = storage.keep(f"{secrets.token_hex(16)}.{one.kind}", BytesIO(one.data), AREA)
            title = (clean(one.title).strip() or one.name.rpartition(".")[0])[:120]
            kept.append(
                CultivationFile(
                    **mine, title=title, name=one.name[:160], kind=one.kind, size=len(one.data), stored=stored,
                    digest=hashlib.sha256(one.data).hexdigest(), by_id=actor.user_id, at=at,
                )
            )  # fmt: skip
        return CultivationFile.objects.bulk_create(kept)
    except BaseException as error:
        for row in kept:
            storage.drop(row.stored, AREA)
        if isinstance(error, OSError):
            raise Unstored(place="照片和文件") from error
        raise


def files_visible_to(actor: Actor) -> QuerySet[CultivationFile]:
    """Material of events, evidence and hand-ins of honours that the actor sees."""
    seen = scope.visible_to(actor)
    part = Q(event__in=events_visible_to(actor)) | Q(entry__honour__in=seen) | Q(task__round__honour__in=seen)
    part |= Q(milestone__honour__in=seen)
    return CultivationFile.objects.filter(part, removed_at=None)


def open_file(actor: Actor, file_id: int) -> tuple[CultivationFile, BinaryIO]:
    """The row and its bytes, opened; close them. NotFound for what one doesn't see."""
    row = files_visible_to(actor).filter(pk=file_id).first()
    if row is None:
        raise NotFound()
    try:
        return row, storage.opened(row.stored, AREA)
    except FileNotFoundError:
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.", place=row.title) from None


def tell_file(actor: Actor, at: datetime, row: CultivationFile, action: str) -> None:
    """The audit entry of a file that came or went by itself."""
    data = {"title": row.title, "sha256": row.digest, "size": row.size, "event": row.event_id}
    append(actor=actor, at=at, action=action, kind="cultivation_file", key=row.pk, data=data)
