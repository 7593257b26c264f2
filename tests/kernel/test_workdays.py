"""Periods counted in decreed working days, in days, months and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.workdays import Calendar, FirstDay, UndecreedYear, Unit, add_months, add_years, days_left

CALENDAR = decreed_calendar()
DAYS = st.dates(date(2010, 1, 1), date(2025, 6, 30))
FIRST_DAYS = st.sampled_from(["next", "counts"])


@pytest.mark.ledger("G-11")
def test_five_working_days_from_18_september_2026() -> None:
    next_ = CALENDAR.period(date(2026, 9, 18), 5, "working_day", "next")
    assert next_.days == tuple(date(2026, 9, day) for day in (20, 21, 22, 23, 24))
    assert next_.last == date(2026, 9, 24)
    assert CALENDAR.period(date(2026, 9, 18), 5, "working_day", "counts").last == date(2026, 9, 23)


def test_a_notice_that_spans_a_national_holiday() -> None:
    period = CALENDAR.period(date(2026, 9, 29), 5, "working_day")
    assert period.days == (date(2026, 9, 30), *(date(2026, 10, day) for day in (8, 9, 10, 12)))


def test_posting_on_a_day_off_begins_with_the_next_working_day_either_way() -> None:
    holiday = date(2026, 10, 3)
    assert CALENDAR.period(holiday, 1, "working_day", "counts").first == date(2026, 10, 8)
    assert CALENDAR.period(holiday, 1, "working_day", "next").first == date(2026, 10, 8)


def test_an_undecreed_year_is_refused_and_named() -> None:
    with pytest.raises(UndecreedYear) as caught:
        CALENDAR.period(date(2026, 12, 30), 5, "working_day")
    assert caught.value.year == 2027
    assert "2027年的工作日历尚未载入" in str(caught.value)
    assert "2027" in caught.value.english
    assert CALENDAR.period(date(2026, 12, 30), 5, "calendar_day").last == date(2027, 1, 4)


def test_weekends_of_a_decreed_year_are_off_without_being_listed() -> None:
    calendar = Calendar(frozenset({2030}), holidays=frozenset({date(2030, 1, 1)}), worked=frozenset({date(2030, 1, 5)}))
    days = [day for day in range(1, 13) if calendar.is_working_day(date(2030, 1, day))]
    assert days == [2, 3, 4, 5, 7, 8, 9, 10, 11]


@pytest.mark.parametrize(
    ("start", "length", "unit", "first_day", "first", "last"),
    [
        (date(2026, 3, 2), 5, "calendar_day", "next", date(2026, 3, 3), date(2026, 3, 7)),
        (date(2026, 3, 2), 5, "calendar_day", "counts", date(2026, 3, 2), date(2026, 3, 6)),
        (date(2026, 1, 31), 1, "month", "next", date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 1, 15), 2, "month", "counts", date(2026, 1, 15), date(2026, 3, 14)),
        (date(2024, 2, 29), 2, "year", "next", date(2024, 3, 1), date(2026, 2, 28)),
    ],
)
def test_periods_of_the_calendar(
    start: date, length: int, unit: Unit, first_day: FirstDay, first: date, last: date
) -> None:
    period = Calendar(frozenset()).period(start, length, unit, first_day)
    assert (period.first, period.last) == (first, last)
    assert len(period.days) == (last - first).days + 1


@pytest.mark.parametrize("length", [0, -1, 3661])
def test_a_length_that_makes_no_sense(length: int) -> None:
    with pytest.raises(BadInput, match="期限须在1到3660之间"):
        CALENDAR.period(date(2026, 1, 5), length, "working_day")


def test_days_left_counts_today_while_it_lasts() -> None:
    period = CALENDAR.period(date(2026, 9, 18), 5, "working_day")
    assert [days_left(period, date(2026, 9, day)) for day in (18, 20, 23, 24, 25)] == [5, 5, 2, 1, 0]


def test_years_over_29_february() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_years(date(2026, 6, 30), -4) == date(2022, 6, 30)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)


@given(DAYS, st.integers(1, 30), FIRST_DAYS)
def test_a_period_has_its_length_in_order_and_only_working_days(start: date, length: int, first_day: FirstDay) -> None:
    period = CALENDAR.period(start, length, "working_day", first_day)
    assert len(period.days) == length
    assert list(period.days) == sorted(set(period.days))
    assert all(map(CALENDAR.is_working_day, period.days))
    assert period.first >= start
    inside = (period.first + timedelta(days=i) for i in range((period.last - period.first).days + 1))
    assert sum(map(CALENDAR.is_working_day, inside)) == length


@given(DAYS, st.integers(1, 30))
def test_counting_the_day_of_posting_never_ends_later(start: date, length: int) -> None:
    counts = CALENDAR.period(start, length, "working_day", "counts")
    following = CALENDAR.period(start, length, "working_day", "next")
    assert counts.last <= following.last
    assert (counts.last < following.last) == CALENDAR.is_working_day(start)
