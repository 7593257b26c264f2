"""Services by appointment: places held by the database, days within the offer, who came becomes a grant."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.services.cultivation.kept import AT, Kept
from tests.services.funds.paid import moment, turned

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import BenefitGrant, Honour, Message, ServiceOffer
from gongjiang.services.funds.grant import take_back
from gongjiang.services.funds.offers import Wanted, arrived, book, close, offer
from gongjiang.services.funds.records import record_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIRST, LAST, BY = date(2026, 7, 1), date(2026, 7, 10), date(2026, 6, 28)


def opened(here: Kept, seats: int = 1, benefit: str = "check", by: str = "zhang", **more: Any) -> ServiceOffer:
    days = {"first": FIRST, "last": LAST, "book_by": BY} | more
    wanted = Wanted(here.edition.pk, benefit, "望澜市职工疗养院", seats=seats, **days)
    return offer(actor=here.actor(by), at=AT, wanted=wanted)


def take(here: Kept, one: ServiceOffer, n: int = 0, on: date = FIRST, by: str = "") -> BenefitGrant:
    actor = here.actor(by) if by else here.artisan(n)
    return book(actor=actor, at=AT, honour_id=here.honours[n].pk, offer_id=one.pk, on=on)


@pytest.mark.ledger("M-15")
def test_booked_by_the_artisan_and_given_once_they_came(here: Kept, django_capture_on_commit_callbacks: Any) -> None:
    here.user(0)
    with django_capture_on_commit_callbacks(execute=True):
        one = opened(here)
    assert [told.text for told in Message.objects.filter(user=here.user(0))] == [
        "健康体检可以预约了：望澜市职工疗养院，6月28日前预约。"
    ]
    honour = Honour.objects.select_related("case__applying_unit", "edition").get(pk=here.honours[0].pk)
    assert [found.pk for found in record_of(AT, honour).offers] == [one.pk]
    row = take(here, one)
    found = record_of(AT, honour)
    assert (found.offers, [(a.state, a.on, a.period) for a in found.booked]) == ((), [("booked", FIRST, "y1")])
    with pytest.raises(BadInput):
        arrived(actor=here.actor("zhang"), at=AT, offer_id=one.pk, rows=[row.pk])
    assert arrived(actor=here.actor("zhang"), at=moment(FIRST), offer_id=one.pk, rows=[row.pk]) == 1
    assert BenefitGrant.objects.get(pk=row.pk).state == "given"
    with pytest.raises(Stale):
        arrived(actor=here.actor("zhang"), at=moment(FIRST), offer_id=one.pk, rows=[row.pk])


def test_places_are_held_by_the_database(here: Kept) -> None:
    one = opened(here)
    take(here, one)
    with pytest.raises(Refused):
        take(here, one, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceOffer.objects.filter(pk=one.pk).update(taken=2)
    row = BenefitGrant.objects.get()
    take_back(actor=here.artisan(), at=AT, grant_id=row.pk, version=1, reason="出差")
    take(here, one, 1)
    assert ServiceOffer.objects.get(pk=one.pk).taken == 1


def test_days_outside_and_a_second_booking_are_refused(here: Kept) -> None:
    one = opened(here, 5)
    for on in (date(2026, 6, 30), date(2026, 7, 11)):
        with pytest.raises(BadInput):
            take(here, one, on=on)
    take(here, one)
    with pytest.raises(Refused):
        take(here, one)
    with pytest.raises(Refused, match="没有到期未发的"):
        take(here, opened(here, 5))
    shut = close(actor=here.actor("zhang"), at=AT, offer_id=one.pk, version=1)
    assert shut.closed
    with pytest.raises(Refused, match="截止"):
        take(here, one, 1)
    late = opened(here, benefit="own:recuperation")
    with pytest.raises(Refused, match="截止"):
        book(actor=here.artisan(), at=moment(date(2026, 6, 29)), honour_id=here.honours[0].pk, offer_id=late.pk,
             on=FIRST)  # fmt: skip


def test_a_title_that_fell_meanwhile_gets_nothing(here: Kept) -> None:
    one = opened(here, 5)
    row = take(here, one)
    turned(here.honours[0], date(2026, 6, 30), "trainee", "suspended")
    with pytest.raises(Refused, match="何焊平在预约当天已不享受"):
        arrived(actor=here.actor("zhang"), at=moment(FIRST), offer_id=one.pk, rows=[row.pk])
    turned(here.honours[1], date(2026, 6, 20), "trainee", "revoked")
    with pytest.raises(Refused, match="终止待遇"):
        take(here, one, 1)


def test_who_offers_and_who_books(here: Kept) -> None:
    with pytest.raises(NotFound):
        opened(here, by="wen")
    one = opened(here, 5)
    assert take(here, one, by="lan").payee == "何焊平"
    with pytest.raises(NotAllowed):
        take(here, one, 0, by="wen")
    with pytest.raises(NotFound):
        book(actor=here.artisan(0), at=AT, honour_id=here.honours[1].pk, offer_id=one.pk, on=FIRST)
    with pytest.raises(NotAllowed):
        close(actor=here.actor("lan"), at=AT, offer_id=one.pk, version=1)


def test_offers_that_say_too_little(here: Kept) -> None:
    for wrong in ({"seats": 0}, {"seats": 20_000}, {"first": None}, {"last": date(2026, 6, 30)},
                  {"book_by": date(2026, 7, 11)}, {"benefit": "allowance"}, {"book_by": date(2026, 6, 1)}):  # fmt: skip
        with pytest.raises(BadInput):
            opened(here, **wrong)
