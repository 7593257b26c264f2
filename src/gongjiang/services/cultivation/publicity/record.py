"""Record a policy or a piece in the media; take it off with the reason."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Unstored
from gongjiang.kernel.text import clean
from gongjiang.models import CourtesyPolicy, Honour, MediaPiece
from gongjiang.rules.evidence.images import clean_image
from gongjiang.rules.evidence.inspection import Limits, inspect
from gongjiang.rules.evidence.kinds import IMAGES, Kind
from gongjiang.rules.public_notices.media import checked_link
from gongjiang.rules.registry.entry import LEVELS
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.keeping import kept_by
from gongjiang.services.cultivation.publicity.queries import (
    AREA,
    UNIONS,
    organisation_of,
    pieces_visible_to,
    seats,
    visible_to,
)
from gongjiang.services.evidence import storage

FILES: Final = frozenset({Kind.PDF, *IMAGES})
LIMITS: Final = Limits(max_bytes=20_000_000)
MOST: Final = 50
_BETWEEN: Final = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True)
class Policy:
    """A policy as typed. `grants`: what it grants, in words."""

    level: str
    title: str
    body: str
    on: date
    grants: str
    number: str = ""
    region: str = ""
    until: date | None = None
    link: str = ""


@dataclass(frozen=True)
class Piece:
    """A piece as typed. `names`: the artisans' names, with any mark between them; `honour_ids`: those known by key."""

    title: str
    kind: str
    outlet: str
    on: date
    link: str = ""
    names: str = ""
    honour_ids: tuple[int, ...] = ()


@transaction.atomic
def record_policy(*, actor: Actor, at: datetime, organisation_id: int, policy: Policy) -> CourtesyPolicy:
    """By the office of a union. BadInput by field; the same number twice is said."""
    organisation = organisation_of(actor, organisation_id, UNIONS)
    values = {
        "title": _text(policy.title, "文件名称", 160),
        "body": _text(policy.body, "发文机关", 120),
        "grants": _text(policy.grants, "礼遇内容", 1000),
        "number": _text(policy.number, "文号", 60, needed=False),
        "region": _text(policy.region, "地区", 30, needed=False),
        "link": checked_link(policy.link),
    }
    if policy.level not in LEVELS:
        raise BadInput("请选择级别。", "Choose the level.", place="级别")
    _past(policy.on, at, "发文日期")
    if policy.until is not None and policy.until < policy.on:
        raise BadInput("有效期早于发文日期。", "It ends before it begins.", place="有效期至")
    fixed = {"level": policy.level, "on": policy.on, "until": policy.until, "by_id": actor.user_id, "at": at}
    try:
        with transaction.atomic():
            made = CourtesyPolicy.objects.create(organisation=organisation, **values, **fixed)
    except IntegrityError:
        raise BadInput("这个文号已经登记过。", "Recorded already.", place="文号") from None
    _audit(actor, at, "courtesy.record", "courtesy", made.pk, {"number": made.number, "title": made.title})
    return made


