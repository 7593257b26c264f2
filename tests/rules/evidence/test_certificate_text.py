"""Lines of a certificate become its data; an identity card is recognised, a certificate never taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel import identity_number
from gongjiang.rules.evidence.certificate_text import differs, is_identity_card, read_lines
from gongjiang.rules.evidence.certificates import Certificate

SKILL = [
    "职业技能等级证书", "姓名：何焊平", "证书编号：S990012345678", "职业名称：焊工", "等级：高级技师",
    "发证日期：2019年5月1日", "发证单位：望澜市技能鉴定中心",
]  # fmt: skip
HONOUR = ["荣 誉 证 书", "岑铸山 同志：", "被评为二〇二一年度先进工作者。", "望澜市总工会", "二〇二二年四月二十八日"]
PATENT = [
    "发明专利证书",
    "发明名称：一种焊接夹具",
    "发明人：何焊平",
    "专利号：ZL202110000001.X",
    "授权公告日：2022.06.07",
]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            SKILL,
            Certificate("何焊平", "职业技能等级证书", "S990012345678", "2019-05-01", "望澜市技能鉴定中心", "高级技师"),
        ),
        (HONOUR, Certificate("岑铸山", "荣誉证书", "", "2022-04-28", "望澜市总工会", "")),
        (PATENT, Certificate("何焊平", "发明专利证书", "ZL202110000001.X", "2022-06-07", "", "")),
        (["焊接工艺评定报告", "第一章 总则"], Certificate()),
        ([], Certificate()),
    ],
)
def test_what_a_certificate_says(lines: list[str], wanted: Certificate) -> None:
    assert read_lines(lines) == wanted


@pytest.mark.parametrize(
    "line", ["发证日期：2019年2月30日", "发证日期：1066.1.1", "有效期至2030年1月1日", "出生日期：1980.1.1"]
)
def test_what_is_no_day_of_issue(line: str) -> None:
    assert read_lines(["荣誉证书", line]).issued == ""


NUMBER = identity_number.sample(3, date(1982, 3, 12), "男")
FRONT = ["姓名 何焊平", "性别男民族汉", "出生1982年3月12日", "住址样例省样例市样例路1号", f"公民身份号码 {NUMBER}"]
BACK = ["中华人民共和国", "居民身份证", "签发机关 样例市公安局", "有效期限 2015.01.01-2035.01.01"]


@pytest.mark.parametrize("lines", [FRONT, BACK, FRONT + BACK, [*FRONT[:4], NUMBER], ["公民身份号码", NUMBER]])
def test_an_identity_card(lines: list[str]) -> None:
    assert is_identity_card(lines)


@pytest.mark.parametrize(
    "lines",
    [SKILL, HONOUR, PATENT, [*SKILL, f"身份证号：{NUMBER}"], ["请携带居民身份证办理"], ["住址", "民族", "出生"], []],
)
def test_no_identity_card(lines: list[str]) -> None:
    assert not is_identity_card(lines)


def test_typed_against_read() -> None:
    read = read_lines(SKILL)
    assert differs(read, read) == ()
    assert differs(Certificate(number="s-9900 12345678", holder="何焊平"), read) == ()
    assert differs(Certificate(number="S990012345679"), read) == (
        "编号填的是“S990012345679”，图上识别为“S990012345678”，请核对。",
    )
    assert differs(Certificate(), read) == ()


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_lines_are_read_without_harm(lines: list[str]) -> None:
    found = read_lines(lines)
    assert all(len(text) <= 60 for text in found.filled.values())
    assert found.issued == "" or date.fromisoformat(found.issued)
    assert is_identity_card(lines) in {True, False}
