"""Clauses partition the notice's text; every anchor is found once, in order."""

from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.programmes.clauses import anchor_problems, cut, digest, squeeze
from gongjiang.rules.programmes.schema.words import ClauseAnchor
from gongjiang.rules.programmes.source import read

SOURCE = read("notice: {clauses: [{id: a}, {id: b}, {id: c}]}", "x.yaml")


def anchors(*starts: str) -> list[ClauseAnchor]:
    return [ClauseAnchor(id=f"第{n}条", starts=text, kind="rule") for n, text in enumerate(starts, 1)]


def codes(found: list[ClauseAnchor], text: str) -> list[str]:
    return [one.code for one in anchor_problems(found, text, SOURCE)]


def test_white_space_does_not_count() -> None:
    found = cut(anchors("一、范围", "二、 条件"), "一、 范\n围：全市。\r\n二、条件：五年。")
    assert [one.text for one in found] == ["一、范围：全市。", "二、条件：五年。"]


def test_a_missing_anchor_says_how_far_the_text_agrees() -> None:
    (problem,) = anchor_problems(anchors("一、推荐范围和对象"), "一、推荐范围与对象。", SOURCE)
    assert problem.code == "clause.missing"
    assert "一、推荐范围｜与对象" in problem.text


def test_out_of_order_twice_and_gap() -> None:
    assert codes(anchors("二、", "一、"), "一、甲二、乙") == ["clause.gap", "clause.order"]
    assert codes(anchors("一、", "二、"), "一、甲一、丙二、乙") == ["clause.twice"]
    assert codes(anchors("一、"), "前言一、甲") == ["clause.gap"]
    assert codes(anchors("一、", "二、"), "一、甲二、乙") == []
    assert codes([], "一、甲") == ["clause.gap"]
    assert cut([], "一、甲") == ()


def test_the_digest_does_not_mind_line_ends() -> None:
    assert digest("甲\r\n乙") == digest("甲\n乙") != digest("甲乙")


@given(st.lists(st.text("甲乙丙 \n", min_size=0, max_size=12), min_size=1, max_size=6))
def test_clauses_add_up_to_the_whole_text(bodies: list[str]) -> None:
    heads = [f"第{n}章" for n in range(len(bodies))]
    text = "".join(f"{head} {body}\n" for head, body in zip(heads, bodies, strict=True))
    found = cut(anchors(*heads), text)
    assert codes(anchors(*heads), text) == []
    assert "".join(one.text for one in found) == squeeze(text)
    assert [one.start for one in found[1:]] == [one.end for one in found[:-1]]
