"""What is pointed at and what is passed over: a table of both, and laws over generated texts."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel import identity_number, phone
from gongjiang.rules.evidence.secrecy import LABELS, MOST, Kind, scan

BIRTHS = st.dates(dt.date(1930, 1, 1), dt.date(2010, 12, 31))
CARD = "6222021234567890128"
"""An invented number with the right last digit."""

POINTED = [
    ("机密★10年", Kind.GRADE, "机密★"),
    ("秘密 ★ 长期", Kind.GRADE, "秘密 ★"),
    ("机　密★１０年", Kind.GRADE, "机 密★"),
    ("机密*10年", Kind.GRADE, "机密*"),
    ("絕密★", Kind.GRADE, "絕密★"),
    ("绝　密", Kind.GRADE, "绝 密"),
    ("（机密）", Kind.GRADE, "（机密）"),
    ("封面\n机 密 级\n目录", Kind.GRADE, "机 密 级"),
    ("文件密级 机密", Kind.GRADE, "密级 机密"),
    ("保密期限：10年", Kind.GRADE, "保密期限：10年"),
    ("标题\n内 部 资 料\n正文", Kind.INTERNAL, "内 部 资 料"),
    ("内部使用", Kind.INTERNAL, "内部使用"),
    ("仅供内部参考", Kind.INTERNAL, "仅供内部参考"),
    ("核心商密★5年", Kind.INTERNAL, "核心商密★"),
    ("商业秘密★", Kind.INTERNAL, "商业秘密★"),
    ("CONFIDENTIAL", Kind.INTERNAL, "CONFIDENTIAL"),
    ("密级：绝密", Kind.GRADE, "密级：绝密"),
    ("密  级 : 秘密", Kind.GRADE, "密 级 : 秘密"),
    ("第一页\n  机密  \n关于", Kind.GRADE, "机密"),
    ("【秘密】", Kind.GRADE, "【秘密】"),
    ("承担机密级项目三项", Kind.GRADE, "机密级项目"),
    ("内部资料 注意保存", Kind.INTERNAL, "内部资料 注意保存"),
    ("内部文件，请妥善保管", Kind.INTERNAL, "内部文件，请妥善保管"),
    ("本材料不得外传", Kind.INTERNAL, "不得外传"),
    ("严禁复制、外传", Kind.INTERNAL, "严禁复制、外传"),
    ("仅限内部使用", Kind.INTERNAL, "仅限内部使用"),
    ("参与涉密工程焊接", Kind.CODE, "涉密工程"),
    ("军工项目代号：A-17", Kind.CODE, "军工项目代号：A-17"),
    ("某型号装备，代号“9527”", Kind.CODE, "型号装备，代号“9527"),
    ("电话13800138000。", Kind.MOBILE, "138****8000"),
    ("电话 138 0013 8000", Kind.MOBILE, "138******8000"),
    ("电话+8613800138000。", Kind.MOBILE, "+86*******8000"),
    ("１３８００１３８０００", Kind.MOBILE, "138****8000"),
    (f"卡号{CARD}", Kind.CARD, "622************0128"),
]

PASSED = [
    "保守国家秘密是每个职工的义务",
    "解开了传统铸造的秘密",
    "机密仪器设备维修",
    "机密机械厂焊工",
    "商业秘密保护工作先进个人",
    "核心商业秘密保护办法",
    "工作秘密管理",
    "秘密*秘密",
    "公司内部资料管理员",
    "开展内部使用培训",
    "供全省交流学习",
    "保密期限管理",
    "他有一个秘密武器：勤奋",
    "商业秘密保护先进个人",
    "秘密等级划分培训",
    "本项目不涉密",
    "非涉密项目",
    "经审查无涉密产品",
    "已作脱密处理，不涉密",
    "内部资料员岗位",
    "公司内部技术比武第一名",
    "这门手艺从不外传",
    "对外传播工匠精神",
    "产品代号A-17",
    "代号为“春雷”的技改",
    "专利号 ZL201310123456.7",
    "专利号ZL 2013 1 0123456.7",
    "证书编号1234567890123456",
    "证书编号：S000044010001224000001",
    "统一社会信用代码91450100MA5KXXXX1Y",
    "产值13800138000.50元",
    "产值10000000000元",
    "标准号 GB/T 19001-2016",
    "编号 138001380001",
    "2024-03-04",
    "身份证号 990000198002300018",
    "卡号6222021234567890129",
]


@pytest.mark.parametrize(("text", "kind", "words"), POINTED, ids=[one[0][:12] for one in POINTED])
def test_pointed_at(text: str, kind: Kind, words: str) -> None:
    assert [(one.kind, one.words) for one in scan(text)] == [(kind, words)]


@pytest.mark.parametrize("text", PASSED, ids=[one[:12] for one in PASSED])
def test_passed_over(text: str) -> None:
    assert scan(text) == ()


def test_hints_come_in_the_order_of_the_text_with_what_is_beside_them() -> None:
    text = "焊接工艺卡，内部资料，注意保存。联系人手机13800138000，密级：秘密"
    found = scan(text)
    assert [LABELS[one.kind] for one in found] == ["内部材料字样", "手机号", "密级标志"]
    assert found[0].around == "焊接工艺卡，内部资料，注意保存。联系人手机138***"
    assert [one.start for one in found] == sorted(one.start for one in found)


@given(st.integers(0, 499), BIRTHS, st.sampled_from(["男", "女"]), st.text("焊工师 ，。\n", max_size=30))
def test_every_valid_number_is_found_and_none_is_repeated(seq: int, birth: dt.date, gender: str, text: str) -> None:
    number = identity_number.sample(seq, birth, gender)  # type: ignore[arg-type]
    mobile = phone.sample(seq)
    found = scan(f"{text}{number}{text}；{mobile}{text}")
    assert [one.kind for one in found] == [Kind.IDENTITY, Kind.MOBILE]
    assert all(number not in one.around + one.words and mobile not in one.around + one.words for one in found)


@pytest.mark.parametrize("gaps", [(6, 14), (3, 6, 10, 14), tuple(range(1, 18))])
@pytest.mark.parametrize("gap", [" ", "　", "-"])
def test_an_identity_number_set_wide_is_found_and_masked(gaps: tuple[int, ...], gap: str) -> None:
    number = identity_number.sample(8, dt.date(1982, 3, 12), "男")
    wide = "".join(gap + one if n in gaps else one for n, one in enumerate(number))
    for text in (wide, wide.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))):
        (found,) = scan(f"身份证{text}。")
        assert found.kind is Kind.IDENTITY
        assert number[6:14] not in re.sub(r"[ 　-]", "", found.around)


def test_a_page_of_nothing_but_blanks_costs_nothing() -> None:
    for blank in ("\n", " ", "　", "内 ", "密 "):
        assert scan(blank * 25_000) == ()


@given(BIRTHS, st.integers(0, 10))
def test_a_wrong_check_digit_is_no_identity_number(birth: dt.date, shift: int) -> None:
    number = identity_number.sample(7, birth, "男")
    digits = "0123456789X"
    wrong = number[:17] + digits[(digits.index(number[17]) + 1 + shift % 10) % 11]
    assert [one.kind for one in scan(f"编号{wrong}") if one.kind is Kind.IDENTITY] == []


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    found = scan(text)
    assert len(found) <= MOST
    assert all(0 <= one.start < len(text) for one in found)


@given(st.text("在车间带徒弟解决技术难题创新工法革新提高质量节约成本0123456789年月，。", max_size=200))
def test_plain_deeds_are_left_alone(text: str) -> None:
    assert [one for one in scan(text) if one.kind in {Kind.GRADE, Kind.INTERNAL, Kind.CODE}] == []


def test_at_most_fifty() -> None:
    assert len(scan("本件不得外传。" * 200)) == MOST
