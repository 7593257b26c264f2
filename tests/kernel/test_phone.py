"""Telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.phone import mask, normalise_mobile, normalise_phone, sample, surely_right


@pytest.mark.parametrize(
    "typed",
    [
        "10000000042",
        " 100 0000 0042 ",
        "100-0000-0042",
        "+86 100 0000 0042",
        "+86-10000000042",
        "008610000000042",
        "１００００００００４２",
        "100\u200b00000042",
        10000000042,
        10000000042.0,
    ],
)
def test_mobile_numbers_as_people_write_them(typed: str | float) -> None:
    assert normalise_mobile(typed) == "10000000042"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1000000004", "手机号应为11位、以1开头的号码，现为10位。请重新填写。"),
        ("20000000042", "手机号应为11位、以1开头的号码，现为11位。请重新填写。"),
        ("1000000004O", "手机号应为11位、以1开头的号码，现含有数字以外的字符。请重新填写。"),
        ("", "手机号应为11位、以1开头的号码，现含有数字以外的字符。请重新填写。"),
        ("1.0E+10", "手机号应为11位、以1开头的号码，现含有数字以外的字符。请重新填写。"),
    ],
)
def test_mobile_numbers_refused(typed: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        normalise_mobile(typed, place="第2行“联系电话”列")
    assert caught.value.text == said
    assert caught.value.place == "第2行“联系电话”列"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0771-5550000", "0771-5550000"),
        ("（0771）5550000", "0771-5550000"),
        ("0771 5550000 转 12", "0771-5550000-12"),
        ("010—65550000", "010-65550000"),
        ("5550000", "5550000"),
        ("100 0000 0042", "10000000042"),
    ],
)
def test_landlines_stand_beside_mobiles(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize("typed", ["", "12", "无", "0771-", "1555000"])
def test_no_telephone(typed: str) -> None:
    with pytest.raises(BadInput, match="电话应为"):
        normalise_phone(typed)


def test_masks() -> None:
    assert mask("13800001234") == "138****1234"
    assert mask("0771-5550000") == "077*****0000"
    assert mask("5550") == "****"


@given(st.integers(0, 99_999_999))
def test_samples_are_accepted_and_belong_to_nobody(seq: int) -> None:
    number = sample(seq)
    assert normalise_mobile(number) == number
    assert number.startswith("100")
    assert mask(number) == f"100****{number[-4:]}"


def test_numbers_that_are_surely_right_are_those_that_stay_as_they_are() -> None:
    typed = ["10000000001", "+86 10000000001", "138 0000 0000", "0771-5550000", "1000", "", "１００００００００１"]
    assert surely_right(typed) == {"10000000001"}
    assert normalise_phone("10000000001") == "10000000001"
