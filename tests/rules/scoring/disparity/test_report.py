"""Composition and selection ratios; nothing is told about fewer than five people."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.scoring.disparity import LEAST, Cell, Stage, composition, passing

ALL = Stage("申报", {"女": 100, "男": 300})
CHOSEN = Stage("入选", {"女": 10, "男": 90})


def test_composition_by_stage() -> None:
    assert composition([ALL, CHOSEN]) == [
        [Cell("女", 100, Fraction(1, 4)), Cell("男", 300, Fraction(3, 4))],
        [Cell("女", 10, Fraction(1, 10)), Cell("男", 90, Fraction(9, 10))],
    ]


def test_rates_with_exact_intervals() -> None:
    women, men = passing(ALL, CHOSEN)
    assert (women.rate, men.rate) == (Fraction(1, 10), Fraction(3, 10))
    assert (round(women.low, 4), round(women.high, 4)) == (0.0490, 0.1762)  # Clopper and Pearson: 10 of 100
    assert women.beside == pytest.approx(1 / 3)
    assert women.beside_high < 0.8
    assert women.word.startswith("通过率低于其他人的五分之四")
    assert men.word == ""


def test_what_chance_explains_is_not_pointed_out() -> None:
    women, _ = passing(Stage("", {"女": 20, "男": 200}), Stage("", {"女": 5, "男": 70}))
    assert women.beside is not None
    assert women.beside < 0.8
    assert women.word == ""


def test_fewer_than_five_are_withheld_and_cannot_be_reckoned() -> None:
    ((first, second, third),) = composition([Stage("", {"甲": 3, "乙": 40, "丙": 8})])
    assert (first.count, second.count, third.count) == (None, 40, None)
    ((first, second),) = composition([Stage("", {"甲": 4, "乙": 9})])
    assert (first.count, second.count) == (None, None)
    assert [one.rate for one in passing(ALL, Stage("", {"女": 98, "男": 200}))] == [None, None]


def test_nobody_is_no_secret() -> None:
    ((first, second),) = composition([Stage("", {"甲": 0, "乙": 9})])
    assert (first.count, second.count) == (0, 9)
    assert [one.rate for one in passing(Stage("", {"甲": 10, "乙": 9}), Stage("", {"甲": 0, "乙": 9}))] == [0, 1]
    assert composition([Stage("", {})]) == [[]]


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.integers(0, 30), min_size=1))
def test_what_is_withheld_is_never_one_small_number(counts: dict[str, int]) -> None:
    (line,) = composition([Stage("", counts)])
    hidden = [counts[one.group] for one in line if one.count is None]
    assert all(one.count is None or one.count == 0 or one.count >= LEAST for one in line)
    if hidden and len(hidden) < sum(1 for value in counts.values() if value):
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST
