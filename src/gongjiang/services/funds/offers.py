"""Services by appointment: an office offers days and places, artisans book, who came is recorded (第十八条)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import BenefitGrant, Edition, Honour, ServiceOffer
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.funds.entitlement import Entitlement, own_entitlements
from gongjiang.rules.funds.periods import stopped
from gongjiang.rules.funds.planning import Line, lines_of
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.scope import get_honour, need, visible_to
from gongjiang.services.funds.board import promised
from gongjiang.services.funds.plan import entitled
from gongjiang.services.funds.scope import grants_seen, union_editions, union_honours
from gongjiang.services.messages.send import tell_all

State = BenefitGrant.State
MOST = 10_000
PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What is offered: a service of the edition, days, places."""

    edition: int
    benefit: str
    place: str
    first: date | None
    last: date | None
    book_by: date | None
    seats: int | None
    contact: str = ""
    note: str = ""


@dataclass(frozen=True)
class OfferPage:
    """Offers, newest first; `services`: what may be offered, by edition; `after`: where the next page begins."""

    rows: tuple[ServiceOffer, ...]
    services: tuple[tuple[Edition, tuple[Entitlement, ...]], ...]
    after: int


def offers_seen(actor: Actor) -> QuerySet[ServiceOffer]:
    """Offers of the editions whose artisans the actor looks after, or is one of."""
    return ServiceOffer.objects.filter(edition__in=Edition.objects.filter(honours__in=visible_to(actor)))


def offerable(edition: Edition) -> tuple[Entitlement, ...]:
    """Services that may be booked: those of the notice, and what the union does beside it."""
    return tuple(one for one in (*promised(edition), *own_entitlements()) if one.service)


def offer_page(actor: Actor, *, after: int = 0) -> OfferPage:
    """A page of the offers that the actor sees."""
    found = offers_seen(actor).select_related("edition").order_by("-pk")
    rows = list((found.filter(pk__lt=after) if after else found)[: PAGE + 1])
    services = tuple((one, offerable(one)) for one in union_editions(actor)[:20])
    return OfferPage(tuple(rows[:PAGE]), services, rows[PAGE - 1].pk if len(rows) > PAGE else 0)


def bookings_of(actor: Actor, offer_id: int) -> tuple[ServiceOffer, list[BenefitGrant], bool]:
    """An offer, the bookings of it that the actor sees by day, and whether it is the actor's to run."""
    row = offers_seen(actor).select_related("edition").filter(pk=offer_id).first()
    if row is None:
        raise NotFound()
    seen = grants_seen(actor).filter(offer=row).exclude(state=State.UNDONE)
    rows = seen.select_related("honour__case__applying_unit").order_by("on", "pk")
    return row, list(rows), union_honours(actor).filter(edition=row.edition_id).exists()


@transaction.atomic
def offer(*, actor: Actor, at: datetime, wanted: Wanted) -> ServiceOffer:
    """Open a service for booking and tell the edition's artisans. The organiser, and bodies with a part in all of it.

    Raises NotFound, BadInput.
    """
    edition = next((one for one in union_editions(actor) if one.pk == wanted.edition), None)
    if edition is None:
        raise NotFound()
    service = next((one for one in offerable(edition) if one.id == wanted.benefit), None)
    if service is None:
        raise BadInput("请选择可以预约的服务。", "Choose a service.", place="服务")
    first, last, book_by = _days(wanted, timezone.localtime(at).date())
    place = clean(wanted.place).strip()
    if not place or len(place) > 120:
        raise BadInput("请写明地点，不超过120字。", "Say where.", place="地点")
    if wanted.seats is None or not 1 <= wanted.seats <= MOST:
        raise BadInput(f"名额须在 1 到 {MOST} 之间。", "Seats.", place="名额")
    row = ServiceOffer.objects.create(
        edition=edition, benefit=service.id, label=service.label[:80], place=place, first=first, last=last,
        book_by=book_by, seats=wanted.seats, contact=clean(wanted.contact).strip()[:80],
        note=clean(wanted.note).strip()[:300], by_id=actor.user_id, at=at,
    )  # fmt: skip
    audit_offer(actor, at, row, "offer.open", {"seats": row.seats})
    held = union_honours(actor).filter(edition=edition, subject__user__isnull=False)
    tell_all(
        at=at, link="mine",
        text=f"{row.label}可以预约了：{row.place}，{row.book_by.month}月{row.book_by.day}日前预约。",
        user_ids=[pk for pk in held.values_list("subject__user_id", flat=True) if pk is not None],
    )  # fmt: skip
    return row


