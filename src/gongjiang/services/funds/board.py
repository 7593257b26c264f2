"""Who is due what: one benefit over all honours of an edition, or what one gives on one's own account."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import BenefitGrant, Edition, Honour
from gongjiang.rules.funds.entitlement import Entitlement, entitlement_of, own_entitlements
from gongjiang.rules.funds.periods import Period, Rhythm, stopped
from gongjiang.rules.honours.bestowals import belonging
from gongjiang.rules.honours.standing import HELD
from gongjiang.services.funds.entitlements import Held, held_of, programmes_of, valued
from gongjiang.services.funds.scope import kept_honours, union_editions, union_honours

PAGE: Final = 50
UNDONE: Final = BenefitGrant.State.UNDONE
COLUMNS: Final = (
    "name", "title", "award", "tier", "state", "from_date", "until", "edition_id", "case_id",
    "case__applying_unit__name",
)  # fmt: skip
"""What the list is made of: an edition may have thousands of honours, whose forms stay where they are."""


@dataclass(frozen=True)
class Row:
    """One honour: periods still open (oldest first), how often it was given, the last day of that, why nothing more."""

    honour: Honour
    open: tuple[Period, ...]
    given: int
    last: date | None
    stopped: str


@dataclass(frozen=True)
class Board:
    """One page. `many`: honours that the benefit is for; `waiting`: those with something open; `periods`: how many are
    open in all; `more`: number of the next page, 0 at the end; `ids`: the honours of all pages."""

    edition: Edition | None
    entitlement: Entitlement | None
    choices: tuple[Entitlement, ...]
    rows: tuple[Row, ...] = ()
    many: int = 0
    waiting: int = 0
    periods: int = 0
    more: int = 0
    text: str = ""
    editions: tuple[Edition, ...] = field(default=())
    ids: tuple[int, ...] = field(default=(), repr=False)


def board(
    actor: Actor, at: datetime, *, edition_id: int = 0, benefit: str = "", text: str = "", left: bool = True,
    page: int = 0,
) -> Board:  # fmt: skip
    """Without an edition the newest one; a benefit beside the notice ('own:visit') is over all that one looks after.

    `left`: only those with something open. `page`: from 0. NotFound for an edition that isn't the actor's to give.
    """
    editions = tuple(union_editions(actor))
    edition = next((one for one in editions if one.pk == edition_id), None)
    if edition_id and edition is None:
        raise NotFound()
    if edition is None and not benefit.startswith("own:"):
        edition = next(iter(editions), None)
    choices = (*(promised(edition) if edition is not None else ()), *own_entitlements())
    chosen = next((one for one in choices if one.id == benefit), choices[0])
    today = timezone.localtime(at).date()
    if chosen.own:
        found = kept_honours(actor).filter(state__in=HELD)
        return _own(_narrowed(found, edition, text), today, Board(edition, chosen, choices, text=text,
                    editions=editions), page)  # fmt: skip
    seen = _narrowed(union_honours(actor), edition, text)
    rows = filled(_rows(with_entitlement(_loaded(seen), chosen.id), today), chosen.id)
    waiting = [one for one in rows if one.open]
    kept = waiting if left and chosen.rhythm is not Rhythm.NEEDED else rows
    return Board(
        edition, chosen, choices, tuple(kept[page * PAGE : (page + 1) * PAGE]), len(rows), len(waiting),
        sum(len(one.open) for one in waiting), page + 1 if len(kept) > (page + 1) * PAGE else 0, text, editions,
        tuple(one.honour.pk for one in kept),
    )  # fmt: skip


def promised(edition: Edition) -> tuple[Entitlement, ...]:
    """Every benefit of the edition's notice that is given again and again, whomever it is for, in its order."""
    programme = programmes_of([edition.pk]).get(edition.pk)
    if programme is None:
        return ()
    found: dict[str, Entitlement] = {}
    for award, tier in sorted(set(Honour.objects.filter(edition=edition).values_list("award", "tier"))):
        for one in belonging(programme.pack.benefits, award, tier, lambda _: True):
            made = entitlement_of(one, partial(valued, programme, tier), earned=one.id in programme.pack.earned)
            if made is not None:
                found.setdefault(made.id, made)
    order = [one.id for one in programme.pack.benefits]
    return tuple(sorted(found.values(), key=lambda one: order.index(one.id)))


def with_entitlement(honours: Sequence[Honour], benefit: str) -> list[tuple[Held, Entitlement]]:
    """Those of the honours that a benefit is for."""
    return [
        (held, mine)
        for held in held_of(honours)
        if (mine := next((one for one in held.entitlements if one.id == benefit), None)) is not None
    ]


def filled(rows: Sequence[Row], benefit: str) -> list[Row]:
    """The rows without what was given or booked already. One query."""
    ids = [one.honour.pk for one in rows]
    taken: dict[int, set[tuple[str, int]]] = defaultdict(set)
    last: dict[int, date] = {}
    grants = BenefitGrant.objects.filter(honour__in=ids, benefit=benefit).exclude(state=UNDONE)
    for pk, period, slot, on in grants.values_list("honour_id", "period", "slot", "on"):
        taken[pk].add((period, slot))
        last[pk] = max(on, last.get(pk, on))
    return [
        Row(
            one.honour,
            tuple(period for period in one.open if (period.key, period.slot) not in taken[one.honour.pk]),
            len(taken[one.honour.pk]),
            last.get(one.honour.pk),
            one.stopped,
        )
        for one in rows
    ]


def _rows(entitled: Sequence[tuple[Held, Entitlement]], today: date) -> list[Row]:
    """Before what was given is taken off. Most of an edition share one history: it is reckoned once."""
    reckoned: dict[tuple[Any, ...], tuple[tuple[Period, ...], str]] = {}
    rows = []
    for held, mine in entitled:
        key = (mine.terms, mine.rhythm, mine.times, mine.service, held.history, held.earned.get(mine.id))
        if key not in reckoned:
            why = stopped(mine.terms, held.history, today)
            every = held.due(mine, today)
            reckoned[key] = (() if why and mine.service else every, why)
        rows.append(Row(held.honour, reckoned[key][0], 0, None, reckoned[key][1]))
    return rows


def _narrowed(seen: QuerySet[Honour], edition: Edition | None, text: str) -> QuerySet[Honour]:
    if edition is not None:
        seen = seen.filter(edition=edition)
    if text:
        seen = seen.filter(Q(name__icontains=text) | Q(case__applying_unit__name__icontains=text))
    return seen


def _loaded(seen: QuerySet[Honour]) -> list[Honour]:
    return list(seen.select_related("case__applying_unit").only(*COLUMNS).order_by("from_date", "pk"))


def _own(seen: QuerySet[Honour], today: date, empty: Board, page: int) -> Board:
    """What one gives oneself has no list of what is due: everybody is there, a page read from the database."""
    assert empty.entitlement is not None
    many = seen.count()
    found = list(seen.select_related("case__applying_unit", "edition").order_by("-pk")[page * PAGE : (page + 1) * PAGE])
    rows = filled([Row(one, (), 0, None, "") for one in found], empty.entitlement.id)
    more = page + 1 if many > (page + 1) * PAGE else 0
    return Board(empty.edition, empty.entitlement, empty.choices, tuple(rows), many, many, 0, more, empty.text,
                 empty.editions)  # fmt: skip
