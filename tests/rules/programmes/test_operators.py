"""Every operator on values for which it is true, false and unknown."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.rules.programmes.small_world import FALSE, TRUE, UNKNOWN, facts, truth_of

from gongjiang.kernel.truth import Truth

CASES: list[tuple[dict[str, Any], dict[str, Any], Truth]] = [
    # is, is_not
    ({"field": "gender", "is": "女"}, {"gender": "女"}, TRUE),
    ({"field": "gender", "is": "女"}, {"gender": "男"}, FALSE),
    ({"field": "gender", "is": "女"}, {}, UNKNOWN),
    ({"field": "gender", "is_not": "女"}, {"gender": "男"}, TRUE),
    ({"field": "gender", "is_not": "女"}, {"gender": "女"}, FALSE),
    ({"field": "gender", "is_not": "女"}, {}, UNKNOWN),
    ({"field": "member", "is": True}, {"member": "是"}, TRUE),
    ({"field": "member", "is": "yes"}, {"member": False}, FALSE),
    ({"field": "years", "is": 5}, {"years": "5.0"}, TRUE),
    ({"field": "years", "is": 5}, {"years": Decimal("4.99")}, FALSE),
    # codes match what lies in them; a wider word leaves it open
    ({"field": "owner", "is": "非公有制"}, {"owner": "民营企业"}, TRUE),
    ({"field": "owner", "is": "民营企业"}, {"owner": "外资企业"}, FALSE),
    ({"field": "owner", "is": "民营企业"}, {"owner": "非公有制"}, UNKNOWN),
    # in, not_in
    ({"field": "owner", "in": ["公有制", "外资企业"]}, {"owner": "外资企业"}, TRUE),
    ({"field": "owner", "in": ["公有制", "外资企业"]}, {"owner": "民营企业"}, FALSE),
    ({"field": "owner", "in": ["公有制", "外资企业"]}, {}, UNKNOWN),
    ({"field": "owner", "not_in": ["非公有制"]}, {"owner": "公有制"}, TRUE),
    ({"field": "owner", "not_in": ["非公有制"]}, {"owner": "民营企业"}, FALSE),
    ({"field": "owner", "not_in": ["非公有制"]}, {}, UNKNOWN),
    ({"field": "trade", "in": "$trades"}, {"trade": "焊工"}, TRUE),
    ({"field": "trade", "in": "$trades"}, {"trade": "钳工"}, FALSE),
    ({"field": "trade", "in": "$open"}, {"trade": "钳工"}, UNKNOWN),
    # bounds: 以上、以内 include, 超过、不满 exclude
    ({"field": "years", "at_least": 5}, {"years": 5}, TRUE),
    ({"field": "years", "at_least": 5}, {"years": 4.99}, FALSE),
    ({"field": "years", "at_least": 5}, {}, UNKNOWN),
    ({"field": "years", "at_most": 5}, {"years": 5}, TRUE),
    ({"field": "years", "at_most": 5}, {"years": "5.000000000000000001"}, FALSE),
    ({"field": "years", "at_most": 5}, {}, UNKNOWN),
    ({"field": "years", "above": 5}, {"years": 5.01}, TRUE),
    ({"field": "years", "above": 5}, {"years": 5}, FALSE),
    ({"field": "years", "above": 5}, {}, UNKNOWN),
    ({"field": "years", "below": 5}, {"years": 4}, TRUE),
    ({"field": "years", "below": 5}, {"years": 5}, FALSE),
    ({"field": "years", "below": 5}, {}, UNKNOWN),
    ({"field": "years", "at_least": "$min_years"}, {"years": 5}, TRUE),
    ({"field": "years", "at_least": "$open"}, {"years": 5}, UNKNOWN),
    ({"field": "level", "at_least": "技师"}, {"level": "高级技师"}, TRUE),
    ({"field": "level", "at_least": "技师"}, {"level": "高级工"}, FALSE),
    ({"field": "level", "above": "技师"}, {"level": "技师"}, FALSE),
    ({"field": "level", "at_most": "技师"}, {"level": "初级工"}, TRUE),
    ({"field": "level", "at_least": "技师"}, {"level": "大师"}, UNKNOWN),
    ({"field": "birth", "at_least": "1990-01"}, {"birth": "1990.1"}, TRUE),
    ({"field": "birth", "below": "1990-01"}, {"birth": "1989年12月"}, TRUE),
    # a number that is none is unknown, never guessed
    ({"field": "years", "at_least": 5}, {"years": "NaN"}, UNKNOWN),
    ({"field": "years", "at_least": 5}, {"years": float("inf")}, UNKNOWN),
    ({"field": "years", "at_least": 5}, {"years": "五年"}, UNKNOWN),
    ({"field": "years", "at_least": 5}, {"years": True}, UNKNOWN),
    # filled
    ({"field": "craft", "filled": True}, {"craft": "坭兴陶"}, TRUE),
    ({"field": "craft", "filled": True}, {"craft": "  "}, FALSE),
    ({"field": "craft", "filled": False}, {}, TRUE),
    ({"field": "skills", "filled": True}, {"skills": ["unique"]}, TRUE),
    ({"field": "skills", "filled": True}, {"skills": []}, FALSE),
    # same_as, differs_from
    ({"field": "trade", "same_as": "craft"}, {"trade": "焊工", "craft": "焊工"}, TRUE),
    ({"field": "trade", "same_as": "craft"}, {"trade": "焊工", "craft": "车工"}, FALSE),
    ({"field": "trade", "same_as": "craft"}, {"trade": "焊工"}, UNKNOWN),
    ({"field": "trade", "differs_from": "craft"}, {"trade": "焊工", "craft": "车工"}, TRUE),
    ({"field": "trade", "differs_from": "craft"}, {"trade": "焊工", "craft": "焊工"}, FALSE),
    ({"field": "trade", "differs_from": "craft"}, {"craft": "焊工"}, UNKNOWN),
    # not_before, later_than: a month lies on either side of its days
    ({"field": "hired", "not_before": "birth"}, {"hired": "2027-06-30", "birth": "2027-06"}, TRUE),
    ({"field": "hired", "not_before": "birth"}, {"hired": "2027-06-10", "birth": "2027-06"}, UNKNOWN),
    ({"field": "hired", "not_before": "birth"}, {"hired": "2027-05-31", "birth": "2027-06"}, FALSE),
    ({"field": "hired", "later_than": "birth"}, {"hired": "2027-07-01", "birth": "2027-06"}, TRUE),
    ({"field": "hired", "later_than": "birth"}, {"hired": "2027-06-30", "birth": "2027-06"}, UNKNOWN),
    ({"field": "hired", "later_than": "birth"}, {"hired": "2027-06-01", "birth": "2027-06"}, FALSE),
    ({"field": "hired", "not_before": "birth"}, {"hired": "2027-06-01"}, UNKNOWN),
    # within: as of 2031-09-30, four years begin on 2027-10-01
    ({"field": "hired", "within": {"years": 4}}, {"hired": date(2027, 10, 1)}, TRUE),
    ({"field": "hired", "within": {"years": 4}}, {"hired": "2027-09-30"}, FALSE),
    ({"field": "hired", "within": {"years": 4}}, {"hired": date(2031, 10, 1)}, FALSE),
    ({"field": "hired", "within": {"years": 4}}, {}, UNKNOWN),
    ({"field": "birth", "within": {"from": date(2000, 1, 15), "to": date(2000, 3, 31)}}, {"birth": "2000-02"}, TRUE),
    ({"field": "birth", "within": {"from": date(2000, 1, 15)}}, {"birth": "2000-01"}, UNKNOWN),
    ({"field": "birth", "within": {"to": date(2000, 1, 15)}}, {"birth": "2000-02"}, FALSE),
    ({"field": "hired", "within": {"years": "$open"}}, {"hired": date(2031, 1, 1)}, UNKNOWN),
    # boxes
    ({"field": "skills", "is": "unique"}, {"skills": ["unique"]}, TRUE),
    ({"field": "skills", "is": "other"}, {"skills": ["unique"]}, FALSE),
    ({"field": "skills", "in": ["unique", "other"]}, {"skills": ["other"]}, TRUE),
    ({"field": "standing", "is_not": "china"}, {"standing": "world"}, TRUE),
]


@pytest.mark.parametrize(("raw", "subject", "expected"), CASES, ids=lambda one: str(one)[:60])
def test_operator(raw: dict[str, Any], subject: dict[str, Any], expected: Truth) -> None:
    assert truth_of(raw, facts(subject)) is expected


def test_a_window_without_a_day_to_count_from_is_unknown() -> None:
    known = facts({"hired": date(2031, 1, 1)}, as_of=None)
    assert truth_of({"field": "hired", "within": {"years": 4}}, known) is UNKNOWN


def test_a_window_from_the_29th_of_february() -> None:
    leap = {"as_of": date(2028, 2, 29)}
    assert truth_of({"field": "hired", "within": {"years": 1}}, facts({"hired": date(2027, 2, 28)}, **leap)) is FALSE
    assert truth_of({"field": "hired", "within": {"years": 1}}, facts({"hired": date(2027, 3, 1)}, **leap)) is TRUE


@pytest.mark.parametrize(
    ("owner", "route", "years", "expected"),
    [
        ("民营企业", "推荐", 5, TRUE),
        ("民营企业", "推荐", 4, FALSE),
        ("民营企业", "自荐", 4, TRUE),
        ("公有制", "自荐", 40, FALSE),
        (None, "自荐", 40, UNKNOWN),
    ],
)
def test_a_lookup_with_two_keys_takes_the_nearest_wider_row(
    owner: str | None, route: str, years: int, expected: Truth
) -> None:
    known = facts({"owner": owner, "years": years}, case={"route": route})
    assert truth_of({"field": "years", "at_least": {"lookup": "by_owner"}}, known) is expected
