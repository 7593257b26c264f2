"""A large file comes in parts: whoever sends it can stop and go on, from this page or a later one.

Each part must begin where the last one ended and have the length that was agreed; two senders of the same file may
take turns. What nobody goes on with is thrown away.
"""

import re
import secrets
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO, Final

from django.db.models import QuerySet, Sum

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale, Unstored
from gongjiang.kernel.text import clean
from gongjiang.models import Case, File, PartialUpload
from gongjiang.rules.evidence.names import safe_name
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.editing import asked_for, editing
from gongjiang.services.evidence.limits import taken_under
from gongjiang.services.nominations import queries as nominations
from gongjiang.services.programmes.programme import programme_of

PART: Final = 4 << 20
"""Bytes of each part but the last: half a minute over a slow line."""
KEPT: Final = timedelta(days=3)
"""How long a file that nobody goes on with is kept."""
MOST_BEGUN: Final = 8
MOST_BYTES: Final = 2_000_000_000
"""What one person may have on the way at once."""
STUCK: Final = timedelta(minutes=10)
"""Whoever held an upload for so long died over it."""
SPARE: Final = 500_000_000
"""Bytes of the disk that parts never take."""
_HEAD: Final = re.compile(r"[0-9a-f]{8,64}")


class Elsewhere(Stale):
    """Not the place where the file goes on: that is `received`."""

    def __init__(self, received: int, text: str = "这一段已经传过，从平台收到的地方接着传。") -> None:
        super().__init__(text, "Go on from another place.")
        self.received = received


def begin(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    attachment: str,
    name: str,
    size: int,
    head: str,
    title: str = "",
    indicator: str = "",
) -> PartialUpload:
    """The file on its way in, begun or found again by name, size and `head`; send on from its `received`.

    BadInput where it could never be taken, Refused where the person has too much on the way, Unstored for a full disk.
    """
    case = nominations.get_case(actor, case_id)
    programme = programme_of(case.process)
    asked = asked_for(programme, case, attachment, indicator)
    editing(actor, programme, case, asked.attachment)
    taken, shown = taken_under(asked), safe_name(name)
    most = taken.most_bytes(shown)
    if not 0 < size <= most:
        wrong = "是空的" if size <= 0 else f"有 {size / 1_000_000:.1f} MB，最多 {most // 1_000_000} MB"
        raise BadInput(f"“{shown}”{wrong}，请重新选择。", "Empty or too large.", place=asked.attachment.shown)
    if not _HEAD.fullmatch(head):
        raise BadInput("请重新选择文件。", "No mark of the file.", place=shown)
    held = File.objects.filter(case=case, attachment=attachment, removed_at=None).count()
    if held >= taken.most and not taken.photo:
        raise BadInput(
            f"最多 {taken.most} 个文件，已经满了。请先删去不用的。", "No room.", place=asked.attachment.shown
        )
    known = {"case": case, "by_id": actor.user_id, "attachment": attachment, "indicator": indicator}
    known |= {"name": shown, "size": size, "head": head}
    found = PartialUpload.objects.filter(**known).first()
    if found is not None:
        return found
    _room_for(actor, size)
    told = clean(title).replace("\n", " ").strip()[:120]
    return PartialUpload.objects.get_or_create(**known, defaults={"title": told, "begun_at": at, "touched_at": at})[0]


def take_part(*, actor: Actor, at: datetime, upload_id: int, offset: int, content: BinaryIO) -> int:
    """Keep the part that begins at `offset`; where the next one begins. Elsewhere if that is not where it goes on,
    Stale while another page finishes it, BadInput if it is longer or shorter than agreed."""
    row = get_partial(actor, upload_id)
    if row.finishing_at is not None and row.finishing_at > at - STUCK:
        raise Stale("这个文件正在检查，请稍等再刷新本页。", "It is being finished.")
    if offset != row.received:
        raise Elsewhere(row.received)
    length = min(PART, row.size - row.received)
    body = content.read(length + 1)
    if len(body) > length:
        raise BadInput("传来的比文件说好的大小多，没有收下。请重新选择文件。", "More than announced.", place=row.name)
    if len(body) < length or not body:
        raise BadInput("这一段没有传完整，请接着再传。", "A part was cut short.", place=row.name)
    part = f"{folder_of(row)}/{offset:012d}-{secrets.token_hex(8)}"
    try:
        storage.keep(part, BytesIO(body), storage.STAGING)
    except OSError as error:
        raise Unstored(place=row.name) from error
    mine = PartialUpload.objects.filter(pk=row.pk, received=offset, finishing_at=row.finishing_at)
    if not mine.update(received=offset + length, parts=[*row.parts, part], touched_at=at, finishing_at=None):
        storage.drop(part, storage.STAGING)
        row = get_partial(actor, upload_id)
        raise Elsewhere(row.received)
    return offset + length


def visible_to(actor: Actor) -> "QuerySet[PartialUpload]":
    """One's own, of cases that one still sees."""
    if actor.user_id is None:
        return PartialUpload.objects.none()
    return PartialUpload.objects.filter(by_id=actor.user_id, case__in=nominations.visible_to(actor))


def get_partial(actor: Actor, upload_id: int) -> PartialUpload:
    """One of one's own. NotFound for everybody else's."""
    found = visible_to(actor).filter(pk=upload_id).first()
    if found is None:
        raise NotFound("没有这个没传完的文件，可能已经传完或过期。请重新选择文件。", "No such upload.")
    return found


def unfinished(actor: Actor, case: Case) -> list[PartialUpload]:
    """What the actor began to send for a case, oldest first."""
    return list(PartialUpload.objects.filter(by_id=actor.user_id, case=case).order_by("id")) if actor.user_id else []


def folder_of(row: PartialUpload) -> str:
    """The staging folder of an upload: by person and case."""
    return f"{row.by_id}/{row.case_id}/{row.pk}"


def _room_for(actor: Actor, size: int) -> None:
    """Raise unless the person and the disk have room for a file of this size."""
    begun = PartialUpload.objects.filter(by_id=actor.user_id)
    total = begun.aggregate(total=Sum("size"))["total"] or 0
    if begun.count() >= MOST_BEGUN or total + size > MOST_BYTES:
        raise Refused(
            f"您有 {begun.count()} 个文件没有传完，共 {total / 1_000_000:.0f} MB。请先传完，或放弃不要的，再传新的。",
            "Too much on the way.",
        )
    waiting = PartialUpload.objects.aggregate(total=Sum("size"), here=Sum("received"))
    due = (waiting["total"] or 0) - (waiting["here"] or 0)
    if storage.room_left() < due + 2 * size + SPARE:  # once as parts, once as the stored file
        raise Unstored()
