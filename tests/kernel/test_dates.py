"""Months and dates as forms and Excel cells hold them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.dates import (
    Month,
    full_years,
    full_years_bounds,
    iso_day,
    long_date,
    parse_month,
    parse_until,
)
from gongjiang.kernel.errors import BadInput

MONTHS = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))


@pytest.mark.ledger("N-15")
@pytest.mark.parametrize(
    "written",
    [
        "1980.6", "1980.06", "1980年6月", "1980-06", "1980/6", "198006", "１９８０．６", " 1980 年 6 月 ", "1980.6.15",
        "1980-06-15", "19800615", "1980年6月15日", "1980-06-15 00:00:00", 1980.6, 198006, 198006.0, date(1980, 6, 15),
        datetime(1980, 6, 15), Month(1980, 6),
    ],
)  # fmt: skip
def test_ways_to_write_june_1980(written: str | float | date | Month) -> None:
    assert parse_month(written) == Month(1980, 6)


def test_october_in_text_and_in_a_figure() -> None:
    assert parse_month("1980.10") == Month(1980, 10)
    assert parse_month("1980.1") == Month(1980, 1)
    assert parse_month(1980.12) == Month(1980, 12)
    assert parse_month(1980.01) == Month(1980, 1)
    with pytest.raises(BadInput) as caught:
        parse_month(1980.1, place="D5")
    assert "分不清1980年1月和1980年10月" in caught.value.text
    assert caught.value.place == "D5"


@pytest.mark.parametrize(
    "bad", ["", "1980", "80.6", "1980.13", "1980.0", "1880.6", "6月", "至今", "1980.2.30", "abc", 29374]
)
def test_no_month(bad: str | int) -> None:
    with pytest.raises(BadInput):
        parse_month(bad)


@pytest.mark.parametrize("written", ["至今", " 至今 ", "今", "现在", "", "  ", None])
def test_until_now(written: str | None) -> None:
    assert parse_until(written) is None


def test_until_a_month() -> None:
    assert parse_until("2020.9") == Month(2020, 9)
    with pytest.raises(BadInput):
        parse_until("以后")


def test_ways_to_print() -> None:
    assert long_date(date(2026, 6, 24)) == "2026年6月24日"
    month = Month(1980, 6)
    assert (month.dotted(), month.chinese(), month.iso()) == ("1980.6", "1980年6月", "1980-06")


@given(MONTHS)
def test_what_is_printed_can_be_read(month: Month) -> None:
    assert parse_month(month.dotted()) == parse_month(month.chinese()) == parse_month(month.iso()) == month


@given(MONTHS, st.integers(-600, 600))
def test_months_add_and_subtract(month: Month, months: int) -> None:
    later = month.plus(months)
    assert later.index - month.index == months
    assert later.plus(-months) == month
    assert (later > month) == (months > 0)


@pytest.mark.parametrize(
    ("start", "on", "years"),
    [
        (date(1980, 6, 30), date(2026, 6, 29), 45),
        (date(1980, 6, 30), date(2026, 6, 30), 46),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2030, 1, 1), date(2026, 3, 1), 0),
    ],
)
def test_age_on_the_day(start: date, on: date, years: int) -> None:
    assert full_years(start, on) == years


def test_age_by_month_is_open_in_the_month_itself() -> None:
    born = Month(1980, 6)
    assert full_years_bounds(born, date(2026, 5, 31)) == (45, 45)
    assert full_years_bounds(born, date(2026, 6, 15)) == (45, 46)
    assert full_years_bounds(born, date(2026, 7, 1)) == (46, 46)


@given(st.dates(date(1940, 1, 1), date(2010, 1, 1)), st.dates(date(2011, 1, 1), date(2090, 1, 1)))
def test_bounds_hold_the_exact_age(born: date, on: date) -> None:
    low, high = full_years_bounds(Month.of(born), on)
    assert low <= full_years(born, on) <= high <= low + 1


@given(day=st.dates())
def test_an_iso_day_comes_back(day: date) -> None:
    assert iso_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["", " ", "2026-02-30", "2026-6-3", "2026年6月3日", "2026-06-03T10:00", "昨天", "1" * 400]
)
def test_what_is_no_iso_day_is_none(text: str) -> None:
    assert iso_day(text) is None
