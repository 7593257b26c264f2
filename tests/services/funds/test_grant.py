"""Benefits given: who is due what, lists shown first, sums exact, nothing after the title is gone."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.services.cultivation.kept import AT, Kept
from tests.services.funds.paid import moment, turned

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Stale
from gongjiang.models import BenefitGrant, Entry, Honour
from gongjiang.services.funds.board import board
from gongjiang.services.funds.grant import grant, take_back
from gongjiang.services.funds.plan import Asked, Plan, plan_grants
from gongjiang.services.funds.records import record_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2026, 6, 20)


def asked(here: Kept, benefit: str, which: list[int] | None = None, **more: Any) -> Asked:
    honours = [here.honours[n].pk for n in (which or [0])]
    return Asked(benefit, honours, more.pop("on", DAY), **more)


def give(here: Kept, wanted: Asked, by: str = "yan", seal: str | None = None) -> list[BenefitGrant]:
    plan = plan_grants(here.actor(by), AT, wanted)
    return grant(actor=here.actor(by), at=AT, asked=wanted, seal=plan.seal if seal is None else seal)


def said(plan: Plan) -> list[tuple[str, str, str | None]]:
    return [(one.payee, one.label, None if one.amount is None else str(one.amount)) for one in plan.lines]


@pytest.mark.ledger("M-15")
def test_the_allowance_is_listed_by_month_then_given_as_listed(here: Kept) -> None:
    wanted = asked(here, "allowance", [0, 1], through=date(2026, 2, 28))
    plan = plan_grants(here.actor("yan"), AT, wanted)
    assert said(plan) == [
        ("何焊平", "2026年1月", "650.00"), ("何焊平", "2026年2月", "650.00"),
        ("岑铸山", "2026年1月", "650.00"), ("岑铸山", "2026年2月", "650.00"),
    ]  # fmt: skip
    assert (plan.total, plan.without) == (Decimal("2600.00"), ())
    made = give(here, wanted)
    assert [(one.state, one.period, one.on) for one in made[:2]] == [
        ("given", "2026-01", DAY), ("given", "2026-02", DAY),
    ]  # fmt: skip
    entry = json.loads(Entry.objects.get(action="benefit.grant").body)["data"]
    assert (entry["many"], entry["amount"]) == (4, "2600.00")
    again = plan_grants(here.actor("yan"), AT, asked(here, "allowance"))
    assert [one.period for one in again.lines] == ["2026-03", "2026-04", "2026-05", "2026-06"]


def test_a_list_that_changed_since_it_was_shown_is_shown_again(here: Kept) -> None:
    wanted = asked(here, "allowance", through=date(2026, 2, 28))
    seal = plan_grants(here.actor("yan"), AT, wanted).seal
    give(here, asked(here, "allowance", through=date(2026, 1, 31)))
    with pytest.raises(Stale):
        give(here, wanted, seal=seal)


def test_a_month_is_impossible_twice_in_the_database_too(here: Kept) -> None:
    [one] = give(here, asked(here, "allowance", through=date(2026, 1, 31)))
    with pytest.raises(IntegrityError), transaction.atomic():
        one.pk = None
        one.save(force_insert=True)


def test_a_divided_sum_goes_to_each_part_exactly(here: Kept) -> None:
    made = give(here, asked(here, "studio_fund"))
    assert [(one.part, one.payee, one.amount) for one in made] == [
        ("leader", "何焊平", Decimal("200.00")), ("studio", "何焊平工作室", Decimal("800.01")),
    ]  # fmt: skip


@pytest.mark.ledger("M-15")
def test_after_a_withdrawal_only_what_had_begun_is_paid_and_no_service_given(here: Kept) -> None:
    turned(here.honours[0], date(2026, 3, 5), "trainee", "revoked")
    plan = plan_grants(here.actor("yan"), AT, asked(here, "allowance"))
    assert [one.period for one in plan.lines] == ["2026-01", "2026-02", "2026-03"]
    for benefit in ("check", "visits", "own:visit"):
        found = plan_grants(here.actor("yan"), AT, asked(here, benefit))
        assert (found.lines, found.without) == ((), (("何焊平", "称号已撤销，终止待遇"),))
        with pytest.raises(BadInput):
            give(here, asked(here, benefit))


def test_a_service_is_given_once_a_year_and_what_has_no_rhythm_any_time(here: Kept) -> None:
    [check] = give(here, asked(here, "check"))
    assert (check.period, check.amount) == ("y1", Decimal("800.00"))
    assert plan_grants(here.actor("yan"), AT, asked(here, "check")).without == (("何焊平", "没有到期未发的"),)
    slots = [give(here, asked(here, "visits"))[0].slot for _ in range(2)]
    assert slots == [1, 2]
    taken = BenefitGrant.objects.get(benefit="visits", slot=1)
    take_back(actor=here.actor("yan"), at=AT, grant_id=taken.pk, version=1, reason="记错了人")
    assert give(here, asked(here, "visits"))[0].slot == 3


def test_sums_that_the_notice_fixes_or_leaves_open(here: Kept) -> None:
    for benefit, amount in (("allowance", 600), ("check", 801), ("own:bonus", None), ("own:bonus", 0)):
        with pytest.raises(BadInput):
            plan_grants(here.actor("yan"), AT, asked(here, benefit, amount=amount and Decimal(amount)))
    assert said(plan_grants(here.actor("yan"), AT, asked(here, "check", amount=Decimal(700)))) == [
        ("何焊平", "第1年（2026年1月至2027年1月）", "700")
    ]
    assert said(plan_grants(here.actor("yan"), AT, asked(here, "visits"))) == [("何焊平", "", None)]


def test_what_is_for_artisans_waits_until_they_are(here: Kept) -> None:
    found = plan_grants(here.actor("yan"), AT, asked(here, "open_sum", amount=Decimal(5000)))
    assert found.without == (("何焊平", "考核合格、正式命名后享受"),)
    turned(here.honours[0], date(2026, 6, 1), "trainee", "stands")
    assert said(plan_grants(here.actor("yan"), AT, asked(here, "open_sum", amount=Decimal(5000)))) == [
        ("何焊平", "第1年（2026年6月至2027年5月）", "5000")
    ]


def test_days_before_the_naming_or_ahead_and_nobody_are_refused(here: Kept) -> None:
    for wanted in (asked(here, "visits", on=date(2026, 1, 9)), asked(here, "visits", on=date(2026, 6, 25)),
                   Asked("visits", [], DAY), asked(here, "nothing")):  # fmt: skip
        with pytest.raises(BadInput):
            plan_grants(here.actor("yan"), AT, wanted)


def test_who_gives_what(here: Kept) -> None:
    """The union gives what is promised, those who look after somebody what is theirs to add, others see nothing."""
    give(here, asked(here, "visits"), by="zhang")
    for by in ("lan", "wen"):
        with pytest.raises(NotAllowed):
            plan_grants(here.actor(by), AT, asked(here, "visits"))
        assert give(here, asked(here, "own:visit"), by=by)[0].label == "走访慰问"
    with pytest.raises(NotFound):
        plan_grants(here.actor("yuan"), AT, asked(here, "own:visit"))
    with pytest.raises(NotAllowed):
        plan_grants(here.artisan(), AT, asked(here, "own:visit"))


def test_a_mistake_is_taken_back_with_a_reason_and_may_be_given_again(here: Kept) -> None:
    [one] = give(here, asked(here, "check"))
    boss = here.actor("yan")
    with pytest.raises(BadInput):
        take_back(actor=boss, at=AT, grant_id=one.pk, version=1, reason=" ")
    with pytest.raises(NotAllowed):
        take_back(actor=here.actor("lan"), at=AT, grant_id=one.pk, version=1, reason="错")
    with pytest.raises(NotFound):
        take_back(actor=here.actor("yuan"), at=AT, grant_id=one.pk, version=1, reason="错")
    done = take_back(actor=boss, at=AT, grant_id=one.pk, version=1, reason="日期记错")
    assert (done.state, done.reason) == ("undone", "日期记错")
    with pytest.raises(Stale):
        take_back(actor=boss, at=AT, grant_id=one.pk, version=1, reason="日期记错")
    assert give(here, asked(here, "check"))[0].period == "y1"


def test_the_board_counts_what_is_open(here: Kept) -> None:
    found = board(here.actor("yan"), AT, benefit="allowance")
    assert [(one.honour.name, len(one.open)) for one in found.rows] == [("何焊平", 6), ("岑铸山", 6), ("丁砺锋", 6)]
    assert (found.many, found.waiting, found.periods) == (3, 3, 18)
    give(here, asked(here, "allowance", [0]))
    left = board(here.actor("yan"), AT, benefit="allowance")
    assert [one.honour.name for one in left.rows] == ["岑铸山", "丁砺锋"]
    every = board(here.actor("yan"), AT, benefit="allowance", left=False, text="何")
    assert [(one.honour.name, one.given, one.last) for one in every.rows] == [("何焊平", 6, DAY)]
    assert [one.id for one in found.choices[:5]] == ["allowance", "studio_fund", "check", "visits", "open_sum"]
    own = board(here.actor("lan"), AT, benefit="own:visit")
    assert sorted(one.honour.name for one in own.rows) == ["何焊平", "岑铸山"]
    with pytest.raises(NotFound):
        board(here.actor("yuan"), AT, edition_id=here.edition.pk)


def test_the_record_of_one_artisan(here: Kept) -> None:
    give(here, asked(here, "allowance", through=date(2026, 4, 30)))
    honour = Honour.objects.select_related("case__applying_unit", "edition").get(pk=here.honours[0].pk)
    found = {one.entitlement.id: one for one in record_of(AT, honour).benefits}
    assert (found["allowance"].done, found["allowance"].open, found["allowance"].last) == (4, 2, DAY)
    assert (found["check"].done, found["check"].open, found["visits"].open) == (0, 1, 0)
    assert found["open_sum"].stopped == "考核合格、正式命名后享受"
    assert record_of(moment(date(2028, 2, 1)), honour).benefits[0].stopped == "已到2028年1月9日止"


def test_as_many_queries_for_many_as_for_one(here: Kept, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(9):
        plan_grants(here.actor("yan"), AT, asked(here, "allowance", [0]))
    with django_assert_num_queries(9):
        plan_grants(here.actor("yan"), AT, asked(here, "allowance", [0, 1, 2]))
