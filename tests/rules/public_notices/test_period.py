"""The clock of a notice belongs to a person's entry."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.kernel.workdays import UndecreedYear
from gongjiang.rules.public_notices.period import (
    BEIJING,
    EntryNotice,
    NoticeState,
    NoticeTerms,
    Posted,
    carry_over,
    may_confer,
)

CALENDAR = decreed_calendar()
FIVE = NoticeTerms(5)
POSTED = date(2026, 9, 18)


@pytest.mark.ledger("G-11")
def test_five_working_days() -> None:
    assert FIVE.text() == "5个工作日（公示当日不计）"
    assert EntryNotice.of(POSTED, FIVE, CALENDAR).last == date(2026, 9, 24)
    counted = NoticeTerms(5, first_day="counts")
    assert counted.text() == "5个工作日（公示当日计入）"
    assert EntryNotice.of(POSTED, counted, CALENDAR).last == date(2026, 9, 23)


@pytest.mark.ledger("J-06")
def test_five_calendar_days() -> None:
    notice = EntryNotice.of(POSTED, NoticeTerms(5, "calendar_day"), CALENDAR)
    assert notice.last == date(2026, 9, 23)


def test_state_and_days_left() -> None:
    notice = EntryNotice.of(POSTED, FIVE, CALENDAR)
    days = [date(2026, 9, day) for day in (17, 18, 24, 25)]
    assert [notice.state(day).name for day in days] == ["WAITING", "OPEN", "OPEN", "OVER"]
    assert [notice.days_left(day) for day in days] == [5, 5, 1, 0]


def test_an_objection_in_the_last_second() -> None:
    notice = EntryNotice.of(POSTED, FIVE, CALENDAR)
    last = datetime(2026, 9, 24, 23, 59, 59, 999_999, BEIJING)
    assert notice.closes_at == datetime(2026, 9, 25, tzinfo=BEIJING)
    assert notice.takes_objection(last)
    assert notice.takes_objection(last.astimezone(UTC))
    assert not notice.takes_objection(last + timedelta(microseconds=1))
    assert not notice.takes_objection(datetime(2026, 9, 17, 23, 59, tzinfo=BEIJING))


def test_a_year_not_yet_decreed() -> None:
    with pytest.raises(UndecreedYear, match="2027年"):
        EntryNotice.of(date(2026, 12, 28), FIVE, CALENDAR)


def test_clocks_after_a_change() -> None:
    before = {"何": Posted("a", POSTED), "岑": Posted("b", POSTED), "温": Posted("c", POSTED)}
    later = date(2026, 9, 22)
    after = carry_over(before, {"何": "a", "岑": "changed", "新": "d"}, later)
    assert after == {"何": Posted("a", POSTED), "岑": Posted("changed", later), "新": Posted("d", later)}


PAGES = st.dictionaries(st.integers(0, 9), st.sampled_from("abc"))


@given(PAGES, PAGES)
def test_striking_restarts_nobody_and_nothing_is_lost(old: dict[int, str], new: dict[int, str]) -> None:
    posted = carry_over({}, old, POSTED)
    later = POSTED + timedelta(days=3)
    after = carry_over(posted, new, later)
    assert after.keys() == new.keys()
    for key, one in after.items():
        assert one.since == (POSTED if old.get(key) == new[key] else later)


@pytest.mark.ledger("N-12")
def test_nobody_is_named_before_the_end_or_over_an_open_objection() -> None:
    notice = EntryNotice.of(POSTED, FIVE, CALENDAR)
    assert not may_confer(None, POSTED, 0).allowed
    assert may_confer(notice, date(2026, 9, 24), 0).reasons[0].text == "公示到2026年9月24日止，期满后才能命名。"
    assert may_confer(notice, date(2026, 9, 25), 0).allowed
    assert may_confer(notice, date(2026, 9, 25), 2).reasons[0].text == "还有2件已受理的异议没有办结，办结后才能命名。"
    assert len(may_confer(notice, date(2026, 9, 24), 1).reasons) == 2
    assert notice.state(date(2026, 9, 25)) is NoticeState.OVER
