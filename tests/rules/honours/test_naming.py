"""Numbers of documents and the words of a naming."""

import pytest

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.honours.naming import Group, first_words, read_number


@pytest.mark.parametrize(
    "written",
    ["望工发〔2026〕9号", "望工发[2026]9号", "望工发（2026） 9 号", "望工发【2026】９号", "望工发〔2026〕第9号"],
)
def test_brackets_and_blanks_do_not_matter(written: str) -> None:
    assert read_number(written, 2026).replace("第", "") == "望工发〔2026〕9号"


def test_an_announcement_has_a_number_too() -> None:
    assert read_number("望澜市总工会公告 2026年第3号", 2026) == "望澜市总工会公告2026年第3号"


@pytest.mark.parametrize("written", ["", "9号", "望工发2026-9", "望工发〔2026〕号", "望工发〔26〕9号", "〔2026〕9号"])
def test_what_is_no_number_is_told(written: str) -> None:
    with pytest.raises(BadInput, match="某工发〔2026〕1号"):
        read_number(written, 2026)


def test_number_and_date_are_of_one_year() -> None:
    with pytest.raises(BadInput, match="文号是2025年的"):
        read_number("望工发〔2025〕9号", 2026)


def test_one_is_named_by_name_many_by_the_first() -> None:
    one = first_words("《某通知》", [Group("望澜工匠", ("何焊平",))])[0]
    assert one == "根据《某通知》，经研究，决定命名何焊平同志为“望澜工匠”（名单见附件）。"
    both = first_words(
        "《某通知》", [Group("匠星", ("何焊平", "岑铸山")), Group("匠星班组", ("澜江一班", "二班"), people=False)]
    )
    assert "命名何焊平等2名同志为“匠星”，命名澜江一班等2个集体为“匠星班组”" in both[0]
    assert "受到命名的个人和集体" in both[1]


@pytest.mark.ledger("X-06")
def test_trainees_are_chosen_not_named() -> None:
    words = first_words("《某通知》", [Group("培育对象", ("何焊平",), trainees=True)])
    assert "确定何焊平同志为“培育对象”" in words[0]
    assert "命名" not in "".join(words)


def test_many_titles_are_counted() -> None:
    groups = [Group(f"{n}星", ("何焊平",)) for n in "一二三四"]
    assert "决定命名“一星”1名（个）、“二星”1名（个）" in first_words("《某通知》", groups)[0]
    assert first_words("《某通知》", []) == ()
