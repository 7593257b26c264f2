"""Charts tell the truth: one scale from zero, classes without gaps, dots that do not hide each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.web.components import geometry

PEOPLE = st.lists(st.integers(0, 5000), min_size=1, max_size=9)


def test_funnel_of_the_measures_example() -> None:
    bars = geometry.funnel([100, 50, 25], [100, 25, 0])
    assert [(bar.height, bar.done_height) for bar in bars] == [(146.0, 146.0), (73.0, 36.5), (36.5, 0.0)]
    assert [bar.x for bar in bars] == [0.0, 466.7, 933.3]
    assert bars[0].slope == "M270.7 4.0L466.7 77.0V150H270.7z"
    assert bars[2].slope == ""


@given(PEOPLE)
def test_bars_stand_on_one_ground_and_one_scale(totals: list[int]) -> None:
    bars = geometry.funnel(totals, totals)
    top = max(totals)
    for total, bar in zip(totals, bars, strict=True):
        assert bar.y + bar.height == pytest.approx(geometry.FUNNEL_HEIGHT, abs=0.1)
        assert bar.height == pytest.approx(146 * total / (top or 1), abs=0.06)
        assert bar.done_height == bar.height


def test_funnel_refuses_figures_that_do_not_match() -> None:
    with pytest.raises(ValueError, match="as many figures"):
        geometry.funnel([3, 2], [3])


def test_dots_that_would_touch_are_stacked() -> None:
    assert geometry.spots([111, 112, 140], 80, 150) == [(132.9, 0), (137.1, 1), (257.1, 0)]


@given(st.lists(st.integers(0, 150), max_size=60))
def test_no_two_dots_overlap(values: list[int]) -> None:
    placed = geometry.spots(values, 0, 150)
    for level in {at for _, at in placed}:
        row = sorted(x for x, at in placed if at == level)
        assert all(right - left >= 8 for left, right in pairwise(row))


@pytest.mark.parametrize(("low", "high", "values"), [(10, 10, []), (0, 5, [6])])
def test_dots_outside_the_axis_are_an_error(low: int, high: int, values: list[int]) -> None:
    with pytest.raises(ValueError, match="spots"):
        geometry.spots(values, low, high)


@pytest.mark.parametrize(("values", "middle"), [([3], 3), ([1, 9, 5], 5), ([92, 111, 112, 131], 111.5)])
def test_median(values: list[float], middle: float) -> None:
    assert geometry.median(values) == middle


def test_median_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no values"):
        geometry.median([])


def test_share_is_rounded_half_up() -> None:
    assert [geometry.share(1, 8), geometry.share(1, 3), geometry.share(0, 0)] == [13, 33, 0]


@given(st.integers(0, 500))
def test_classes_cover_every_figure_once(highest: int) -> None:
    classes = geometry.steps(highest)
    assert [n for low, high in classes for n in range(low, high + 1)] == list(range(1, highest + 1))
    assert len(classes) == min(5, highest)
    assert [geometry.shade(low, classes) for low, _ in classes] == list(range(1, len(classes) + 1))
    assert geometry.shade(0, classes) == 0


def test_classes_of_the_provinces() -> None:
    assert geometry.steps(9) == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 9)]


def test_all_provincial_level_regions_have_a_tile() -> None:
    assert len(geometry.TILES) == 34
    assert len(set(geometry.TILES.values())) == 34
