"""Derived fields: computed from rows where they are there, exactly; else what was typed in stands."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.rules.programmes.small_world import FALSE, UNKNOWN, WORDS, facts, truth_of

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.derived import derive, fill_derived
from gongjiang.rules.programmes.facts import Facts, rows_of
from gongjiang.rules.programmes.vocabulary import FieldSpec

TRADE = FieldSpec("trade_years", type="number", derived="years_in_resume_where_in_trade")
SITE = FieldSpec("site_years", type="number", derived="years_in_resume_where_on_site")
CITY = FieldSpec("city_years", type="number", derived="years_in_resume_where_region", args={"region": "南宁市"})
AGE = FieldSpec("age", type="int", derived="full_years_since_birth")


def resume(*rows: dict[str, Any]) -> Facts:
    """Facts with résumé rows, counted on 2026-06-30."""
    return replace(facts(), rows={"resume": rows_of("resume", rows)}, as_of=date(2026, 6, 30))


def test_years_are_counted_once_and_only_in_rows_that_count() -> None:
    known = resume(
        {"from": "2003.8", "to": "2010.3", "in_trade": True, "region": "广西南宁市"},
        {"from": "2010.3", "to": "", "in_trade": True, "region": "柳州市"},
        {"from": "1999.9", "to": "2003.7", "in_trade": False, "region": "南宁市"},
    )
    assert derive(TRADE, known) == Interval.point(Fraction(22 * 12 + 10, 12))
    assert derive(CITY, known) == Interval.point(Fraction(126, 12))


def test_a_row_that_may_count_gives_an_interval() -> None:
    known = resume({"from": "2016.6", "to": "2021.6", "on_site": True}, {"from": "2021.6"})
    assert derive(SITE, known) == Interval(Fraction(5), Fraction(10))


def test_without_rows_what_was_typed_in_stands() -> None:
    assert derive(TRADE, resume()) is None
    assert derive(TRADE, resume({"from": "2016.6", "org": "甲厂"})) is None
    assert derive(TRADE, resume({"from": "二〇一六年", "in_trade": True})) is None
    typed = replace(WORDS, fields={"years": replace(TRADE, id="years")})
    assert fill_derived(Facts(typed, {"years": 7}, as_of=date(2026, 6, 30))).subject == {"years": 7}


def test_a_typed_value_stands_where_the_rows_leave_a_range_that_holds_it() -> None:
    words = replace(WORDS, fields={"years": replace(SITE, id="years")})
    rows = resume({"from": "2016.6", "to": "2021.6", "on_site": True}, {"from": "2021.6"})

    def computed(typed: Any) -> Any:
        return fill_derived(replace(rows, words=words, subject={"years": typed})).subject["years"]

    assert computed(7) == 7
    assert computed(12) == computed("") == Interval(Fraction(5), Fraction(10))


def test_age_in_full_years_two_in_the_month_of_birth() -> None:
    assert derive(AGE, facts({"birth": "1986-05"})) == Interval.point(45)
    assert derive(AGE, facts({"birth": "1986-09"})) == Interval(Fraction(44), Fraction(45))
    assert derive(AGE, facts({"birth": date(1986, 9, 30)})) == Interval.point(45)
    assert derive(AGE, facts()) is None
    assert derive(AGE, facts({"birth": "不详"})) is None


def test_a_computed_value_is_what_conditions_read() -> None:
    known = fill_derived(facts({"birth": "1986-09", "age": 30}))
    assert truth_of({"field": "age", "at_most": 44}, known) is UNKNOWN
    assert truth_of({"field": "age", "at_most": 43}, known) is FALSE


POSTED = FieldSpec("posting_days", type="int", derived="days_from_to", args={"from": "posted_from", "to": "posted_to"})


@pytest.mark.ledger("J-06")
@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-07-01", "2026-07-05", Interval.point(Fraction(5))),
        ("2026-07-01", "2026-07-04", Interval.point(Fraction(4))),
        ("2026-07-01", "2026-07-01", Interval.point(Fraction(1))),
        ("2026-07-05", "2026-07-01", Interval.point(Fraction(0))),
        ("2026-07-01", "", None),
    ],
)
def test_days_of_a_notice_count_both_ends(since: str, until: str, days: Interval | None) -> None:
    known = replace(facts(), subject={"posted_from": since, "posted_to": until})
    assert derive(POSTED, known) == days
