"""Names: taken, refused, put in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.catalogue.strokes import stroke_ranks
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.names import in_stroke_order, parse_name, surely_right, surname_of

RANKS = stroke_ranks()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("何焊平", "何焊平"),
        ("何  平", "何平"),
        ("何\u3000平 ", "何平"),
        ("\u202e何焊平\u200b", "何焊平"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("𠮷铸山", "𠮷铸山"),
        ("葛\U000e0100铸山", "葛\U000e0100铸山"),
        ("温", "温"),
        ("Jean-Luc O'Sample", "Jean-Luc O'Sample"),
        ("José  Sample", "José Sample"),
        ("工" * 40, "工" * 40),
    ],
)
def test_names_as_people_write_them(typed: str, kept: str) -> None:
    assert parse_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "姓名未填。"),
        (" \u200b", "姓名未填。"),
        ("工" * 41, "姓名不超过40个字，现41个字，请核对是否填错了栏。"),
        ("何焊平1", "姓名中不能有“1”。只能用汉字、间隔号“·”和外文字母。"),
        ("=cmd|何", "姓名中不能有“=”。只能用汉字、间隔号“·”和外文字母。"),
        ("何😀", "姓名中不能有“😀”。只能用汉字、间隔号“·”和外文字母。"),
        ("·何", "姓名不能以间隔号“·”开头或结尾。"),
    ],
)
def test_names_refused(typed: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_name(typed, place="姓名")
    assert (caught.value.text, caught.value.place) == (said, "姓名")


def test_by_strokes_of_the_surname() -> None:
    names = ["温和礼", "赵一", "何焊平", "岑铸山", "李大鸣", "丁小宁", "王小宁", "李一鸣", "欧阳少东", "林木"]
    assert in_stroke_order(names, RANKS) == [
        "丁小宁", "王小宁", "李一鸣", "李大鸣", "岑铸山", "何焊平", "林木", "欧阳少东", "赵一", "温和礼",
    ]  # fmt: skip


def test_a_single_given_name_by_surname_and_by_name() -> None:
    names = ["田大利", "田富"]
    assert in_stroke_order(names, RANKS) == ["田富", "田大利"]
    assert in_stroke_order(names, RANKS, "name") == ["田大利", "田富"]


def test_an_unranked_character_follows_all_others() -> None:
    assert in_stroke_order(["𠮷铸山", "龘一"], RANKS) == ["龘一", "𠮷铸山"]


def test_compound_surnames() -> None:
    assert [surname_of(name) for name in ("欧阳少东", "欧阳", "岑铸山", "")] == ["欧阳", "欧", "岑", ""]


@given(st.permutations(["何焊平", "何平", "何焊", "岑铸山", "阿依古丽·买买提", "温和礼", "何焊平"]))
def test_the_order_does_not_depend_on_how_they_come(names: list[str]) -> None:
    assert in_stroke_order(names, RANKS) == in_stroke_order(sorted(names), RANKS)


@given(st.lists(st.text(st.sampled_from("何焊平䶮\uf900\ufa11 ·．.-A=〇\u3000\u200b"), max_size=42)))
def test_what_is_surely_right_is_what_is_kept(names: list[str]) -> None:
    assert all(parse_name(one) == one for one in surely_right(names))
    assert surely_right(["何焊平", "䶮", "何 平", "=何", "\uf900", ""]) == {"何焊平", "䶮"}
