"""Shares by largest remainder: exact, whole, within bounds; a tie is named and not broken."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.quotas.shares import share, weighted


def parts(**given: int) -> dict[str, Fraction]:
    return {name: Fraction(one) for name, one in given.items()}


def test_the_textbook_case() -> None:
    found = share(10, parts(甲=47, 乙=16, 丙=37))
    assert found.places == {"甲": 5, "乙": 1, "丙": 4}
    assert found.quotas["甲"] == Fraction(47, 10)


def test_weights_count_parts_of_each_factor() -> None:
    figures = {"revenue": parts(甲=300, 乙=100), "workers": parts(甲=10, 乙=30)}
    weights = {"revenue": Fraction(3, 4), "workers": Fraction(1, 4)}
    assert weighted(figures, weights) == {"甲": Fraction(5, 8), "乙": Fraction(3, 8)}
    assert weighted({"revenue": parts(甲=0)}, {"revenue": Fraction(1)}) == {"甲": 0}


def test_a_tie_is_left_to_people() -> None:
    found = share(3, parts(甲=1, 乙=1))
    assert (found.places, found.tied, found.left) == ({"甲": 1, "乙": 1}, ("甲", "乙"), 1)


def test_least_and_most_hold_and_the_rest_share_what_is_left() -> None:
    found = share(9, parts(甲=90, 乙=5, 丙=4, 丁=1), least=1, most=5)
    assert found.places == {"甲": 5, "乙": 2, "丙": 1, "丁": 1}


@pytest.mark.parametrize(
    ("total", "least", "most", "says"),
    [(3, 2, None, "共须 4 名，超过总数 3 名"), (9, 0, 4, "共 8 名，分不完总数 9 名")],
)
def test_bounds_that_leave_no_way(total: int, least: int, most: int | None, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        share(total, parts(甲=1, 乙=1), least=least, most=most)


def test_nobody_to_give_to() -> None:
    with pytest.raises(BadInput, match="有名额没有单位可给"):
        share(2, parts(甲=0, 乙=0))


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=8), st.integers(0, 60), st.integers(0, 3), st.integers(0, 20))
def test_every_place_is_given_within_one_of_its_quota(figures: list[int], total: int, least: int, span: int) -> None:
    given_parts = {f"u{n}": Fraction(one) for n, one in enumerate(figures)}
    if not len(figures) * least <= total <= len(figures) * (least + span):
        return
    found = share(total, given_parts, least=least, most=least + span)
    assert sum(found.quotas.values()) == total
    assert sum(found.places.values()) + found.left == total
    for unit, places in found.places.items():
        assert least <= places <= least + span
        assert abs(places - found.quotas[unit]) < 1
