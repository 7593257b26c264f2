"""The register of honours: of all programmes, conferred here or told by imported lists, newest first.

Two tables are read side by side, each by its own key and never further than a page, and laid together in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.kernel.identity_number import parse
from gongjiang.kernel.text import clean
from gongjiang.models import Certificate, Honour, RegistryEntry
from gongjiang.rules.programmes.succession import doc_number
from gongjiang.rules.registry.entry import LEVELS, STATES
from gongjiang.services.honours.scope import Scope, public_honours, public_scope
from gongjiang.services.people.sealing import identity_hash

HERE, LISTED = "h", "e"
LONG: Final = 10  # 2026-10-12
NOBODY: Final = "no number"


@dataclass(frozen=True)
class Asked:
    """What is looked for: words of name, unit or title; a number; year, programme, level, state. Blank: all."""

    text: str = ""
    number: str = ""
    year: str = ""
    programme: str = ""
    level: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    """One honour in the register, from either table. `day`: a day, a month or a year, as far as it is known."""

    kind: str
    pk: int
    name: str
    title: str
    unit: str
    level: str
    day: str
    state: str
    source: str
    subject_id: int | None
    birth: str = ""

    @property
    def key(self) -> str:
        """Where the next page begins."""
        return f"{self.day}.{self.kind}.{self.pk}"

    @property
    def state_label(self) -> str:
        """已命名, 培育对象, …"""
        return STATES.get(self.state, self.state)

    @property
    def level_label(self) -> str:
        """市级, 省部级, …"""
        return LEVELS.get(self.level, "")

    @property
    def when(self) -> str:
        """2026年10月12日, 2021年6月, 2021年."""
        parts = [int(one) for one in self.day.split("-") if one]
        return "".join(f"{n}{unit}" for n, unit in zip(parts, "年月日", strict=False))


@dataclass(frozen=True)
class Page:
    """One page of the register, newest first; `after` is the key of the next page, '' at the end."""

    rows: tuple[Row, ...]
    after: str


@dataclass(frozen=True)
class Key:
    """The last row of the page before."""

    day: str
    kind: str
    pk: int


NOTHING: Final = Asked()


def search(asked: Asked = NOTHING, *, scope: Scope | None = None, after: str = "", limit: int = 50) -> Page:
    """A page. `after`: `2026-10-12.h.37`, as a page gave it; a garbled one begins anew. Two queries."""
    seen = scope or public_scope()
    key = _key(after)
    honours = honours_asked(seen, asked).select_related("edition", "document", "subject")
    listed = listed_asked(seen, asked).select_related("source__register")
    if key is not None:
        honours, listed = _honours_after(honours, key), _listed_after(listed, key)
    found = [
        *map(_conferred, honours.order_by("-from_date", "-pk")[: limit + 1]),
        *map(row_of, listed.order_by("-date", "-pk")[: limit + 1]),
    ]
    found.sort(key=lambda one: (one.day, one.kind == HERE, one.pk), reverse=True)
    more, found = len(found) > limit, found[:limit]
    return Page(tuple(found), found[-1].key if more else "")


def every(asked: Asked, scope: Scope) -> Iterator[Row]:
    """All rows that are asked for, a page at a time: for the sheet."""
    after = ""
    while True:
        page = search(asked, scope=scope, after=after, limit=500)
        yield from page.rows
        if not page.after:
            return
        after = page.after


def honours_asked(scope: Scope, asked: Asked) -> QuerySet[Honour]:
    """What was conferred here and is looked for."""
    rows = scope.honours
    for word in clean(asked.text).split()[:5]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(title__icontains=word) | Q(shown__employer__text__icontains=word)
        )
    if asked.number.strip():
        rows = rows.filter(_numbered(asked.number, inside=scope.inside))
    if asked.year:
        rows = rows.filter(from_date__year=int(asked.year)) if _is_year(asked.year) else rows.none()
    if asked.programme:
        rows = rows.filter(Q(register=asked.programme) | Q(programme=asked.programme))
    for name in ("level", "state"):
        if getattr(asked, name):
            rows = rows.filter(**{name: getattr(asked, name)})
    return rows


def listed_asked(scope: Scope, asked: Asked) -> QuerySet[RegistryEntry]:
    """What imported lists tell and is looked for."""
    rows = scope.listed
    for word in clean(asked.text).split()[:5]:
        title = Q(award__icontains=word) | Q(award="", source__register__label__icontains=word)
        rows = rows.filter(Q(name__icontains=word) | title | Q(unit__icontains=word))
    if asked.number.strip():
        found = Q(source__number=doc_number(asked.number))
        rows = rows.filter(found | Q(number_hash=_hashed(asked.number)) if scope.inside else found)
    if asked.year:
        rows = rows.filter(date__startswith=asked.year) if _is_year(asked.year) else rows.none()
    if asked.programme:
        rows = rows.filter(source__register__code=asked.programme)
    if asked.level:
        rows = rows.filter(Q(level=asked.level) | Q(level="", source__register__level=asked.level))
    if asked.state:
        rows = rows.filter(honour_state=asked.state)
    return rows


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal() and text >= "1000"


def _numbered(number: str, *, inside: bool) -> Q:
    """A certificate by its number or code, all honours of a document, inside a person by their identity number."""
    plain = number.strip().upper()
    papers = Certificate.objects.filter(Q(number=plain) | Q(code=plain.replace("-", "")[-10:]))
    found = Q(pk__in=papers.values("honour")) | Q(document__number=doc_number(number))
    return found | Q(subject__identity_hash=_hashed(number)) if inside else found


def is_personal(number: str) -> bool:
    """Is it somebody's identity number? It must stand in no address."""
    return _hashed(number) != NOBODY


