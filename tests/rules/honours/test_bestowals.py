"""What a pack promises with an honour, by award and tier."""

from decimal import Decimal

import pytest

from gongjiang.rules.honours.bestowals import amount_of, belonging, owed, preferred
from gongjiang.rules.programmes.schema.stage import Benefit

BENEFITS = tuple(
    Benefit.model_validate(one)
    for one in (
        {"id": "cup", "label": "奖杯", "kind": "honour"},
        {"id": "gold", "label": "金奖奖金", "kind": "once", "award": "star", "tier": "gold", "amount": 9000},
        {"id": "star", "label": "奖金", "kind": "once", "award": "star", "tier": "star", "amount": "$bonus"},
        {"id": "monthly", "label": "津贴", "kind": "monthly", "amount": 650},
        {"id": "ahead", "label": "优先推荐", "kind": "priority", "programme": ["one-up", "two-up"]},
    )
)


def test_by_award_and_tier_in_the_packs_order() -> None:
    gold = belonging(BENEFITS, "star", "gold", lambda _: True)
    assert [one.id for one in gold] == ["cup", "gold", "monthly", "ahead"]
    assert [one.id for one in belonging(BENEFITS, "crew", "", lambda one: one.id != "monthly")] == ["cup", "ahead"]


@pytest.mark.ledger("G-14")
def test_things_and_sums_are_owed_at_once_what_is_paid_by_month_is_not() -> None:
    found = owed(BENEFITS, {"$bonus": 6000, 9000: 9000}.get, trainee=False)
    assert [(one.benefit, one.money, one.amount) for one in found] == [
        ("cup", False, None), ("gold", True, Decimal("9000.00")), ("star", True, Decimal("6000.00")),
    ]  # fmt: skip
    assert [one.benefit for one in owed(BENEFITS, lambda _: 1, trainee=True)] == ["gold", "star"]


@pytest.mark.ledger("G-14")
def test_a_preference_for_each_programme_named() -> None:
    assert [one.programme for one in preferred(BENEFITS)] == ["one-up", "two-up"]


@pytest.mark.parametrize("raw", [None, 0, "0", -5, True, "约五千", float("nan"), float("inf"), 10**12, {"a": 1}])
def test_what_is_no_amount_stays_open(raw: object) -> None:
    assert amount_of(raw) is None


@pytest.mark.ledger("G-14")
def test_a_divided_sum_is_owed_to_each_part_exactly() -> None:
    grant = {"id": "grant", "kind": "once", "to": "studio", "split": {"leader": "20%", "studio": "80%"}}
    whole = Benefit.model_validate({**grant, "amount": 90000})
    assert [(one.to, one.amount) for one in owed((whole,), lambda raw: raw, trainee=False)] == [
        ("leader", Decimal("18000.00")), ("studio", Decimal("72000.00")),
    ]  # fmt: skip
    left_open = Benefit.model_validate(grant)
    assert [(one.to, one.amount) for one in owed((left_open,), lambda raw: raw, trainee=True)] == [
        ("leader", None), ("studio", None),
    ]  # fmt: skip


def test_a_further_award_is_recorded_and_told_and_an_entry_is_told() -> None:
    also = Benefit.model_validate({"id": "also", "kind": "award", "confers": {"programme": "city-medal"}})
    skip = Benefit.model_validate({"id": "skip", "kind": "enter", "programme": "province-star", "at": "final"})
    assert [one.programme for one in preferred((also, skip))] == ["city-medal", "province-star"]
    assert [(one.benefit, one.money) for one in owed((also, skip), lambda raw: raw, trainee=False)] == [("also", False)]
