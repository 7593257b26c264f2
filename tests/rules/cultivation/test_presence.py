"""A code counts in its time, five tries are the end, hours are a sum whatever their order."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.cultivation.presence import TRIES, Attended, Heard, code_of, in_window, judge, sum_of

STARTS = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=8)


@pytest.mark.ledger("M-08")
@pytest.mark.parametrize(
    ("minutes", "tries", "typed", "heard"),
    [
        (-31, 0, "012345", Heard.EARLY),
        (-30, 0, "012345", Heard.TAKEN),
        (0, 0, "12345", Heard.WRONG),
        (0, TRIES - 1, "012345", Heard.TAKEN),
        (0, TRIES, "012345", Heard.LOCKED),
        (479, 0, "012345", Heard.TAKEN),
        (480, 0, "012345", Heard.OVER),
        (480, TRIES, "", Heard.OVER),
        (10, 0, "０１２３４５", Heard.WRONG),
    ],
)
def test_what_becomes_of_a_code(minutes: int, tries: int, typed: str, heard: Heard) -> None:
    at = STARTS + timedelta(minutes=minutes)
    assert judge(typed, "012345", tries, STARTS, ENDS, at) is heard
    assert in_window(STARTS, ENDS, at) is (heard not in {Heard.EARLY, Heard.OVER})


@given(st.integers(0, 999_999))
def test_a_code_has_six_digits(number: int) -> None:
    assert (len(code_of(number)), int(code_of(number))) == (6, number)


sessions = st.builds(
    lambda day, longer, hours: Attended(day, day + timedelta(days=longer), Decimal(hours) / 2),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 3),
    st.integers(0, 20),
)


@given(st.lists(sessions, max_size=6), st.randoms())
def test_the_order_of_sessions_does_not_matter(attended: list[Attended], chance: object) -> None:
    mixed = list(attended)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found = sum_of(mixed)
    assert found == sum_of(attended)
    if found is None:
        assert attended == []
    else:
        assert (found.hours or 0) == sum(one.hours for one in attended)
        assert all(found.on <= one.on and one.until <= (found.until or found.on) for one in attended)
