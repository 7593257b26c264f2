"""Who reads which policies and pieces, and for which of their organisations somebody records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import NotFound
from gongjiang.models import CourtesyPolicy, Honour, MediaPiece, Organisation
from gongjiang.rules.registry.entry import LEVELS
from gongjiang.services.evidence import storage

AREA: Final = "publicity"
UNIONS: Final = frozenset({"union", "body"})
KINDS: Final = [(value, str(label)) for value, label in MediaPiece.Kind.choices]


@dataclass(frozen=True)
class Asked:
    """What is looked for: words of title, body or outlet; a level or kind; a year. Blank: all."""

    text: str = ""
    kind: str = ""
    year: str = ""


def seats(actor: Actor, kinds: frozenset[str] | None = None) -> list[tuple[int, str]]:
    """Organisations for which the actor records, by key and name; only of some `kinds` if they are named."""
    found = {
        one.organisation_id: one.organisation
        for one in actor.grants
        if one.role in HANDLING and one.edition_id is None and (kinds is None or one.kind in kinds)
    }
    return sorted(found.items())


def _around(actor: Actor) -> Q:
    """Of an organisation under one of the actor's, or above it."""
    seen = Q(pk__in=[])
    for one in actor.grants:
        if one.role in HANDLING and one.edition_id is None:
            line = [int(part) for part in one.path.split("/") if part]
            seen |= Q(organisation__path__startswith=one.path) | Q(organisation_id__in=line)
    return seen


def visible_to(actor: Actor) -> QuerySet[CourtesyPolicy]:
    """Policies that stand, recorded in the actor's line of the tree: above them, by them, under them."""
    rows = CourtesyPolicy.objects.filter(withdrawn_at=None)
    return rows if actor.is_platform else rows.filter(_around(actor))


def pieces_visible_to(actor: Actor) -> QuerySet[MediaPiece]:
    """Pieces that stand: in the actor's line of the tree, and about oneself."""
    rows = MediaPiece.objects.filter(withdrawn_at=None)
    if actor.is_platform:
        return rows
    own = MediaPiece.objects.filter(honours__subject__user_id=actor.user_id).values("pk") if actor.user_id else []
    return rows.filter(_around(actor) | Q(pk__in=own))


def policies_for(honour: Honour, today: date) -> QuerySet[CourtesyPolicy]:
    """What is granted to an artisan: policies in force of the union that named them and of those above it."""
    line = honour.edition.organiser.ancestor_ids if honour.edition is not None else []
    rows = CourtesyPolicy.objects.filter(withdrawn_at=None, organisation_id__in=line, on__lte=today)
    return rows.filter(Q(until__isnull=True) | Q(until__gte=today)).order_by("-on", "-pk")


def policies(actor: Actor, asked: Asked) -> QuerySet[CourtesyPolicy]:
    """Those that are looked for, the newest first."""
    rows = visible_to(actor).select_related("organisation").order_by("-on", "-pk")
    if asked.text:
        rows = rows.filter(
            Q(title__icontains=asked.text)
            | Q(body__icontains=asked.text)
            | Q(number__icontains=asked.text)
            | Q(grants__icontains=asked.text)
        )
    if asked.kind in LEVELS:
        rows = rows.filter(level=asked.kind)
    return rows.filter(on__year=int(asked.year)) if _is_year(asked.year) else rows


def pieces(actor: Actor, asked: Asked) -> QuerySet[MediaPiece]:
    """Those that are looked for, the newest first."""
    rows = pieces_visible_to(actor).select_related("organisation").prefetch_related("honours").order_by("-on", "-pk")
    if asked.text:
        named = MediaPiece.objects.filter(honours__name__icontains=asked.text).values("pk")
        rows = rows.filter(Q(title__icontains=asked.text) | Q(outlet__icontains=asked.text) | Q(pk__in=named))
    if asked.kind in MediaPiece.Kind.values:
        rows = rows.filter(kind=asked.kind)
    return rows.filter(on__year=int(asked.year)) if _is_year(asked.year) else rows


def policy_rows(actor: Actor, asked: Asked) -> Iterator[tuple[str, ...]]:
    """As cells of a workbook."""
    for one in policies(actor, asked).iterator(chunk_size=500):
        until = long_date(one.until) if one.until else "长期"
        level = LEVELS.get(one.level, "")
        yield (
            level, one.region, one.title, one.number, one.body, long_date(one.on), until, one.grants, one.link,
            one.organisation.name,
        )  # fmt: skip


def piece_rows(actor: Actor, asked: Asked) -> Iterator[tuple[str, ...]]:
    """As cells of a workbook."""
    for one in pieces(actor, asked).iterator(chunk_size=500):
        names = "、".join(honour.name for honour in one.honours.all())
        kind = str(one.get_kind_display())
        yield long_date(one.on), kind, one.outlet, one.title, names, one.link or one.name, one.organisation.name


def open_piece(actor: Actor, piece_id: int) -> tuple[MediaPiece, BinaryIO]:
    """The page itself, as it was handed in."""
    row = pieces_visible_to(actor).filter(pk=piece_id).exclude(stored="").first()
    if row is None:
        raise NotFound()
    try:
        return row, storage.opened(row.stored, AREA)
    except FileNotFoundError:
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.", place=row.name) from None


def organisation_of(actor: Actor, organisation_id: int, kinds: frozenset[str] | None = None) -> Organisation:
    """The organisation for which the actor records. NotFound for others'."""
    if not actor.is_platform and organisation_id not in dict(seats(actor, kinds)):
        raise NotFound()
    return Organisation.objects.get(pk=organisation_id)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal() and text >= "1949"
