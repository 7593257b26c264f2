"""Which pages stand ready: one a day while somebody's time runs, then months, and none beyond what is kept."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.public_notices.files import DAYS_AHEAD, MONTHS_AHEAD, ahead

FRIDAY = date(2026, 9, 18)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def test_a_page_for_each_day_then_the_rest_of_the_month_then_months() -> None:
    made = ahead(FRIDAY, date(2026, 9, 24), None, FRIDAY)
    assert [one.day for one in made.days] == [18, 19, 20, 21, 22, 23, 24]
    assert made.over[:7] == (
        "2026-09-25",
        "2026-09-26",
        "2026-09-27",
        "2026-09-28",
        "2026-09-29",
        "2026-09-30",
        "2026-10",
    )
    assert made.over[-1] == "2028-09"


def test_no_name_beyond_the_last_day_that_it_is_kept() -> None:
    made = ahead(FRIDAY, date(2026, 9, 24), date(2026, 11, 2), FRIDAY)
    assert made.over[-3:] == ("2026-10", "2026-11-01", "2026-11-02")
    assert ahead(FRIDAY, date(2026, 9, 24), date(2026, 9, 20), FRIDAY).days[-1] == date(2026, 9, 20)


def test_a_notice_of_a_year_is_made_some_weeks_ahead_only() -> None:
    made = ahead(FRIDAY, date(2027, 9, 24), None, FRIDAY)
    assert (made.days[0], len(made.days), made.over) == (FRIDAY, DAYS_AHEAD + 1, ())


@given(
    first=DAYS,
    length=st.integers(0, 90),
    kept=st.none() | st.integers(0, 900),
    today=DAYS,
    ask=st.integers(-5, 62),
)
def test_a_reader_of_any_near_day_gets_the_right_page(
    first: date, length: int, kept: int | None, today: date, ask: int
) -> None:
    """As the web server looks: the name of the day, else of the month, else nothing."""
    last = first + timedelta(days=length)
    until = None if kept is None else first + timedelta(days=kept)
    made = ahead(first, last, until, today)
    own, over = {f"{one:%Y-%m-%d}" for one in made.days}, set(made.over)
    assert not own & over
    assert len(own) + len(over) <= DAYS_AHEAD + 2 + MONTHS_AHEAD + 62
    day = today + timedelta(days=ask)
    exact, month = f"{day:%Y-%m-%d}", f"{day:%Y-%m}"
    shown = "own" if exact in own else "over" if exact in over or month in over else ""
    there = first <= day and (until is None or day <= until)
    if ask >= -1 and there and day <= last:
        assert shown == "own"
    elif there and day > last and ask >= 0 and last <= today + timedelta(days=DAYS_AHEAD):
        assert shown == "over"
    elif not there:
        assert shown == ""
