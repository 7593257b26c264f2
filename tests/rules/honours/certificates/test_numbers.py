"""Numbers: unguessable, and a slip of the hand is told from a number that was never given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.honours.certificates.numbers import CHANCE, SIGNS, code_in, code_of, full_number

codes = st.lists(st.integers(0, 31), min_size=CHANCE, max_size=CHANCE).map(code_of)


@given(codes)
def test_a_number_is_read_back_however_it_is_typed(code: str) -> None:
    number = full_number("南工匠{year}-{serial}", 2026, 7, code)
    assert number == f"南工匠2026-0007-{code[:5]}-{code[5:]}"
    for typed in (number, code, code.lower(), f" {code[:5]} {code[5:]} ", number.replace("-", "－"), f"\u200b{code}"):
        assert code_in(typed) == code
    assert code_in(code.replace("1", "l").replace("0", "o")) == code


@given(codes, st.integers(0, CHANCE), st.integers(1, 31))
def test_every_wrong_sign_is_found(code: str, place: int, off: int) -> None:
    wrong = SIGNS[(SIGNS.index(code[place]) + off) % 32]
    with pytest.raises(BadInput, match="末尾十位里有一位不对"):
        code_in(code[:place] + wrong + code[place + 1 :])


@given(codes, st.integers(0, CHANCE - 1))
def test_every_swap_of_neighbours_is_found(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(BadInput, match="写颠倒了"):
            code_in(swapped)


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "2026-0001", "K7QM", "<script>alert(1)</script>", "何焊平何焊平何焊平何焊平", "😀" * 10, "A" * 200],
)
def test_what_is_no_number_is_said(typed: str) -> None:
    with pytest.raises(BadInput, match=r"请输入证书编号|这不是证书编号|末尾十位"):
        code_in(typed)