def _hashed(number: str) -> str:
    """The keyed hash of an identity number; of nothing that anybody has, if it is none."""
    try:
        return identity_hash(parse(number, on=date.max).value)
    except BadInput:
        return NOBODY


def _key(after: str) -> Key | None:
    day, _, rest = after.partition(".")
    kind, _, pk = rest.partition(".")
    if kind not in (HERE, LISTED) or not (pk.isascii() and pk.isdecimal() and len(pk) <= 18):
        return None
    if day:
        try:
            _first_day(day)
        except ValueError:
            return None
    return Key(day, kind, int(pk))


def _first_day(day: str) -> date:
    """Of a year or month; the day itself otherwise. ValueError for what is none of them."""
    if len(day) not in (4, 7, LONG):
        raise ValueError(day)
    return date.fromisoformat(f"{day}-01-01"[:LONG])


def _honours_after(rows: QuerySet[Honour], key: Key) -> QuerySet[Honour]:
    """Honours are dated to the day: one of 2021-03-01 comes before a row that only says 2021."""
    if not key.day:
        return rows.none()
    day = _first_day(key.day)
    if len(key.day) < LONG:
        return rows.filter(from_date__lt=day)
    return rows.filter(Q(from_date__lt=day) | (Q(from_date=day, pk__lt=key.pk) if key.kind == HERE else Q(pk__in=[])))


def _listed_after(rows: QuerySet[RegistryEntry], key: Key) -> QuerySet[RegistryEntry]:
    same = Q(date=key.day) if key.kind == HERE else Q(date=key.day, pk__lt=key.pk)
    return rows.filter(Q(date__lt=key.day) | same)


def _conferred(one: Honour) -> Row:
    source = one.document.number or one.document.title if one.document is not None else one.provenance
    return Row(
        HERE, one.pk, one.name, one.title, one.shown.get("employer", {}).get("text", ""), one.level,
        one.from_date.isoformat(), one.state, source, one.subject_id, str(one.subject.values.get("birth") or ""),
    )  # fmt: skip


def row_of(one: RegistryEntry) -> Row:
    """A row of an imported list as the register shows it."""
    register = one.source.register
    return Row(
        LISTED, one.pk, one.name, one.award or register.label, one.unit, one.level or register.level, one.date,
        one.honour_state, one.source.number or one.source.title, one.subject_id, one.birth,
    )  # fmt: skip


def get(honour_id: int) -> Honour:
    """One honour with its document; NotFound for what the public doesn't see."""
    found = public_honours().select_related("edition", "document").filter(pk=honour_id).first()
    if found is None:
        raise NotFound("名册中没有这条记录。", "Not in the register.")
    return found


def get_listed(entry_id: int) -> RegistryEntry:
    """One row of a list that was made public; NotFound for others."""
    found = public_scope().listed.select_related("source__register").filter(pk=entry_id).first()
    if found is None:
        raise NotFound("名册中没有这条记录。", "Not in the register.")
    return found


def same_subject(subject_id: int, *, but: str = "") -> list[Row]:
    """All that the public register tells of one person or team, newest first, without the row whose key is `but`."""
    scope = public_scope()
    honours = scope.honours.filter(subject_id=subject_id).select_related("edition", "document", "subject")
    listed = scope.listed.filter(subject_id=subject_id).select_related("source__register")
    found = [*map(_conferred, honours.order_by("-pk")[:30]), *map(row_of, listed.order_by("-pk")[:30])]
    found.sort(key=lambda one: (one.day, one.kind == HERE, one.pk), reverse=True)
    return [one for one in found if f"{one.kind}.{one.pk}" != but]
