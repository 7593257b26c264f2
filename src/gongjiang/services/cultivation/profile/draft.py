"""Work on a profile's draft: words, works, pictures, the film. Every change asks the artisan's consent anew."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale, Unstored
from gongjiang.kernel.text import clean
from gongjiang.models import Honour, Profile, ProfileFile
from gongjiang.rules.cultivation.profile import FILM_BYTES, FILM_SECONDS, PICTURE_BYTES, PICTURES, fits
from gongjiang.rules.evidence.images import clean_image
from gongjiang.rules.evidence.inspection import Limits, inspect
from gongjiang.rules.evidence.kinds import IMAGES, Kind
from gongjiang.services.cultivation.profile.queries import AREA, WRITING
from gongjiang.services.cultivation.scope import get_honour, need
from gongjiang.services.evidence import storage
from gongjiang.services.honours.note import note_honour

TAKEN: Final = {"photo": frozenset(IMAGES), "work": frozenset(IMAGES), "film": frozenset({Kind.MP4})}
LIMITS: Final = {
    "photo": Limits(max_bytes=PICTURE_BYTES),
    "work": Limits(max_bytes=PICTURE_BYTES),
    "film": Limits(max_bytes=FILM_BYTES, max_seconds=FILM_SECONDS),
}


@transaction.atomic
def save_draft(
    *, actor: Actor, at: datetime, honour_id: int, version: int, words: str, works: Sequence[Mapping[str, str]]
) -> Profile:
    """Words and works as they were typed. BadInput by field; Stale if somebody changed them meanwhile."""
    honour = get_honour(actor, honour_id)
    need(actor, honour, *WRITING)
    plain = clean(words).strip()
    rows = [{key: clean(one.get(key, "")).strip() for key in ("title", "text")} for one in works]
    rows = [one for one in rows if any(one.values())]
    decision = fits(plain, rows)
    if not decision.allowed:
        reason = decision.reasons[0]
        raise BadInput(
            reason.text, "Not within the limits.", place=reason.subject or reason.text.partition("不超过")[0]
        )
    profile = held(honour)
    if profile.version != version:
        raise Stale("内容刚刚被别人改过，请在新页面上再改。", "Changed meanwhile.")
    if (profile.words, profile.works) == (plain, rows):
        return profile
    profile.words, profile.works = plain, rows
    change(profile, actor, at, "words")
    return profile


@transaction.atomic
def add_file(
    *, actor: Actor, at: datetime, honour_id: int, kind: str, name: str, content: BinaryIO, caption: str = ""
) -> ProfileFile:
    """A photo (the one before goes), a picture of a work, or the film. BadInput says what is wrong with it."""
    honour = get_honour(actor, honour_id)
    need(actor, honour, *WRITING)
    if kind not in TAKEN:
        raise BadInput("请选择是照片、作品图片还是短片。", "Choose the kind.", place="文件")
    seen = inspect(name, content, TAKEN[kind], LIMITS[kind])
    if not seen.decision.allowed or seen.kind is None:
        raise BadInput("；".join(one.text for one in seen.decision.reasons), "Not taken.", place="文件")
    profile = held(honour)
    mine = profile.files.filter(kind=kind, dropped_at=None)
    if kind == ProfileFile.Kind.WORK and mine.count() >= PICTURES:
        raise Refused(f"作品图片最多 {PICTURES} 张，请先删去一张。", "No room.", place="文件")
    content.seek(0)
    data = clean_image(content.read()) if seen.kind in IMAGES else content.read()
    try:
        stored = storage.keep(f"{secrets.token_hex(16)}.{seen.kind.value}", BytesIO(data), AREA)
    except OSError as error:
        raise Unstored(place="文件") from error
    try:
        if kind != ProfileFile.Kind.WORK:
            mine.update(dropped_at=at)
        row = ProfileFile.objects.create(
            profile=profile,
            kind=kind,
            caption=clean(caption).strip()[:60],
            name=seen.name,
            format=seen.kind.value,
            size=len(data),
            digest=hashlib.sha256(data).hexdigest(),
            stored=stored,
            by_id=actor.user_id,
            at=at,
        )
        change(profile, actor, at, "file", file=row.pk, sha256=row.digest)
    except BaseException:
        storage.drop(stored, AREA)
        raise
    return row


@transaction.atomic
def drop_file(*, actor: Actor, at: datetime, honour_id: int, file_id: int) -> None:
    """Leave a file out of the draft. What is shown keeps it until it is shown anew."""
    honour = get_honour(actor, honour_id)
    need(actor, honour, *WRITING)
    profile = held(honour)
    if not profile.files.filter(pk=file_id, dropped_at=None).update(dropped_at=at):
        raise NotFound()
    change(profile, actor, at, "drop", file=file_id)


def held(honour: Honour) -> Profile:
    """The profile of an honour, locked, begun where there was none."""
    Profile.objects.get_or_create(honour=honour)
    return Profile.objects.select_for_update(of=("self",)).select_related("honour").get(honour=honour)


def change(profile: Profile, actor: Actor, at: datetime, what: str, **more: object) -> None:
    """A new content: nobody has agreed to it yet."""
    profile.content += 1
    write(profile, actor, at, what, **more)


def write(profile: Profile, actor: Actor, at: datetime, what: str, **more: object) -> None:
    """Save under the lock, and the audit entry."""
    profile.version += 1
    profile.save()
    honour = profile.honour
    data = {"honour": honour.pk, "content": profile.content, **more}
    note_honour(actor, at, honour, f"profile.{what}", data, kind="profile", key=profile.pk)
