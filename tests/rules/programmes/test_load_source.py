"""YAML text to data: what is read exactly, what is refused and where."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from gongjiang.rules.programmes.problems import PackError
from gongjiang.rules.programmes.source import DEEPEST, LONGEST, read


def codes(text: str) -> list[tuple[int, str]]:
    with pytest.raises(PackError) as caught:
        read(text, "x.yaml")
    return [(one.line, one.code) for one in caught.value.problems]


def test_plain_values_are_read_exactly() -> None:
    data = read("a: 25\nb: 1.10\nc: -3\nd: true\ne: null\nf: 2026-06-30\ng: 30%\nh: 1.0.0\ni: '07'\n", "x.yaml").data
    assert data == {
        "a": 25, "b": Decimal("1.10"), "c": -3, "d": True, "e": None, "f": date(2026, 6, 30), "g": "30%",
        "h": "1.0.0", "i": "07",
    }  # fmt: skip
    assert type(data["b"]) is Decimal


def test_keys_are_text() -> None:
    assert read("2024: 3\ntrue: 1\n四(三)1: x\n", "x.yaml").data == {"2024": 3, "true": 1, "四(三)1": "x"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1:2", [(1, "yaml.ratio")]),
        ("a:\n  - 1:1.5\n  - 12:30:00\n", [(2, "yaml.ratio"), (3, "yaml.ratio")]),
        ("1:2: x", [(1, "yaml.ratio")]),
        *((f"a: {word}", [(1, "yaml.bool_word")]) for word in ("yes", "No", "ON", "off", "y", "N")),
        ("a: {on: 1}", [(1, "yaml.bool_word")]),
        ("a: True", [(1, "yaml.bool")]),
        ("a: 0123", [(1, "yaml.number")]),
        ("a: 0x1F", [(1, "yaml.number")]),
        ("a: 1_000", [(1, "yaml.number")]),
        ("a: 1e309", [(1, "yaml.number")]),
        ("a: .5", [(1, "yaml.number")]),
        ("a: 5.", [(1, "yaml.number")]),
        ("a: .nan", [(1, "yaml.number")]),
        ("a: -0", [(1, "yaml.number")]),
        ("a: 9999999999999999999", [(1, "yaml.number")]),
        ("b: 1\na:\n", [(2, "yaml.null")]),
        ("a: ~", [(1, "yaml.null")]),
        ("a: 2026-02-30", [(1, "yaml.date")]),
        ("a: 2026-2-3", [(1, "yaml.date")]),
        ("a: 2026-06-30 12:00:00", [(1, "yaml.date")]),
        ("a: 1\nb: 2\na: 3\n", [(3, "yaml.duplicate_key")]),
        ("a: &x 1\nb: *x", [(1, "yaml.anchor"), (2, "yaml.anchor")]),
        ("<<: {a: 1}", [(1, "yaml.merge")]),
        ("a: !!python/object:os.system x", [(1, "yaml.tag")]),
        ("a: 1\n---\nb: 2", [(2, "yaml.documents")]),
        ("%YAML 1.1\n---\na: 1", [(2, "yaml.directive")]),
        ("? [a]\n: 1", [(1, "yaml.key")]),
        ("a:\n\t- 1", [(2, "yaml.tab")]),
        ("a: x\u200by", [(1, "yaml.invisible")]),
        ("a: \u202ex", [(1, "yaml.invisible")]),
        ("- 1", [(1, "yaml.empty")]),
        ("", [(1, "yaml.empty")]),
        ("a: 1\nb: [1, 2", [(2, "yaml.syntax")]),
    ],
)
def test_traps_are_refused_with_their_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert codes(text) == expected


def test_a_doubled_key_names_both_lines() -> None:
    with pytest.raises(PackError) as caught:
        read("a: 1\nb: 2\na: 3\n", "x.yaml")
    text = caught.value.problems[0].text
    assert "第1行" in text
    assert "第3行" in text
    assert str(caught.value.problems[0]).startswith("x.yaml:3: 键“a”")


def test_every_trap_is_told_at_once() -> None:
    assert codes("a: yes\nb: 1:2\nc: 012\n") == [(1, "yaml.bool_word"), (2, "yaml.ratio"), (3, "yaml.number")]


def test_a_pool_may_say_on() -> None:
    assert read("pools:\n  - {id: x, on: initial}\n", "x.yaml").data == {"pools": [{"id": "x", "on": "initial"}]}


def test_quoted_traps_are_text() -> None:
    assert read("a: '1:2'\nb: \"yes\"\nc: '0123'\n", "x.yaml").data == {"a": "1:2", "b": "yes", "c": "0123"}


def test_nesting_and_size_are_bounded() -> None:
    assert codes("a: " + "[" * 100 + "]" * 100) == [(1, "yaml.depth")]
    assert codes("a: " + "x" * LONGEST) == [(1, "yaml.size")]
    deep = DEEPEST - 2
    assert read("a: " + "[" * deep + "]" * deep, "x.yaml").data["a"] is not None


def test_a_full_width_colon_is_hinted_at() -> None:
    with pytest.raises(PackError) as caught:
        read("a: {b： 1, c: 2]\n", "x.yaml")
    assert any("全角标点" in one.text for one in caught.value.problems)


def test_places_of_values_and_keys() -> None:
    source = read("a:\n  - {b: 1, c: x}\n  - d:\n      e: 2\n", "x.yaml")
    assert (source.mark(("a", 0, "c")).line, source.mark(("a", 0, "c")).column) == (2, 12)
    assert source.mark(("a", 1, "d", "e")).line == 4
    assert source.mark(("a", 1, "nothing")).line == 3
    assert source.mark(("nothing",)).line == 1


PLAIN = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | st.text("名额abc 1:#'\"", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("键key", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["甲", "乙", "c", "d"]), PLAIN, min_size=1))
def test_what_another_writer_quotes_properly_is_read_back(data: dict[str, object]) -> None:
    """JSON is YAML 1.2 with every text quoted: nothing in it is a trap."""
    assert read(json.dumps(data, ensure_ascii=False), "x.yaml").data == data


@pytest.mark.parametrize("name", ["nanning-2026", "national-2024"])
def test_the_packs_read_alike_to_a_1_1_and_a_1_2_parser(name: str, root: Path) -> None:
    text = (root / f"src/gongjiang/catalogue/packs/{name}.yaml").read_text("utf-8")
    loaded = []
    for version in ((1, 1), (1, 2)):
        yaml = YAML(typ="safe", pure=True)
        yaml.version = version
        loaded.append(yaml.load(text.replace(" on: ", " 'on': ")))
    assert loaded[0] == loaded[1]
