"""Who somebody is, covered wherever a text says it, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.scoring.blind import COVER, Veil, tells_who, words_of_person, words_of_unit

VEIL = Veil(words_of_person("何焊平") | words_of_unit("望澜市澜江重工有限公司"))


@pytest.mark.parametrize(
    "written",
    [
        "何焊平", "何 焊 平", "何　焊平", "何\u200b焊平", "焊平", "何师傅", "老何", "何氏", "澜江重工",
        "澜江重工有限公司", "望澜市澜江重工", "990000198001010011", "138 0000 0000", "１３８００００００００",
        "he.hp@example.com",
    ],
)  # fmt: skip
def test_a_person_and_their_unit_are_covered(written: str) -> None:
    assert VEIL.covered(f"在二车间，{written}带徒九名。") == f"在二车间，{COVER}带徒九名。"


def test_a_name_with_a_dot_in_any_part() -> None:
    veil = Veil(words_of_person("阿依古丽·买买提"))
    assert veil.covered("阿依古丽•买买提、阿依古丽和买买提") == f"{COVER}、{COVER}和{COVER}"


def test_what_says_nothing_of_who_stays() -> None:
    text = "二十年来完成技术革新36项，节约成本1280万元，2026年6月获省级二等奖。"
    assert VEIL.covered(text) == text


def test_a_unit_without_region_and_legal_form() -> None:
    assert words_of_unit("青屿区总工会") == {"青屿区总工会", "青屿区", "青屿"}
    assert "中国远铸" in words_of_unit("中国远铸（集团）有限公司")


@pytest.mark.parametrize(
    ("name", "label", "kind", "pii", "hidden"),
    [
        ("employer", "工作单位", "text", "none", True),
        ("works_at", "所在企业", "text", "none", True),
        ("shop", "车间", "text", "none", True),
        ("studio", "领办的工作室", "text", "none", True),
        ("birth", "出生年月", "month", "personal", True),
        ("proof", "证书", "file", "none", True),
        ("ownership", "单位性质", "code", "none", False),
        ("deeds", "主要事迹", "text", "none", False),
        ("trade", "工种", "text", "none", False),
    ],
)
def test_which_answers_are_hidden(name: str, label: str, kind: str, pii: str, hidden: bool) -> None:
    assert tells_who(name, label, kind, pii) is hidden


@given(st.text("何焊平澜江重工 　\u200b·ABC12，。", max_size=60))
def test_nothing_is_lost_and_nothing_is_left(text: str) -> None:
    pieces = VEIL.pieces(text)
    assert "".join(one.text for one in pieces) == text
    shown = COVER.join(one.text for one in pieces if not one.hidden)
    plain = "".join(char for char in shown if not char.isspace() and char not in "\u200b·")
    assert "何焊平" not in plain.replace(COVER, "|")
