"""Divided sums are exact."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.honours.split import shares_of, split_sum


def test_the_grant_of_the_mechanisms() -> None:
    shares = shares_of({"leader": "20%", "studio": "80%"})
    assert split_sum(Decimal(90000), shares) == {"leader": Decimal("18000.00"), "studio": Decimal("72000.00")}


def test_the_rest_goes_to_the_largest_the_first_of_equals() -> None:
    thirds = {"person": Fraction(1, 3), "unit": Fraction(1, 3), "studio": Fraction(1, 3)}
    assert split_sum(Decimal("100"), thirds) == {
        "person": Decimal("33.34"), "unit": Decimal("33.33"), "studio": Decimal("33.33"),
    }  # fmt: skip
    assert split_sum(Decimal("0.01"), shares_of({"leader": "20%", "studio": "80%"})) == {
        "leader": Decimal("0.00"), "studio": Decimal("0.01"),
    }  # fmt: skip


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.lists(st.integers(1, 10**4), min_size=1, max_size=7),
)
def test_parts_make_up_the_sum_and_none_is_a_cent_off_for_each_other_part(total: Decimal, weights: list[int]) -> None:
    words = ("person", "leader", "unit", "studio", "team", "apprentice", "family")
    shares = {words[n]: Fraction(one, sum(weights)) for n, one in enumerate(weights)}
    found = split_sum(total, shares)
    assert sum(found.values()) == total
    assert min(found.values()) >= 0
    assert all(abs(Fraction(found[part]) - Fraction(total) * share) < Fraction(len(shares), 100)
               for part, share in shares.items())  # fmt: skip


@pytest.mark.parametrize("split", [{}, {"person": "50%"}, {"person": "110%", "unit": "-10%"}, {"person": "100"}])
def test_shares_that_arent_the_whole_are_refused(split: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        shares_of(split)
