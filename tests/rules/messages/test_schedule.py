"""On which days people are reminded, when they are left alone, when a failed delivery is tried again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.messages.schedule import BACKOFF, MARKS, after_quiet, mark_due, next_try, read_marks

LAST = date(2026, 6, 30)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "mark"),
    [
        (date(2026, 6, 22), None),
        (date(2026, 6, 23), 7),
        (date(2026, 6, 24), None),
        (date(2026, 6, 27), 3),
        (date(2026, 6, 29), 1),
        (LAST, 0),
        (date(2026, 7, 1), None),
    ],
)
def test_marks_fall_on_their_days(today: date, mark: int | None) -> None:
    assert mark_due(MARKS, LAST, today - ONE, today) == mark


def test_days_without_a_worker_are_caught_up_with_once() -> None:
    assert mark_due(MARKS, LAST, date(2026, 6, 22), date(2026, 6, 28)) == 3
    assert mark_due(MARKS, LAST, date(2026, 6, 22), date(2026, 6, 29)) == 1


@given(st.lists(st.integers(0, 60), unique=True, max_size=8), st.lists(st.integers(1, 9), max_size=20))
def test_each_mark_at_most_once_however_days_are_looked_at(marks: list[int], steps: list[int]) -> None:
    today = LAST - timedelta(days=70)
    sent = []
    for step in steps:
        since, today = today, today + timedelta(days=step)
        found = mark_due(marks, LAST, since, today)
        sent += [found] if found is not None else []
    assert len(set(sent)) == len(sent)
    assert sent == sorted(sent, reverse=True)


def test_quiet_hours_span_midnight() -> None:
    def at(day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 6, day, hour, minute, tzinfo=UTC)

    night = (time(22), time(8))
    assert after_quiet(at(24, 23), *night) == at(25, 8)
    assert after_quiet(at(24, 3), *night) == at(24, 8)
    assert after_quiet(at(24, 8), *night) == at(24, 8)
    assert after_quiet(at(24, 21, 59), *night) == at(24, 21, 59)
    assert after_quiet(at(24, 13), time(12), time(14)) == at(24, 14)
    assert after_quiet(at(24, 13), None, time(14)) == at(24, 13)


def test_tries_come_farther_and_farther_apart_and_end() -> None:
    at = datetime(2026, 6, 24, tzinfo=UTC)
    waits = [next_try(at, n) for n in range(1, len(BACKOFF) + 2)]
    assert waits[-1] is None
    assert waits[0] == at + timedelta(minutes=1)
    assert waits[:-1] == sorted(one for one in waits[:-1] if one is not None)


def test_marks_as_people_write_them() -> None:
    assert read_marks("7、3，1 当天") == (7, 3, 1, 0)
    assert read_marks("3,3,10") == (10, 3)


@pytest.mark.parametrize("text", ["", "x", "61", "-1", "1.5", "９", "1,2,3,4,5,6,7,8,9", "9" * 400])
def test_marks_that_are_none(text: str) -> None:
    with pytest.raises(BadInput) as problem:
        read_marks(text)
    assert problem.value.place == "提前天数"
