"""Where a notice stood in public, recorded with what shows it: an address, a picture, or both."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO, Final

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Unstored
from gongjiang.kernel.text import clean
from gongjiang.models import Notice, NoticePosting
from gongjiang.rules.evidence.images import clean_image
from gongjiang.rules.evidence.inspection import Limits, inspect
from gongjiang.rules.evidence.kinds import IMAGES
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.rules.public_notices.media import checked_link, unposted
from gongjiang.services.audit.append import append
from gongjiang.services.evidence import storage
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.public_notices.authority import handles, publish_stage, sees_notice

AREA: Final = "postings"
LIMITS: Final = Limits(max_bytes=10_000_000, max_pages=1)
MOST: Final = 60
"""Records of one notice."""


@dataclass(frozen=True)
class Medium:
    """A medium with what is on record; `asked`: the pack names it."""

    name: str
    asked: bool
    postings: tuple[NoticePosting, ...]


def media_of(stage: Publish, notice: Notice) -> tuple[Medium, ...]:
    """The pack's media first, in its order, then others."""
    rows = list(notice.postings.filter(removed_at=None).select_related("by").order_by("posted_on", "id"))
    names = dict.fromkeys((*stage.media, *(one.medium for one in rows)))
    return tuple(Medium(name, name in stage.media, tuple(one for one in rows if one.medium == name)) for name in names)


def lacking(stage: Publish, media: tuple[Medium, ...]) -> tuple[str, ...]:
    """Media of the pack without any record."""
    return unposted(stage.media, (one.name for one in media if one.postings))


def record_posting(
    *,
    actor: Actor,
    at: datetime,
    notice_id: int,
    medium: str,
    posted_on: date | None,
    link: str = "",
    note: str = "",
    photo: tuple[str, BinaryIO] | None = None,
) -> NoticePosting:
    """That the notice stood in a medium on a day. Whoever publishes it; a picture is judged by its bytes, made anew
    and sealed. BadInput by field: no medium, a day before the notice or to come, nothing that shows it."""
    notice, programme, _ = _held(actor, notice_id)
    name = " ".join(clean(medium).split())
    if not name or len(name) > 60:
        raise BadInput("请写明媒体名称，不超过 60 字。", "Name the medium.", place="媒体")
    if posted_on is None or not notice.first_day <= posted_on <= timezone.localtime(at).date():
        raise BadInput("刊登日期须在公示开始之后、今天之前（含当日）。", "Not within the notice.", place="刊登日期")
    said = " ".join(clean(note).split())
    if len(said) > 120:
        raise BadInput("版面、位置不超过 120 字。", "Too long.", place="版面、位置")
    address = checked_link(link)
    picture = _picture(*photo) if photo is not None else None
    if not address and picture is None:
        raise BadInput("请填网址，或上传版面、张贴的照片。", "An address or a picture is needed.", place="网址")
    if notice.postings.filter(removed_at=None).count() >= MOST:
        raise Refused(f"刊登记录已满 {MOST} 条。", "No more records.")
    stored = _kept(*picture) if picture is not None else ""
    try:
        with transaction.atomic():
            made = NoticePosting.objects.create(
                notice=notice, medium=name, posted_on=posted_on, link=address, note=said, stored=stored,
                digest=hashlib.sha256(picture[0]).hexdigest() if picture else "", by_id=actor.user_id, at=at,
            )  # fmt: skip
            _told(actor, at, programme, notice, "notice.posted", made)
    except BaseException:
        if stored:
            storage.drop(stored, AREA)
        raise
    return made


@transaction.atomic
def remove_posting(*, actor: Actor, at: datetime, posting_id: int) -> None:
    """Recorded by mistake: it no longer counts, and stays on record."""
    row = NoticePosting.objects.select_for_update().filter(pk=posting_id, removed_at=None).first()
    if row is None:
        raise NotFound()
    notice, programme, _ = _held(actor, row.notice_id)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    _told(actor, at, programme, notice, "notice.unposted", row)


def open_photo(actor: Actor, posting_id: int) -> tuple[NoticePosting, BinaryIO]:
    """The picture of a record for those who publish the notice or handle objections to it; NotFound for others."""
    row = NoticePosting.objects.filter(pk=posting_id, removed_at=None).exclude(stored="").first()
    if row is None:
        raise NotFound()
    notice = _notice(row.notice_id)
    programme = programme_of(notice.process)
    stage = publish_stage(programme, notice.stage)
    if not sees_notice(actor, programme, stage, notice):
        raise NotFound()
    try:
        return row, storage.opened(row.stored, AREA)
    except FileNotFoundError:
        raise NotFound("照片的内容不在了，请联系平台管理员。", "The bytes are lost.") from None


def _notice(notice_id: int) -> Notice:
    found = Notice.objects.select_related("process__edition__pack").filter(pk=notice_id).first()
    if found is None:
        raise NotFound()
    return found


def _held(actor: Actor, notice_id: int) -> tuple[Notice, Programme, Publish]:
    notice = _notice(notice_id)
    programme = programme_of(notice.process)
    stage = publish_stage(programme, notice.stage)
    if not handles(actor, programme, stage.by, unit=notice.unit_id):
        raise NotAllowed("刊登情况由发布公示的单位登记。", "Not your part.")
    return notice, programme, stage


def _picture(name: str, content: BinaryIO) -> tuple[bytes, str]:
    seen = inspect(name, content, IMAGES, LIMITS)
    if not seen.decision.allowed or seen.kind is None:
        raise BadInput("；".join(one.text for one in seen.decision.reasons), "Not a picture.", place="照片")
    content.seek(0)
    return clean_image(content.read()), seen.kind.value


def _kept(data: bytes, kind: str) -> str:
    try:
        return storage.keep(f"{secrets.token_hex(16)}.{kind}", BytesIO(data), AREA)
    except OSError as error:
        raise Unstored(place="照片") from error


def _told(actor: Actor, at: datetime, programme: Programme, notice: Notice, action: str, row: NoticePosting) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="notice",
        key=notice.pk,
        edition_id=programme.edition.pk,
        data={"medium": row.medium, "posted_on": row.posted_on.isoformat(), "digest": row.digest, "record": row.pk},
    )
