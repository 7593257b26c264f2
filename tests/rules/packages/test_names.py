"""Names in an archive: whatever was typed, a name that stays where it is put."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.packages.names import LONGEST, free_name, safe_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("获奖证书", "获奖证书.pdf"),
        ("../../etc/passwd", "etc、passwd.pdf"),
        ("..\\..\\windows", "windows.pdf"),
        ("/root", "root.pdf"),
        ("C:\\a", "C、a.pdf"),
        ("标题\r\n第二行", "标题 第二行.pdf"),
        ("证书\u202efdp", "证书fdp.pdf"),
        ("a\x00b", "ab.pdf"),
        ("  .. ", "未命名.pdf"),
        ("", "未命名.pdf"),
        ("con", "con＿.pdf"),
        ("NUL.txt", "NUL.txt＿.pdf"),
        ("𠮷田·阿卜杜拉", "𠮷田·阿卜杜拉.pdf"),
        ("{{ template }}", "{{ template }}.pdf"),
    ],
)
def test_what_was_typed_as_a_name(typed: str, name: str) -> None:
    assert safe_name(typed, ".pdf") == name


@given(st.text(max_size=300))
def test_every_name_is_one_name(text: str) -> None:
    name = safe_name(text, ".docx")
    assert 0 < len(name.encode()) <= LONGEST + 3
    assert name.endswith(".docx")
    assert not set(name) & set('\\/:*?"<>|\r\n\t\0')
    assert name not in (".docx", "..docx")
    assert name[0] not in " ."


def test_255_characters_keep_their_ending_and_whole_characters() -> None:
    name = safe_name("证" * 255, ".pdf")
    assert name == "证" * 58 + ".pdf"
    assert len(name.encode()) <= LONGEST


@given(st.lists(st.sampled_from(["甲.pdf", "甲 (2).pdf", "A", "a", "Ａ", "证" * 60 + ".pdf"]), max_size=12))
def test_no_two_names_are_the_same_to_any_system(wanted: list[str]) -> None:
    taken: set[str] = set()
    given_out = [free_name(one, taken) for one in wanted]
    assert len({unicodedata.normalize("NFKC", one).casefold() for one in given_out}) == len(wanted)
    assert all(len(one.encode()) <= 255 for one in given_out)


def test_the_second_of_a_name_is_numbered_before_its_ending() -> None:
    taken: set[str] = set()
    names = [free_name("证书.pdf", taken) for _ in range(3)]
    assert names == ["证书.pdf", "证书 (2).pdf", "证书 (3).pdf"]
    assert [free_name("样例厂-何焊平", taken) for _ in range(2)] == ["样例厂-何焊平", "样例厂-何焊平 (2)"]