@transaction.atomic
def close(*, actor: Actor, at: datetime, offer_id: int, version: int) -> ServiceOffer:
    """No more bookings; what is booked stays."""
    row = managed(actor, offer_id)
    if not ServiceOffer.objects.filter(pk=row.pk, version=version, closed=False).update(
        closed=True, version=version + 1
    ):
        raise Stale("预约的状态刚刚变了，请刷新。", "The offer changed meanwhile.")
    audit_offer(actor, at, row, "offer.close", {})
    row.refresh_from_db()
    return row


@transaction.atomic
def book(*, actor: Actor, at: datetime, honour_id: int, offer_id: int, on: date | None) -> BenefitGrant:
    """Take a place on a day: the artisan, or the enterprise or union for them.

    Raises NotFound, NotAllowed, BadInput (a day outside), Refused (closed, full, not entitled then, booked already).
    """
    need(actor, get_honour(actor, honour_id), Hand.ARTISAN, Hand.EMPLOYER, Hand.UNION)
    offer_ = offers_seen(actor).filter(pk=offer_id).first()
    rows = Honour.objects.filter(pk=honour_id).select_related("case__applying_unit", "subject")
    honour = rows.select_for_update(of=("self",)).get()
    if offer_ is None or offer_.edition_id != honour.edition_id:
        raise NotFound()
    day = _bookable(offer_, on, timezone.localtime(at).date())
    line = _line(honour, offer_, day)
    if BenefitGrant.objects.filter(offer=offer_, honour=honour).exclude(state=State.UNDONE).exists():
        raise Refused("已经预约过了，改日期请先取消。", "Booked already.")
    _take_seat(offer_)
    try:
        with transaction.atomic():
            row = BenefitGrant.objects.create(
                honour=honour, benefit=offer_.benefit, label=offer_.label, period=line.period,
                period_label=line.label[:40], slot=line.slot, part=line.part, state=State.BOOKED, on=day,
                payee=line.payee[:60], offer=offer_, by_id=actor.user_id, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Stale("刚刚已有人登记了这一项，请刷新。", "Given meanwhile.") from error
    audit_offer(actor, at, offer_, "benefit.book", {"honour": honour.pk, "on": day.isoformat()}, honour.case_id)
    return row


@transaction.atomic
def arrived(*, actor: Actor, at: datetime, offer_id: int, rows: list[int]) -> int:
    """Whoever was there: their bookings become grants. Raises NotFound, NotAllowed, BadInput (ahead), Refused (a title
    that stood no more on the day)."""
    offer_ = managed(actor, offer_id)
    found = list(
        BenefitGrant.objects.select_for_update(of=("self",))
        .select_related("honour")
        .filter(pk__in=rows, offer=offer_, state=State.BOOKED)
    )
    if not rows or len(found) != len(set(rows)):
        raise Stale("名单刚刚变了，请刷新后重新勾选。", "The list changed meanwhile.")
    today = timezone.localtime(at).date()
    early = [one.honour.name for one in found if one.on > today]
    if early:
        raise BadInput(f"{'、'.join(early[:5])}预约的日期还没有到。", "Not come yet.", place="勾选")
    fallen = _fallen(found, offer_.benefit)
    if fallen:
        raise Refused(f"{'、'.join(fallen[:5])}在预约当天已不享受这项待遇，请取消预约。", "Not entitled then.")
    BenefitGrant.objects.filter(pk__in=rows).update(
        state=State.GIVEN, by_id=actor.user_id, at=at, version=F("version") + 1
    )
    audit_offer(actor, at, offer_, "benefit.arrived", {"many": len(found), "grants": sorted(rows)[:200]})
    return len(found)


def managed(actor: Actor, offer_id: int) -> ServiceOffer:
    """An offer whose edition's benefits the actor gives. NotFound for what isn't seen, NotAllowed for what only is."""
    found = offers_seen(actor).select_related("edition").filter(pk=offer_id).first()
    if found is None:
        raise NotFound()
    if not union_honours(actor).filter(edition=found.edition_id).exists():
        raise NotAllowed("预约由主办工会办理。", "The union's.")
    return found


def free_seat(offer_id: int) -> None:
    """Somebody doesn't come."""
    ServiceOffer.objects.filter(pk=offer_id, taken__gt=0).update(taken=F("taken") - 1)


def _take_seat(offer_: ServiceOffer) -> None:
    """The database holds the number of places: of two who take the last one, one is told so."""
    if not ServiceOffer.objects.filter(pk=offer_.pk, closed=False, taken__lt=F("seats")).update(taken=F("taken") + 1):
        raise Refused("名额已满或已停止预约。", "Full, or closed.", place=offer_.label)


def _line(honour: Honour, offer_: ServiceOffer, day: date) -> Line:
    """What the booking is of: the first open time of the service, by the rules of that day."""
    mine = entitled([honour], offer_.benefit, day).get(honour.pk)
    if mine is None:
        raise Refused("这项服务不适用于本称号。", "Not for this title.", place=offer_.label)
    lines, why = lines_of(*mine, day, day, None)
    if not lines:
        raise Refused(why, "Not open then.", place=honour.name)
    return lines[0]


def _fallen(booked: list[BenefitGrant], benefit: str) -> list[str]:
    """Those for whom the service ran no more on their day."""
    honours = list(Honour.objects.filter(grants__in=booked).select_related("case__applying_unit"))
    found = []
    for day in sorted({one.on for one in booked}):
        mine = entitled(honours, benefit, day)
        for one in booked:
            entry = mine.get(one.honour_id)
            if one.on == day and (entry is None or stopped(entry[0].terms, entry[1].history, day)):
                found.append(one.honour.name)
    return found


def _bookable(offer_: ServiceOffer, on: date | None, today: date) -> date:
    if offer_.closed or today > offer_.book_by:
        raise Refused("预约已经截止。", "Booking is over.", place=offer_.label)
    if on is None or not max(offer_.first, today) <= on <= offer_.last:
        begin = max(offer_.first, today)
        raise BadInput(
            f"请在 {begin.month}月{begin.day}日至{offer_.last.month}月{offer_.last.day}日之间选一天。",
            "Choose a day within.", place="日期",
        )  # fmt: skip
    return on


def _days(wanted: Wanted, today: date) -> tuple[date, date, date]:
    if wanted.first is None or wanted.last is None:
        raise BadInput("请填写起止日期。", "Give the days.", place="日期")
    if wanted.last < wanted.first or wanted.last < today:
        raise BadInput("结束日期不能早于开始日期，也不能早于今天。", "It ends before it begins.", place="至")
    book_by = wanted.book_by or wanted.last
    if book_by > wanted.last or book_by < today:
        raise BadInput("预约截止日期须在今天以后、结束日期以前。", "Booking ends before.", place="预约截止")
    return wanted.first, wanted.last, book_by


def audit_offer(
    actor: Actor, at: datetime, row: ServiceOffer, action: str, data: dict[str, object], case_id: int | None = None
) -> None:
    """What happened to an offer or with it."""
    append(
        actor=actor, at=at, action=action, kind="offer", key=row.pk, edition_id=row.edition_id, case_id=case_id,
        data={"service": row.label, **data},
    )  # fmt: skip
