"""Exact numbers, rounded only where a notice says how."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import ROUNDINGS, Rounding, decimal_text, exact, percent, round_places, round_to

FRACTIONS = st.fractions(min_value=-1000, max_value=1000)


@pytest.mark.ledger("G-10")
@pytest.mark.parametrize(
    ("places", "expected"), [(25, [50, 38, 33, 28, 25]), (50, [100, 75, 65, 55, 50])], ids=["25", "50"]
)
def test_the_funnel_of_nanning_is_exact(places: int, expected: list[int]) -> None:
    ratios = ["2", "1.5", "1.3", "1.1", "1"]
    assert [round_places(places * exact(ratio), "up") for ratio in ratios] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("27.5", {"up": 28, "down": 27, "half_up": 28, "half_even": 28}),
        ("32.5", {"up": 33, "down": 32, "half_up": 33, "half_even": 32}),
        ("33.2", {"up": 34, "down": 33, "half_up": 33, "half_even": 33}),
        ("40", {"up": 40, "down": 40, "half_up": 40, "half_even": 40}),
    ],
)
def test_each_way_of_rounding(value: str, expected: dict[Rounding, int]) -> None:
    assert {how: round_places(exact(value), how) for how in ROUNDINGS} == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("９０", Fraction(90)),
        (" 85.5 ", Fraction(171, 2)),
        ("-0", Fraction(0)),
        ("−3.5", Fraction(-7, 2)),
        ("100.0000001", Fraction(1_000_000_001, 10_000_000)),
        (Decimal("1.1"), Fraction(11, 10)),
        (Decimal("1E+2"), Fraction(100)),
        (7, Fraction(7)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_numbers_are_read_exactly(value: str | int | Decimal | Fraction, expected: Fraction) -> None:
    assert exact(value) == expected


@pytest.mark.parametrize("bad", ["NaN", "inf", "1e309", "1_000", "", "九十", "15%", "1.", ".5", "0x1F", "1" * 40])
def test_what_is_no_number_is_refused_with_its_place(bad: str) -> None:
    with pytest.raises(BadInput) as caught:
        exact(bad, place="第3行“得分”列")
    assert str(caught.value) == "第3行“得分”列：不是数字，请填写如 90 或 85.5 的数。"


@pytest.mark.parametrize("bad", [Decimal("NaN"), Decimal("Infinity"), 1.1, True])
def test_floats_and_nan_are_refused(bad: Decimal) -> None:
    with pytest.raises(BadInput):
        exact(bad)


def test_percent() -> None:
    assert percent("30%") == Fraction(3, 10)
    assert percent("１２.５％") == Fraction(1, 8)
    with pytest.raises(BadInput, match="须写成百分数"):
        percent("30")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(72, 5), "14.4"),
        (Fraction(2, 3), "0.67"),
        (Fraction(30), "30"),
        (Fraction(-1, 3), "-0.33"),
        (Fraction(-1, 1000), "0"),
        (Fraction(1, 20), "0.05"),
    ],
)
def test_for_the_eye(value: Fraction, text: str) -> None:
    assert decimal_text(value) == text


@given(FRACTIONS, st.sampled_from(ROUNDINGS))
def test_rounding_stays_within_one_and_keeps_whole_numbers(value: Fraction, how: Rounding) -> None:
    rounded = round_places(value, how)
    assert abs(rounded - value) < 1
    assert round_places(Fraction(rounded), how) == rounded
    assert round_places(value, "down") <= rounded <= round_places(value, "up")
    if how.startswith("half"):
        assert abs(rounded - value) <= Fraction(1, 2)


@given(FRACTIONS, st.integers(0, 4), st.sampled_from(ROUNDINGS))
def test_decimals_are_rounded_exactly(value: Fraction, places: int, how: Rounding) -> None:
    rounded = round_to(value, places, how)
    assert (rounded * 10**places).denominator == 1
    assert abs(rounded - value) < Fraction(1, 10**places)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_text_and_decimal_agree(value: Decimal) -> None:
    assert exact(str(format(value, "f"))) == exact(value) == Fraction(value)
