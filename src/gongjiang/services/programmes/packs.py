"""Packs on offer: those in the package, and those that officers uploaded; what checking each of them found."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.catalogue.packs import PackText, find, load_text, pack_ids
from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.models import Organisation, PackVersion
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.succession import Succession, succession
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.stored import store, text_of, with_upper

LARGEST = 2 * 1024 * 1024
#: Kinds and levels of organisations that may run programmes of their own.
ORGANISING_LEVELS = frozenset({"national", "province", "city", "county", "industry"})


@dataclass(frozen=True)
class Offered:
    """A pack that an edition can be made of. `key`: its id, or v and a number for an uploaded one."""

    key: str
    text: PackText
    pack: Pack
    uploaded_at: datetime | None = None


def organisers(actor: Actor) -> list[Organisation]:
    """Organisations for which the actor may prepare editions: they handle matters there, and it is a union."""
    rows = Organisation.objects.filter(active=True, kind="union", level__in=sorted(ORGANISING_LEVELS))
    if not (actor.is_platform or actor.has("system_admin")):
        rows = rows.filter(pk__in=actor.organiser_ids(*HANDLING))
    return list(rows.order_by("path")[:200])


def may_see_packs(actor: Actor) -> bool:
    """Whoever might make an edition of one."""
    return actor.is_platform or bool(organisers(actor))


def offered(actor: Actor) -> list[Offered]:
    """Built-in packs, then uploaded ones, the newest first."""
    if not may_see_packs(actor):
        raise NotFound()
    found = [_built_in(name) for name in pack_ids()]
    known = {one.pack.hash for one in found}
    for row in PackVersion.objects.order_by("-pk")[:50]:
        if row.digest not in known:
            found.append(_uploaded(row))
    return found


def get_offered(actor: Actor, key: str) -> Offered:
    """One pack by its key; NotFound if there is none."""
    if not may_see_packs(actor):
        raise NotFound()
    if key in pack_ids():
        return _built_in(key)
    row = PackVersion.objects.filter(pk=int(key[1:])).first() if key[:1] == "v" and key[1:].isdecimal() else None
    if row is None:
        raise NotFound()
    return _uploaded(row)


def _built_in(name: str) -> Offered:
    text = find(name)
    return Offered(name, text, load_text(text))


def _uploaded(row: PackVersion) -> Offered:
    text = text_of(row)
    return Offered(f"v{row.pk}", text, load_text(text), row.added_at)


def followed_by(pack: Pack) -> tuple[Succession, ...]:
    """Regulations it rests on that a built-in one has repealed: told, never applied to what was decided (M-20)."""
    return succession(pack, (load_text(find(name)) for name in pack_ids()))


@transaction.atomic
def add_pack(*, actor: Actor, at: datetime, filename: str, source: bytes, notice: bytes = b"") -> PackVersion:
    """Take an uploaded pack. Raises PackError with every problem's line; the same pack again is the same row."""
    if not (actor.is_platform or organisers(actor)):
        raise NotAllowed("只有主办单位的经办或审批人员可以上传项目包。", "Only an organiser's officers may.")
    text = _text(source, filename)
    notice_text = _text(notice, "通知原文") if notice else ""
    return take_in(actor=actor, at=at, text=PackText(filename, text, notice_text or None))


@transaction.atomic
def take_in(*, actor: Actor, at: datetime, text: PackText) -> PackVersion:
    """A checked pack among those on offer, on record. Raises PackError."""
    made, fresh = store(with_upper(text), at)
    if fresh:
        data = {"pack": made.pack_id, "hash": made.digest}
        append(actor=actor, at=at, action="pack.add", kind="pack", key=made.pk, data=data)
    return made


def _text(raw: bytes, place: str) -> str:
    if len(raw) > LARGEST:
        raise BadInput("文件超过 2 MB，不是项目包。", "Larger than 2 MB.", place=place)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("文件不是 UTF-8 编码，请另存为 UTF-8。", "The file is not UTF-8.", place=place) from None
