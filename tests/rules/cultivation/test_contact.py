"""When a contact is due: by the calendar, and the same for a database."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.cultivation.contact import cutoff, due_on, halfway, waited

DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))


@given(DAYS, DAYS, st.integers(1, 24))
def test_the_cutoff_says_the_same_as_the_day_by_which_it_is_due(last: date, today: date, months: int) -> None:
    assert (last < cutoff(today, months)) == (due_on(last, months) < today)


@given(DAYS, st.integers(1, 24))
def test_after_the_due_day_so_many_months_have_gone_by_or_the_month_was_too_short(last: date, months: int) -> None:
    due = due_on(last, months)
    assert waited(last, due) in ({months} if due.day == last.day else {months - 1})


def test_by_hand() -> None:
    assert due_on(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert cutoff(date(2026, 6, 24), 3) == date(2026, 3, 24)
    assert waited(date(2026, 1, 10), date(2026, 6, 9)) == 4
    assert waited(date(2026, 7, 1), date(2026, 6, 9)) == 0
    assert halfway(date(2026, 1, 10), date(2028, 1, 9)) == date(2027, 1, 9)
    assert halfway(date(2026, 1, 10), None) is None
