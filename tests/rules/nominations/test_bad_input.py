"""Bad input of identity, dates, text and numbers: what is taken, and the sentence beside the field for what isn't."""

from datetime import date

import pytest
from tests.rules.nominations.test_form_plan_check import GOOD, NUMBER, found, texts

from gongjiang.kernel.identity_number import check_digit
from gongjiang.rules.nominations.values import read_field
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary

WORDS = Vocabulary({})
ON = date(2026, 6, 24)


def whole(first17: str) -> str:
    """A number with its own check digit."""
    return first17 + check_digit(first17)


MONTH = "“出生年月”：年月看不懂，请写成 1980.6、1980-06 或 1980年6月。"
YEARS = "“从事本项（专业）工作年限”"
NO_NUMBER = f"{YEARS}：不是数字，请填写如 90 或 85.5 的数。"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("id_number", whole("81000019820309001")),  # residence permits of Hong Kong, Macau, Taiwan
        ("id_number", whole("82000019820309001")),
        ("id_number", whole("83000019820309001")),
        ("id_number", whole("91000019820309001")),  # permanent residence of a foreigner
        ("id_number", NUMBER[:4] + "\u200b" + NUMBER[4:10] + " " + NUMBER[10:]),
        ("id_number", NUMBER.lower()),
        ("birth", "1982.3"),
        ("birth", "1982年3月"),
        ("birth", "１９８２－０３"),
        ("name", "何"),
        ("name", "何" * 40),
        ("name", "阿卜杜热西提·买买提"),
        ("name", "𠮷田\U000e0100"),  # outside the BMP, with a variation selector
        ("name", "何\u202e焊平"),
        ("deeds", "字" * 1999 + "😀"),
        ("deeds", "\r\n" * 5000 + "字 " * 2000),
        ("deeds", "{{ template }} a\x07b\u202e"),
        ("years_in_trade", "-0"),
        ("years_in_trade", "−0"),
        ("years_in_trade", "２０"),
        ("years_in_trade", "4.99"),
        ("mobile", "+86 139 0000 0000"),
        ("mobile", "１３９０００００００0"),
    ],
)
def test_taken(field: str, typed: str) -> None:
    assert texts({field: typed}) == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("id_number", whole("99000019820230001"), "身份证号中的出生日期2月30日并不存在。请对照证件重新填写。"),
        ("id_number", "110105801231002", "这是15位旧身份证号，2013年起已停止使用。请填写现用的18位号码。"),
        ("id_number", "ABC", "身份证号应为18位，现为3位。请对照证件填写完整。"),
        ("birth", "至今", MONTH),
        ("birth", "去年", MONTH),
        ("birth", "1982.13", "“出生年月”：没有1982年13月这个年月，请核对。"),
        ("name", "何" * 41, "姓名不超过40个字，现41个字，请核对是否填错了栏。"),
        ("name", "{{ name }}", "姓名中不能有“{”。只能用汉字、间隔号“·”和外文字母。"),
        ("name", "何😀", "姓名中不能有“😀”。只能用汉字、间隔号“·”和外文字母。"),
        ("deeds", "字" * 2000 + "😀", "“主要事迹（2000字左右）”不超过2000字，现2001字，超1字。"),
        ("deeds", "𠮷" * 2001, "“主要事迹（2000字左右）”不超过2000字，现2001字，超1字。"),
        ("years_in_trade", "NaN", NO_NUMBER),
        ("years_in_trade", "1e309", NO_NUMBER),
        ("years_in_trade", "inf", NO_NUMBER),
        ("years_in_trade", "22年", NO_NUMBER),
        ("years_in_trade", "-1", f"{YEARS}不能小于0，现为-1。"),
        ("years_in_trade", "4.99999", f"{YEARS}最多写4位小数，现为 4.99999"),
        ("years_in_trade", "20.0000001", f"{YEARS}最多写4位小数，现为 20.0000001"),
        ("mobile", "1390000000", "“联系电话”：电话应为11位手机号，或带区号的固定电话（如 0771-5550000）。请重新填写。"),
    ],
)
def test_told_beside_its_field(field: str, typed: str, said: str) -> None:
    (told,) = found({field: typed})
    assert (told.path, told.text, told.remark) == (field, said, False)


def test_sex_and_birth_unlike_the_number_are_told_beside_themselves() -> None:
    told = found({"gender": "女", "birth": "1983-03"})
    assert {one.path for one in told} == {"gender", "birth"}


@pytest.mark.parametrize("typed", ["1980.13", "前年", "4.99999", "二十", "12345"])
def test_a_draft_keeps_what_it_cannot_read(typed: str) -> None:
    for kind in ("month", "date", "number", "id_number"):
        kept = read_field(FieldSpec("x", type=kind, label="某栏"), typed, WORDS, on=ON)
        assert kept in {typed, "12345"}


DAYS = ["2026-06-30", "2026.6.30", "2026/6/30", "2026年6月30日", "20260630", "２０２６－６－３０"]


@pytest.mark.parametrize("typed", DAYS)
def test_days_as_people_write_them(typed: str) -> None:
    assert read_field(FieldSpec("x", type="date", label="某日"), typed, WORDS, on=ON, strict=True) == "2026-06-30"


def test_good_is_good() -> None:
    assert texts(GOOD) == []
