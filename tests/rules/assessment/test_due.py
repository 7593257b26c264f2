"""When a process is due, when a term ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.dates import shifted
from gongjiang.rules.assessment.due import Held, back, due_on, last_day, moved
from gongjiang.rules.programmes.schema.process import Process, Span, Term

NAMED = date(2027, 1, 8)
YEARLY = Process(id="yearly", every=Span(years=1))
MIDDLE = Process(id="middle", after=Span(months=12), lead=Span(days=30))
FINAL = Process(id="final", at_end=True, lead=Span(months=2))
ONCE = Process(id="once")


@pytest.mark.parametrize(
    ("process", "held", "expected"),
    [
        (YEARLY, Held(NAMED), date(2028, 1, 8)),
        (YEARLY, Held(NAMED, last=date(2028, 2, 1)), date(2029, 2, 1)),
        (YEARLY, Held(NAMED, last=date(2028, 2, 1), again_on=date(2028, 4, 1)), date(2028, 4, 1)),
        (YEARLY, Held(NAMED, running=True), None),
        (MIDDLE, Held(NAMED), date(2027, 12, 9)),
        (MIDDLE, Held(NAMED, last=date(2027, 12, 20)), None),
        (FINAL, Held(NAMED, date(2029, 1, 7)), date(2028, 11, 7)),
        (FINAL, Held(NAMED), None),  # a term without end
        (FINAL, Held(NAMED, date(2029, 1, 7), last=date(2028, 12, 1)), None),
        (FINAL, Held(NAMED, date(2029, 7, 7), last=date(2028, 12, 1)), date(2029, 5, 7)),  # extended by half a year
        (ONCE, Held(NAMED), NAMED),
        (ONCE, Held(NAMED, last=NAMED), None),
    ],
)
def test_the_day(process: Process, held: Held, expected: date | None) -> None:
    assert due_on(process, held) == expected


def test_a_number_that_the_office_answers() -> None:
    process = Process(id="yearly", every=Span(years="$every"))
    assert due_on(process, Held(NAMED), lambda one: 3 if one == "$every" else one) == date(2030, 1, 8)


@pytest.mark.ledger("N-01", "M-07")
@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term(length=Span(years=2)), date(2029, 1, 7)),
        (Term(length=Span(months=18)), date(2028, 7, 7)),
        (Term(length=Span(years=2), **{"from": date(2025, 1, 1)}), date(2026, 12, 31)),
        (Term(until=date(2026, 12, 31)), date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_a_term(term: Term, expected: date) -> None:
    assert last_day(term, NAMED) == expected


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(0, 240))
def test_so_many_months_later_is_in_that_month(day: date, months: int) -> None:
    found = shifted(day, months=months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and shifted(found, days=1).day == 1)


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), days=st.integers(0, 4000))
def test_days_there_and_back(day: date, days: int) -> None:
    assert back(Span(days=days), moved(Span(days=days), day)) == day
