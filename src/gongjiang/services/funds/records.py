"""What was given: the record of one artisan, and lists of grants for those who give them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db.models import Q
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import BenefitGrant, Bestowal, Honour, ServiceOffer
from gongjiang.rules.funds.entitlement import Entitlement
from gongjiang.rules.funds.periods import stopped
from gongjiang.services.evidence.receipts import open_bytes
from gongjiang.services.funds.entitlements import held_of
from gongjiang.services.funds.scope import grants_seen
from gongjiang.services.funds.spend import AREA

PAGE = 50
State = BenefitGrant.State
STATES = tuple((str(key), str(label)) for key, label in State.choices)


@dataclass(frozen=True)
class Benefit:
    """One thing an honour is entitled to: `done` times given, `open`: due and not given yet, `last`: the latest day."""

    entitlement: Entitlement
    done: int
    open: int
    last: date | None
    stopped: str


@dataclass(frozen=True)
class Record:
    """All of one honour: what it is entitled to, what was given (newest first), what is booked, what may be booked,
    and what came with the naming."""

    benefits: tuple[Benefit, ...]
    given: tuple[BenefitGrant, ...]
    booked: tuple[BenefitGrant, ...]
    offers: tuple[ServiceOffer, ...]
    once: tuple[Bestowal, ...]


@dataclass(frozen=True)
class GrantPage:
    """A page of grants, newest first. `after`: where the next begins, 0 at the end."""

    rows: tuple[BenefitGrant, ...]
    many: int
    after: int


def record_of(at: datetime, honour: Honour) -> Record:
    """For whoever sees the honour. A constant number of queries."""
    today = timezone.localtime(at).date()
    [held] = held_of([honour])
    grants = list(
        BenefitGrant.objects.filter(honour=honour)
        .exclude(state=State.UNDONE)
        .select_related("offer", "by", "giver")
        .order_by("-on", "-pk")
    )
    benefits = []
    for one in held.entitlements:
        mine = [row for row in grants if row.benefit == one.id]
        taken = {(row.period, row.slot) for row in mine}
        why = stopped(one.terms, held.history, today)
        every = () if why and one.service else held.due(one, today)
        open_ = sum((period.key, period.slot) not in taken for period in every)
        given = [row for row in mine if row.state == State.GIVEN]
        times = len({(row.period, row.slot) for row in given})
        benefits.append(Benefit(one, times, open_, given[0].on if given else None, why))
    running = {one.entitlement.id for one in benefits if not one.stopped} | {"own"}
    offers = ServiceOffer.objects.filter(edition=honour.edition_id, closed=False, book_by__gte=today, last__gte=today)
    taken_offers = {row.offer_id for row in grants if row.offer_id is not None}
    return Record(
        tuple(benefits),
        tuple(row for row in grants if row.state == State.GIVEN),
        tuple(row for row in grants if row.state == State.BOOKED),
        tuple(
            one
            for one in offers.order_by("first", "pk")
            if one.pk not in taken_offers and one.benefit.partition(":")[0] in running
        ),
        tuple(Bestowal.objects.filter(honour=honour).order_by("money", "pk")),
    )


def grants_page(
    actor: Actor, *, text: str = "", benefit: str = "", state: str = "", edition_id: int = 0, after: int = 0
) -> GrantPage:
    """Grants of the artisans whose cultivation the actor sees."""
    found = grants_seen(actor)
    if text:
        found = found.filter(Q(honour__name__icontains=text) | Q(payee__icontains=text) | Q(label__icontains=text))
    if benefit:
        found = found.filter(benefit=benefit)
    found = found.filter(state=state) if state in State.values else found.exclude(state=State.UNDONE)
    if edition_id:
        found = found.filter(honour__edition_id=edition_id)
    many = found.count()
    if after:
        found = found.filter(pk__lt=after)
    rows = list(found.select_related("honour__edition", "by", "giver").order_by("-pk")[: PAGE + 1])
    return GrantPage(tuple(rows[:PAGE]), many, rows[PAGE - 1].pk if len(rows) > PAGE else 0)


def all_grants(actor: Actor, *, year: int) -> list[BenefitGrant]:
    """Every grant of a year, for the sheet: taken back ones, too."""
    rows = grants_seen(actor).filter(on__year=year).exclude(state=State.BOOKED)
    return list(
        rows.select_related("honour__edition", "honour__case__applying_unit", "by", "giver").order_by("on", "pk")
    )


def open_receipt(actor: Actor, grant_id: int) -> tuple[BenefitGrant, BinaryIO]:
    """The receipt of a grant and its bytes; NotFound where there is none."""
    row = grants_seen(actor).filter(pk=grant_id).select_related("honour").first()
    if row is None:
        raise NotFound()
    return row, open_bytes(row.stored, AREA)