@transaction.atomic
def record_piece(
    *,
    actor: Actor,
    at: datetime,
    organisation_id: int,
    piece: Piece,
    name: str = "",
    content: BinaryIO | None = None,
) -> MediaPiece:
    """By the office of a union or the enterprise, about artisans it looks after; with a link or the page as a file."""
    organisation = organisation_of(actor, organisation_id)
    title, outlet = _text(piece.title, "标题", 160), _text(piece.outlet, "媒体", 80)
    if piece.kind not in MediaPiece.Kind.values:
        raise BadInput("请选择媒体类别。", "Choose the kind.", place="媒体类别")
    _past(piece.on, at, "刊播日期")
    link = checked_link(piece.link)
    if not link and content is None:
        raise BadInput("请填写网址，或上传版面、截图。", "A link or a file.", place="网址")
    about = _named(actor, piece)
    kept = _keep(name, content) if content is not None else {}
    try:
        made = MediaPiece.objects.create(
            organisation=organisation, title=title, outlet=outlet, kind=piece.kind, on=piece.on, link=link,
            by_id=actor.user_id, at=at, **kept,
        )  # fmt: skip
        made.honours.set(about)
        data: dict[str, object] = {"title": title, "honours": sorted(one.pk for one in about), "sha256": made.digest}
        _audit(actor, at, "publicity.record", "publicity", made.pk, data)
    except BaseException:
        if kept:
            storage.drop(str(kept["stored"]), AREA)
        raise
    return made


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, what: str, key: int, reason: str) -> None:
    """Take a policy ('courtesy') or a piece ('piece') off the lists; it stays on record. By the office that recorded
    it."""
    rows = visible_to(actor) if what == "courtesy" else pieces_visible_to(actor)
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound()
    if not actor.is_platform and found.organisation_id not in dict(seats(actor)):
        raise NotAllowed("由登记的单位撤下。", "Not yours.")
    said = _text(reason, "理由", 300)
    type(found).objects.filter(pk=key, withdrawn_at=None).update(withdrawn_at=at, reason=said)
    _audit(actor, at, f"{what}.withdraw", what, key, {"reason": said})


def _named(actor: Actor, piece: Piece) -> Sequence[Honour]:
    """The artisans by key and by name. A name that nobody or several bear is said."""
    mine = kept_by(actor)
    keys = list(piece.honour_ids)[:MOST]
    found = {one.subject_id: one for one in mine.filter(pk__in=keys)}
    if len(found) < len(set(keys)):
        raise NotFound()
    names = [one for one in dict.fromkeys(_BETWEEN.split(clean(piece.names).strip())) if one]
    if len(names) > MOST:
        raise BadInput(f"一篇最多登记 {MOST} 位工匠。", "Too many.", place="工匠")
    known = {one.name for one in found.values()}
    for name in names:
        rows = list(mine.filter(name=name).order_by("subject_id", "-from_date")[:20]) if name not in known else []
        people = {one.subject_id: one for one in reversed(rows)}
        if name not in known and len(people) != 1:
            why = "有几位同名，请从工匠本人的页面登记" if people else "不在本单位联系的工匠中"
            raise BadInput(f"“{name}”{why}。", "Not found, or several.", place="工匠")
        found |= people
    if not found:
        raise BadInput("请写明报道了哪几位工匠。", "Name the artisans.", place="工匠")
    return list(found.values())


def _keep(name: str, content: BinaryIO) -> dict[str, str | int]:
    seen = inspect(name, content, FILES, LIMITS)
    if not seen.decision.allowed or seen.kind is None:
        raise BadInput("；".join(one.text for one in seen.decision.reasons), "Not taken.", place="版面或截图")
    content.seek(0)
    data = clean_image(content.read()) if seen.kind in IMAGES else content.read()
    try:
        stored = storage.keep(f"{secrets.token_hex(16)}.{seen.kind.value}", BytesIO(data), AREA)
    except OSError as error:
        raise Unstored(place="版面或截图") from error
    digest = hashlib.sha256(data).hexdigest()
    return {"name": seen.name, "format": seen.kind.value, "size": len(data), "digest": digest, "stored": stored}


def _past(day: date, at: datetime, label: str) -> None:
    if not date(1949, 10, 1) <= day <= timezone.localtime(at).date():
        raise BadInput(f"{label}还没有到，或太早，请核对。", "No such day yet.", place=label)


def _text(text: str, label: str, longest: int, *, needed: bool = True) -> str:
    kept = clean(text).strip()
    if needed and not kept:
        raise BadInput(f"请填写{label}。", "Required.", place=label)
    if len(kept) > longest:
        raise BadInput(f"{label}不超过 {longest} 字。", "Too long.", place=label)
    return kept


def _audit(actor: Actor, at: datetime, action: str, kind: str, key: int, data: dict[str, object]) -> None:
    append(actor=actor, at=at, action=action, kind=kind, key=key, data=data)
