"""Identity numbers as people type, paste and import them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.dates import Month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.identity_number import Gender, Kind, check_digit, disagreements, mask, parse, sample

ON = date(2026, 6, 30)
GOOD = sample(7, date(1980, 6, 1), "男")
BIRTHS = st.dates(date(1900, 1, 1), ON)
GENDERS = st.sampled_from(["男", "女"])


def with_check(first17: str) -> str:
    return first17 + check_digit(first17)


def refusal(value: str | int | float) -> str:
    with pytest.raises(BadInput) as caught:
        parse(value, on=ON, place="身份证号")
    assert caught.value.place == "身份证号"
    assert caught.value.english
    return caught.value.text


def message_about(value: str) -> str:
    try:
        parse(value, on=ON)
    except BadInput as refused:
        return str(refused)
    return ""


def number_ending_in_x() -> str:
    return next(n for n in (sample(i, date(1980, 6, 1), "女") for i in range(500)) if n.endswith("X"))


@given(st.integers(0, 499), BIRTHS, GENDERS)
def test_every_sample_is_good_and_says_birth_and_sex(seq: int, birth: date, gender: Gender) -> None:
    number = parse(sample(seq, birth, gender), on=ON)
    assert (number.kind, number.birth, number.gender) == (Kind.MAINLAND, birth, gender)
    assert number.value.startswith("990000")


@given(st.integers(0, 17), st.integers(1, 9), BIRTHS)
def test_one_wrong_digit_is_always_found(at: int, shift: int, birth: date) -> None:
    good = sample(3, birth, "女")
    digit = 10 if good[at] == "X" else int(good[at])
    wrong = good[:at] + str((digit + shift) % 10) + good[at + 1 :]
    if wrong != good:
        with pytest.raises(BadInput):
            parse(wrong, on=ON)


@given(st.integers(0, 16), BIRTHS)
def test_two_swapped_neighbours_are_always_found(at: int, birth: date) -> None:
    good = sample(5, birth, "男")
    wrong = good[:at] + good[at + 1] + good[at] + good[at + 2 :]
    if wrong != good:
        with pytest.raises(BadInput):
            parse(wrong, on=ON)


@pytest.mark.parametrize(
    "typed",
    [
        f" {GOOD} ",
        f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}",
        f"\u200b{GOOD[:9]}\ufeff{GOOD[9:]}\u200d",
        GOOD.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
        f"{GOOD}\n",
    ],
)
def test_spaces_zero_width_and_full_width_are_taken(typed: str) -> None:
    assert parse(typed, on=ON).value == GOOD


def test_a_small_or_full_width_x_is_taken() -> None:
    number = number_ending_in_x()
    assert parse(number.lower(), on=ON).value == number
    assert parse(number[:-1] + "ｘ", on=ON).value == number


def test_a_wrong_check_digit() -> None:
    wrong = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")
    assert refusal(wrong) == "身份证号校验不通过，可能有一位填错或两位颠倒。请对照证件重新填写。"


def test_fifteen_digits() -> None:
    assert refusal("990000800601001") == "这是15位旧身份证号，2013年起已停止使用。请填写现用的18位号码。"


def test_30_february_inside() -> None:
    text = refusal(with_check("99000019800230001"))
    assert text == "身份证号中的出生日期2月30日并不存在。请对照证件重新填写。"


def test_born_in_the_future_or_long_ago() -> None:
    assert "出生年份2026年不合情理" in refusal(sample(1, date(2026, 7, 1), "女"))
    assert parse(sample(1, ON, "女"), on=ON).birth == ON
    assert "出生年份1899年不合情理" in refusal(with_check("99000018991231001"))


@pytest.mark.parametrize("spoilt", ["1.10105E+17", "１.１０１０５e17", "1E+17", 1.10105e17, 110105198006010011])
def test_what_excel_made_of_it(spoilt: str | float) -> None:
    text = refusal(spoilt)
    assert "Excel 把身份证号当成了数字" in text
    assert "“文本”" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "身份证号未填。"),
        (" \u200b", "身份证号未填。"),
        (GOOD[:-1], "身份证号应为18位，现为17位。请对照证件填写完整。"),
        (GOOD + "1", "身份证号应为18位，现为19位。请对照证件填写完整。"),
        (
            GOOD[:5] + "O" + GOOD[6:],
            "身份证号只能由17位数字加末位数字或X组成，现含有其他字符。请对照证件重新填写。",
        ),
    ],
)
def test_the_wrong_shape(typed: str, said: str) -> None:
    assert refusal(typed) == said


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("810000", Kind.HONG_KONG),
        ("820000", Kind.MACAU),
        ("830000", Kind.TAIWAN),
        ("931156", Kind.FOREIGN),
        ("110115", Kind.MAINLAND),
        ("500112", Kind.MAINLAND),
        ("000000", Kind.MAINLAND),
    ],
)
def test_kinds_and_regions_that_never_refuse(prefix: str, kind: Kind) -> None:
    number = parse(with_check(f"{prefix}19800601001"), on=ON)
    assert number.kind is kind
    assert number.birth == date(1980, 6, 1)


def test_the_old_number_of_foreign_residents() -> None:
    number = parse("usa1101 80060101", on=ON)
    assert (number.value, number.kind) == ("USA110180060101", Kind.FOREIGN_OLD)
    assert (number.birth, number.gender) == (None, None)
    assert "出生月日并不存在" in refusal("USA110180130101")


def test_unlike_the_form() -> None:
    number = parse(GOOD, on=ON)
    assert disagreements(number, birth=Month(1980, 6), gender="男") == ()
    assert disagreements(number) == ()
    reasons = disagreements(number, birth=Month(1981, 6), gender="女")
    assert [reason.text for reason in reasons] == [
        "出生年月填的是1981年6月，与身份证号中的1980年6月不一致，请核对。",
        "性别填的是女，与身份证号所示的男不一致，请核对。",
    ]
    assert disagreements(parse("USA110180060101", on=ON), birth=Month(1999, 1), gender="女") == ()


def test_masks() -> None:
    number = with_check("32010619800601123")
    assert mask(number) == f"320***********{number[-4:]}"
    assert mask("USA110180060101") == "USA********0101"
    assert mask("12345") == "*****"
    assert number not in repr(parse(number, on=ON))
    assert str(parse(number, on=ON)) == f"IdentityNumber({mask(number)})"


@given(st.text(max_size=40))
def test_a_mask_never_reveals_more_than_seven_characters(text: str) -> None:
    shown = mask(text).replace("*", "")
    assert len(shown) <= 7
    birth = sample(1, date(1980, 6, 1), "女")[6:14]
    assert birth not in mask(f"990000{birth}0012")


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_without_being_repeated(text: str) -> None:
    assert len(text) <= 6 or text not in message_about(text)


def test_samples_run_out() -> None:
    with pytest.raises(BadInput):
        sample(500, date(1980, 6, 1), "男")
