"""One rule for 字数 (X-08), and cleaning that loses nothing one can see."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel import text as text_module
from gongjiang.kernel.text import check_length, clean, count_text, quoted, surely_clean

VECTORS = json.loads((Path(__file__).parent / "text_vectors.json").read_text(encoding="utf-8"))
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@pytest.mark.ledger("X-08")
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: ascii(vector["text"]))
def test_the_vectors_that_the_browser_shares(vector: dict[str, object]) -> None:
    assert count_text(str(vector["text"])) == vector["count"]


@pytest.mark.ledger("X-08")
@pytest.mark.parametrize("name", ["WIDE", "SPACES", "SILENT"])
def test_the_script_has_the_very_same_tables(root: Path, name: str) -> None:
    script = (root / "src/gongjiang/static/js/text-count.js").read_text(encoding="utf-8")
    table = re.search(rf"export const {name} = \[(.*?)\];", script, re.DOTALL)
    assert table is not None
    pairs = re.findall(r"\[0x([0-9A-F]+), 0x([0-9A-F]+)\]", table.group(1))
    assert tuple((int(low, 16), int(high, 16)) for low, high in pairs) == getattr(text_module, name)


@given(st.text(), st.text())
def test_lines_add_up(first: str, second: str) -> None:
    assert count_text(f"{first}\n{second}") == count_text(first) + count_text(second)


@given(st.text(alphabet=HAN), st.text())
def test_han_counts_one_each_wherever_it_stands(han: str, rest: str) -> None:
    assert count_text(han) == len(han)
    assert count_text(han + rest) == len(han) + count_text(rest)


@given(st.text())
def test_never_more_than_code_points(text: str) -> None:
    assert 0 <= count_text(text) <= len(text)


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_counts_alike(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert count_text(once) <= count_text(text)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=4))
def test_texts_said_to_be_clean_together_are_clean_each(texts: list[str]) -> None:
    """Also where a mark at the beginning of one text would join the end of the text before."""
    assert not surely_clean(texts) or [clean(one) for one in texts] == texts
    assert surely_clean(["张师傅", "样例\n工匠", ""])
    assert not surely_clean(["张师傅", "样\u200b例"])


def test_what_is_cleaned_and_what_stays() -> None:
    assert clean("a\r\nb\rc\td") == "a\nb\nc\td"
    assert clean("\u202e工\u200b匠\x00\ufeff\u2066") == "工匠"
    assert clean("cafe\u0301") == "café"
    assert clean("１２３，𠮷👩\u200d🔧{{ name }}") == "１２３，𠮷👩\u200d🔧{{ name }}"
    assert clean("\ud800x") == "x"


@pytest.mark.ledger("N-17")
@pytest.mark.parametrize("limit", [30, 50, 150, 200, 300, 500, 800, 1000, 2000])
def test_the_limit_itself_is_allowed_and_one_more_is_not(limit: int) -> None:
    assert check_length("工" * limit, limit, label="推荐理由").allowed
    refused = check_length("工" * (limit + 1), limit, label="推荐理由", clause="附件2")
    assert not refused.allowed
    assert refused.reasons[0].text == f"推荐理由不超过{limit}字，现{limit + 1}字，超1字。"
    assert refused.reasons[0].clause == "附件2"


def test_quotation_marks_within_quotation_marks() -> None:
    assert quoted("“工匠五力”支撑材料") == "“‘工匠五力’支撑材料”"
