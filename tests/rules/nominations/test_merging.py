"""Answers of two hands put together: laws over any answers."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.nominations.differences import differences
from gongjiang.rules.nominations.merging import joined, merge_answers, plain, same

ANSWERS = st.one_of(
    st.text("甲乙丙 \n", max_size=6),
    st.dictionaries(st.sampled_from("ab"), st.text("甲乙", max_size=2), max_size=2),
    st.lists(st.fixed_dictionaries({"id": st.text("r12", max_size=2), "org": st.text("甲乙", max_size=2)}), max_size=3),
)


def merged(shown: Any, mine: Any, theirs: Any, choice: str = "") -> Any:
    """One answer, merged."""
    choose = {"x": choice} if choice else {}
    return merge_answers({"x": mine}, lambda _path: theirs, {"x": mark(shown)}, mark, choose)


def mark(value: Any) -> str:
    """Known again whatever the order of its keys, as the product's own marks are."""
    return json.dumps(plain(value), sort_keys=True)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_nobody_overwrites_unasked(shown: Any, mine: Any, theirs: Any) -> None:
    found = merged(shown, mine, theirs)
    if same(shown, mine) or same(mine, theirs):
        assert (found.taken, found.clashes) == ({}, ())
    elif same(shown, theirs):
        assert found.taken == {"x": mine}
    else:
        assert [(one.mine, one.theirs) for one in found.clashes] == [(mine, theirs)]
    assert found.elsewhere == (() if same(shown, theirs) else ("x",))


@given(ANSWERS, ANSWERS, ANSWERS)
def test_the_side_that_is_not_chosen_is_kept_aside(shown: Any, mine: Any, theirs: Any) -> None:
    found = merged(shown, mine, theirs, "theirs")
    assert found.taken == {}
    assert found.given_up == ({} if same(mine, theirs) else {"x": mine})


def test_both_rows_stay_once() -> None:
    mine, theirs = [{"id": "r1", "org": "甲"}, {"id": "r2", "org": "乙"}], [{"id": "r1", "org": "甲"}]
    assert joined(mine, theirs) == [{"id": "r1", "org": "甲"}, {"id": "", "org": "乙"}]


def test_a_ticked_option_without_words_is_an_answer() -> None:
    assert not same({"unique": ""}, {})
    assert same([{"id": "r1", "org": "甲", "to": ""}], [{"id": "r9", "org": "甲"}])


@given(st.text("甲乙丙丁\n", max_size=400), st.text("甲乙丙丁\n", max_size=400))
def test_runs_tell_both_texts(before: str, after: str) -> None:
    runs = differences(before, after)
    assert "".join(one.text for one in runs if one.kind != "in") == before
    assert "".join(one.text for one in runs if one.kind != "out") == after


def test_what_stayed_the_same_is_left_out() -> None:
    runs = differences("字" * 500 + "旧", "字" * 500 + "新")
    assert [(one.kind, len(one.text)) for one in runs] == [("skipped", 470), ("same", 30), ("out", 1), ("in", 1)]


def test_long_rewrites_are_told_at_once() -> None:
    runs = differences("甲乙" * 5000, "丙丁" * 5000)
    assert [one.kind for one in runs] == ["out", "in"]
