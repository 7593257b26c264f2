"""Certificates against the form: what is told, and that nothing is told without cause."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.evidence.certificates import LEVELS, Certificate, read, unlike

DAY = dt.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("one", "name", "level", "told"),
    [
        (Certificate(holder="何焊平"), "何焊平", "", ()),
        (Certificate(holder="何 焊平"), "何焊平", "", ()),
        (Certificate(holder="阿依·帕尔"), "阿依•帕尔", "", ()),
        (Certificate(holder="岑铸山"), "何焊平", "", ("持证人“岑铸山”与申报人“何焊平”不同，请核对。",)),
        (Certificate(holder="岑铸山"), "", "", ()),
        (Certificate(issued="2026-06-30"), "何焊平", "", ()),
        (Certificate(issued="2026-07-01"), "何焊平", "", ("发证日期 2026-07-01 晚于截止日 2026-06-30，请核对。",)),
        (Certificate(level="技师"), "何焊平", "高级技师", ("证书等级“技师”低于表上填的“高级技师”，请核对。",)),
        (Certificate(level="高级技师"), "何焊平", "技师", ()),
        (Certificate(level="一等奖"), "何焊平", "技师", ()),
        (Certificate(), "何焊平", "技师", ()),
    ],
)
def test_what_is_told(one: Certificate, name: str, level: str, told: tuple[str, ...]) -> None:
    assert unlike(one, name=name, level=level, last_day=DAY) == told


@given(st.sampled_from(LEVELS), st.dates(max_value=DAY), st.sampled_from(["何焊平", "温和礼"]))
def test_what_agrees_is_never_pointed_at(level: str, issued: dt.date, name: str) -> None:
    one = Certificate(holder=name, level=level, issued=issued.isoformat())
    assert unlike(one, name=name, level=level, last_day=DAY) == ()


def test_read_keeps_what_was_typed() -> None:
    one = read({"holder": " 何焊平 ", "issued": "2024-05-01", "number": "A\n1", "other": "x"})
    assert one.filled == {"holder": "何焊平", "number": "A 1", "issued": "2024-05-01"}
    assert read({}).filled == {}


@pytest.mark.parametrize("day", ["2024-02-30", "去年", "20240501x"])
def test_a_date_that_is_none_is_said(day: str) -> None:
    with pytest.raises(BadInput, match="发证日期写成"):
        read({"issued": day})


def test_far_too_long_is_said() -> None:
    with pytest.raises(BadInput, match="编号最多120个字"):
        read({"number": "9" * 121})
