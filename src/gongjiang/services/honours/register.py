"""The public register of honours: what stands and what ran its term, only the fields that were made public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongjiang.kernel.errors import NotFound
from gongjiang.kernel.text import clean
from gongjiang.models import Honour

#: Honours that the public sees; a revoked or suspended one is not in the register.
PUBLIC = (Honour.State.STANDS, Honour.State.TRAINEE, Honour.State.ENDED)


@dataclass(frozen=True)
class Page:
    """One page of the register, newest first; `after` is the key of the next page, '' at the end."""

    honours: tuple[Honour, ...]
    after: str


@dataclass(frozen=True)
class Choice:
    """A programme or year to narrow down to, with how many it has."""

    value: str
    label: str
    count: int


def public_honours() -> QuerySet[Honour]:
    """What anybody may see."""
    return Honour.objects.filter(state__in=PUBLIC)


def search(*, text: str = "", year: str = "", programme: str = "", after: str = "", limit: int = 50) -> Page:
    """By name, employer or title; by year of naming; by programme. `after`: `2026-10-12.37`, as a page gave it."""
    rows = public_honours().select_related("edition", "document")
    for word in clean(text).split()[:5]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(title__icontains=word) | Q(shown__employer__text__icontains=word)
        )
    if year.isdecimal() and len(year) == 4:
        rows = rows.filter(from_date__year=int(year))
    if programme:
        rows = rows.filter(programme=programme)
    key = _key(after)
    if key is not None:
        rows = rows.filter(Q(from_date__lt=key[0]) | Q(from_date=key[0], pk__lt=key[1]))
    found = list(rows.order_by("-from_date", "-pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return Page(tuple(found), f"{found[-1].from_date.isoformat()}.{found[-1].pk}" if more else "")


def _key(after: str) -> tuple[date, int] | None:
    day, _, pk = after.partition(".")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None


def years() -> list[Choice]:
    """Years in which honours were conferred, newest first."""
    rows = public_honours().values_list("from_date__year").annotate(n=Count("id")).order_by("-from_date__year")
    return [Choice(str(year), f"{year}年", n) for year, n in rows]


def programmes() -> list[Choice]:
    """Programmes in the register, by how many honours they have."""
    rows = public_honours().values_list("programme").annotate(n=Count("id")).order_by("-n", "programme")
    titles = dict(
        Honour.objects.filter(programme__in=[one for one, _ in rows], edition__isnull=False)
        .order_by("id")
        .values_list("programme", "edition__title")
    )
    return [Choice(one, titles.get(one, one), n) for one, n in rows]


def count() -> int:
    """How many honours the register shows."""
    return public_honours().count()


def get(honour_id: int) -> Honour:
    """One honour with its document; NotFound for what the public doesn't see."""
    found = public_honours().select_related("edition", "document").filter(pk=honour_id).first()
    if found is None:
        raise NotFound("名册中没有这条记录。", "Not in the register.")
    return found


def same_subject(honour: Honour) -> Sequence[Honour]:
    """Other public honours of the same person or team, newest first."""
    return list(
        public_honours().filter(subject_id=honour.subject_id).exclude(pk=honour.pk).order_by("-from_date", "-pk")[:20]
    )
