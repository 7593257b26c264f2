"""What a value may still be: the pick always fits, and a contradiction is seen."""

from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.programmes.domains import Domain
from gongjiang.rules.programmes.values import read_value
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec

HALVES = st.integers(-20, 20).map(lambda n: Fraction(n, 2))


def domain(kind: str) -> Domain:
    """Any value of a type."""
    return Domain(FieldSpec("x", "某项", kind), CodeList(open=True))


@given(
    kind=st.sampled_from(["number", "int"]),
    low=st.one_of(st.none(), HALVES),
    high=st.one_of(st.none(), HALVES),
    strict=st.booleans(),
    never=st.frozensets(HALVES, max_size=6),
    seed=st.integers(0, 9),
)
def test_a_number_that_is_picked_fits_and_an_empty_domain_says_so(
    kind: str, low: Fraction | None, high: Fraction | None, strict: bool, never: frozenset[Fraction], seed: int
) -> None:
    made = domain(kind).without(never).fill(True)
    made = made if low is None else made.at_least(low, strict=strict)
    made = made if high is None else made.at_most(high, strict=strict)
    picked = None if made.empty else made.pick(Random(seed))
    quarters = [Fraction(n, 4) for n in range(-160, 161) if kind == "number" or n % 4 == 0]
    fitting = [one for one in quarters if made.allows(read_value(one, made.spec))]
    assert (picked is not None) or not fitting
    if picked is not None:
        assert made.allows(read_value(picked, made.spec))


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("date", date(1930, 1, 1), date(1930, 1, 1)),
        ("month", date(2000, 1, 15), date(2000, 3, 20)),
        ("year", date(1999, 6, 1), date(2001, 6, 1)),
        ("month", None, date(1940, 5, 31)),
        ("date", date(2031, 1, 1), None),
    ],
)
def test_a_day_month_or_year_lies_inside_as_a_whole(kind: str, first: date | None, last: date | None) -> None:
    made = domain(kind)
    made = made if first is None else made.at_least(Fraction(first.toordinal()))
    made = made if last is None else made.at_most(Fraction(last.toordinal()))
    for seed in range(5):
        picked = made.pick(Random(seed))
        assert made.allows(read_value(picked, made.spec)), picked


@pytest.mark.parametrize(
    ("made", "empty"),
    [
        (domain("text").fill(True).fill(False), True),
        (domain("text").fill(False), False),
        (domain("text").among({"甲"}).without({"甲"}), True),
        (domain("text").among({"甲", "乙"}).without({"甲"}), False),
        (domain("number").at_least(Fraction(5)).at_most(Fraction(5)), False),
        (domain("number").at_least(Fraction(5), strict=True).at_most(Fraction(5)), True),
        (domain("int").at_least(Fraction(5), strict=True).at_most(Fraction(6), strict=True), True),
    ],
)
def test_contradictions_are_seen(made: Domain, empty: bool) -> None:
    assert made.empty is empty


def test_invented_words_say_that_they_are_examples() -> None:
    picked: Any = domain("text").fill(True).pick(Random(1))
    assert picked == "示例某项"
    assert domain("text").without({picked}).fill(True).pick(Random(1)) == "示例某项（另）"


def test_nobody_comes_in_place_nought() -> None:
    first = domain("int").at_most(Fraction(1))
    assert {first.pick(Random(seed)) for seed in range(20)} == {1}
    assert domain("int").at_most(Fraction(0)).pick(Random(1)) <= 0
