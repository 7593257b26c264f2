"""In which years an edition may be opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.programmes.cycles import family, next_year, out_of_turn


@pytest.mark.parametrize(
    ("held", "taken", "due"),
    [([], [], 2026), ([2026], [], 2028), ([2026, 2028], [], 2030), ([2026], [2028], 2029), ([], [2026, 2027], 2028)],
)
def test_the_year_of_the_next_one(held: list[int], taken: list[int], due: int) -> None:
    assert next_year(2, 2026, held, taken) == due


@pytest.mark.parametrize(
    ("year", "why"),
    [
        (2028, "“省级之星”的评选年，本项目跳过这一年，下一届为2029年"),
        (2027, "评选每2年一届，上一届在2026年，下一届为2029年，2027年不在周期内"),
        (2026, "评选每2年一届，上一届在2026年，下一届为2029年，2026年不在周期内"),
        (2029, ""),
        (2031, ""),  # late, but due
    ],
)
def test_why_a_year_is_not_its_turn(year: int, why: str) -> None:
    told = out_of_turn(year, 2, 2026, [2026], [2028], "省级之星")
    assert told.removeprefix("2028年是") == why


def test_a_programme_is_the_same_through_the_years() -> None:
    assert [family(one) for one in ("nanning-2026", "nanning-2028", "star-20", "star")] == [
        "nanning", "nanning", "star-20", "star",
    ]  # fmt: skip


@given(st.integers(1, 9), st.integers(2000, 2050), st.sets(st.integers(2000, 2100)), st.sets(st.integers(2000, 2100)))
def test_the_next_year_is_the_first_that_may_be(every: int, first: int, held: set[int], taken: set[int]) -> None:
    due = next_year(every, first, held, taken)
    assert out_of_turn(due, every, first, held, taken) == ""
    assert all(out_of_turn(year, every, first, held, taken) for year in range(due - 30, due))
