"""Months and years that are due: 650 a month until the end of the term, stopped and resumed (mechanisms 11)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.funds.periods import Rhythm, anniversary, due, stopped
from gongjiang.rules.honours.standing import Standing as S
from gongjiang.rules.honours.terms import TERM_END, History, Terms, Turn

BEGUN = date(2031, 3, 20)
ALLOWANCE = Terms(until=TERM_END, stops_on=frozenset({"suspend", "revoke"}))


def keys(rhythm: Rhythm, history: History, today: date, terms: Terms = ALLOWANCE, times: int = 1) -> list[str]:
    return [f"{one.key}.{one.slot}" if times > 1 else one.key for one in due(rhythm, times, terms, history, today)]


def test_the_month_of_the_naming_counts_and_so_does_the_month_that_the_term_ends_in() -> None:
    here = History(BEGUN, S.STANDS, date(2031, 6, 19))
    assert keys(Rhythm.MONTHLY, here, date(2031, 3, 19)) == []
    assert keys(Rhythm.MONTHLY, here, BEGUN) == ["2031-03"]
    assert keys(Rhythm.MONTHLY, here, date(2031, 4, 30)) == ["2031-03", "2031-04"]
    assert keys(Rhythm.MONTHLY, here, date(2040, 1, 1)) == ["2031-03", "2031-04", "2031-05", "2031-06"]


def test_a_suspension_stops_and_resumes_from_the_next_month_on() -> None:
    turns = (Turn(date(2031, 5, 10), S.STANDS, S.SUSPENDED), Turn(date(2031, 7, 4), S.SUSPENDED, S.STANDS))
    here = History(BEGUN, S.STANDS, None, turns)
    assert keys(Rhythm.MONTHLY, here, date(2031, 8, 1)) == ["2031-03", "2031-04", "2031-05", "2031-08"]


@pytest.mark.ledger("M-15")
def test_after_a_withdrawal_nothing_is_due_but_the_month_begun_before() -> None:
    here = History(BEGUN, S.REVOKED, None, (Turn(date(2031, 5, 10), S.STANDS, S.REVOKED),))
    assert keys(Rhythm.MONTHLY, here, date(2035, 1, 1)) == ["2031-03", "2031-04", "2031-05"]
    on_the_first = History(BEGUN, S.REVOKED, None, (Turn(date(2031, 5, 1), S.STANDS, S.REVOKED),))
    assert keys(Rhythm.MONTHLY, on_the_first, date(2035, 1, 1)) == ["2031-03", "2031-04"]


def test_years_count_from_the_naming() -> None:
    here = History(BEGUN, S.STANDS, date(2034, 3, 19))
    assert keys(Rhythm.YEARLY, here, date(2033, 3, 19)) == ["y1", "y2"]
    assert keys(Rhythm.YEARLY, here, date(2040, 1, 1)) == ["y1", "y2", "y3"]
    twice = keys(Rhythm.YEARLY, here, date(2032, 3, 20), times=2)
    assert twice == ["y1.1", "y1.2", "y2.1", "y2.2"]
    [first] = due(Rhythm.YEARLY, 1, ALLOWANCE, History(date(2031, 10, 1), S.STANDS), date(2031, 12, 1))
    assert first.label == "第1年（2031年10月至2032年9月）"


def test_a_leap_day_comes_round_on_the_first_of_march() -> None:
    assert [anniversary(date(2028, 2, 29), n) for n in (1, 4)] == [date(2029, 3, 1), date(2032, 2, 29)]


def test_as_needed_is_never_due() -> None:
    assert due(Rhythm.NEEDED, 1, ALLOWANCE, History(BEGUN, S.STANDS), date(2040, 1, 1)) == ()


def test_why_nothing_more_is_given() -> None:
    on, today = date(2031, 5, 10), date(2031, 6, 1)
    assert stopped(ALLOWANCE, History(BEGUN, S.STANDS), today) == ""
    for standing, word in ((S.SUSPENDED, "称号暂停，停发"), (S.REVOKED, "称号已撤销，终止待遇")):
        assert stopped(ALLOWANCE, History(BEGUN, standing, None, (Turn(on, S.STANDS, standing),)), today) == word
    assert stopped(ALLOWANCE, History(BEGUN, S.STANDS, date(2031, 5, 31)), today) == "已到2031年5月31日止"
    assert stopped(Terms(since=S.STANDS), History(BEGUN, S.TRAINEE), today) == "考核合格、正式命名后享受"
    assert stopped(ALLOWANCE, History(BEGUN, S.STANDS), date(2031, 1, 1)) == "还没有命名"


@given(st.data())
def test_nothing_that_was_due_stops_being_due_as_time_goes_on(data: st.DataObject) -> None:
    """Standings changing at random: what is due grows by day, and no month is due twice."""
    held, turns, day = S.STANDS, [], BEGUN
    for gap in data.draw(st.lists(st.integers(1, 90), max_size=6)):
        day += timedelta(days=gap)
        after = S.SUSPENDED if held is S.STANDS else S.STANDS
        turns.append(Turn(day, held, after))
        held = after
    here = History(BEGUN, held, data.draw(st.none() | st.just(date(2032, 1, 15))), tuple(turns))
    today = BEGUN + timedelta(days=data.draw(st.integers(-5, 700)))
    before, later = keys(Rhythm.MONTHLY, here, today), keys(Rhythm.MONTHLY, here, today + timedelta(days=40))
    assert later[: len(before)] == before
    assert len(set(later)) == len(later)
