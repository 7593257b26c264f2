"""Files of objections: judged by their bytes, pictures made anew without position data, sealed at rest."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Unstored
from gongjiang.models import Objection, ObjectionFile, ObjectionStep
from gongjiang.rules.evidence.images import clean_image
from gongjiang.rules.evidence.inspection import Limits, inspect
from gongjiang.rules.evidence.kinds import IMAGES, Kind
from gongjiang.services.evidence import storage
from gongjiang.services.people.sealing import open_text, seal_text
from gongjiang.services.public_notices.queries import visible_to

AREA: Final = "objections"
MOST: Final = 5
"""Files at a time."""
ALL: Final = 20
"""Files of a matter, whoever adds them."""
LIMITS: Final = Limits(max_bytes=10_000_000, max_pages=200)
ROOM: Final = 500_000_000
"""So many bytes stay free on the disk whatever strangers send."""
TAKEN: Final = frozenset({Kind.PDF, *IMAGES})


@dataclass(frozen=True)
class Sent:
    """One file as it may be kept."""

    kind: str
    name: str
    format: str
    data: bytes


def read_files(files: Sequence[tuple[str, BinaryIO]], kind: str, place: str) -> tuple[Sent, ...]:
    """Judge what was sent, before anything is locked. BadInput says which file is wrong and why."""
    if len(files) > MOST:
        raise BadInput(f"一次最多传 {MOST} 个文件。", "Too many files.", place=place)
    if files and storage.room_left() < ROOM:
        raise Unstored(place=place)
    return tuple(_read(name, content, kind, place) for name, content in files)


def _read(name: str, content: BinaryIO, kind: str, place: str) -> Sent:
    seen = inspect(name, content, TAKEN, LIMITS)
    if not seen.decision.allowed or seen.kind is None:
        raise BadInput(f"{seen.name}：" + "；".join(one.text for one in seen.decision.reasons), place=place)
    content.seek(0)
    data = content.read()
    return Sent(kind, seen.name, seen.kind.value, clean_image(data) if seen.kind in IMAGES else data)


def keep_files(
    objection: Objection,
    sent: Iterable[Sent],
    at: datetime,
    step: ObjectionStep | None = None,
    *,
    nameless: bool = False,
) -> list[ObjectionFile]:
    """Store them as the last step of the caller's transaction. `nameless`: names that somebody gave may tell who it
    was, so they are left out. BadInput where the matter has too many already."""
    files = list(sent)
    there = ObjectionFile.objects.filter(objection=objection).count()
    if there + len(files) > ALL:
        raise BadInput(f"这件异议的材料已满 {ALL} 个。", "No room for more files.", place="材料")
    kept: list[ObjectionFile] = []
    try:
        for n, one in enumerate(files, there + 1):
            stored = storage.keep(f"{secrets.token_hex(16)}.{one.format}", BytesIO(one.data), AREA)
            kept.append(
                ObjectionFile(
                    objection=objection, step=step, kind=one.kind, format=one.format, size=len(one.data),
                    name=seal_text((f"材料{n}.{one.format}" if nameless else one.name)[:160], "objection"),
                    digest=hashlib.sha256(one.data).hexdigest(), stored=stored, at=at,
                )
            )  # fmt: skip
        return ObjectionFile.objects.bulk_create(kept)
    except BaseException as error:
        drop_files(kept)
        if isinstance(error, OSError):
            raise Unstored(place="材料") from error
        raise


def named(files: Iterable[ObjectionFile]) -> tuple[ObjectionFile, ...]:
    """The same with their names in clear: for whoever handles the matter."""
    found = tuple(files)
    for one in found:
        one.name = open_text(one.name, "objection")
    return found


def drop_files(kept: Iterable[ObjectionFile]) -> None:
    """Bytes of files whose transaction failed."""
    for one in kept:
        storage.drop(one.stored, AREA)


def open_objection_file(actor: Actor, file_id: int) -> tuple[ObjectionFile, BinaryIO]:
    """A file and its bytes for those who handle or observe the matter. NotFound for others."""
    row = ObjectionFile.objects.select_related("objection").filter(pk=file_id).first()
    if row is None or not visible_to(actor).filter(pk=row.objection_id).exists():
        raise NotFound()
    try:
        return named([row])[0], storage.opened(row.stored, AREA)
    except FileNotFoundError:
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.") from None
