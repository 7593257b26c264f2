"""Who must stay away, and why."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.scoring.conflicts import DEFAULT, RULES, CaseFacts, ExpertFacts, Shared, conflict, words_of

CASE = CaseFacts("c1", frozenset({"p1"}), frozenset({"霁川第一机床厂"}), frozenset({"霁川市总工会"}))


@pytest.mark.parametrize(
    ("expert", "text"),
    [
        (ExpertFacts("e", employers=frozenset({"霁川 第一机床厂"})), "与人选同在一个单位，须回避。"),
        (ExpertFacts("e", employers=frozenset({"甲"}), kin=frozenset({"p1"})), "与人选有亲属关系，须回避。"),
        (ExpertFacts("e", employers=frozenset({"甲"}), mentor_of=frozenset({"p1"})), "与人选有师徒关系，须回避。"),
        (ExpertFacts("e", employers=frozenset({"甲"}), recommended=frozenset({"c1"})), "曾为人选写过推荐，须回避。"),
        (ExpertFacts("e", employers=frozenset({"霁川市总工会"})), "人选由专家所在单位推荐，须回避。"),
        (ExpertFacts("e", employers=frozenset({"甲"}), declared=frozenset({"c1"})), "专家自行申明回避，须回避。"),
    ],
)
def test_every_ground(expert: ExpertFacts, text: str) -> None:
    decision = conflict(expert, CASE, clause="四.3")
    assert not decision.allowed
    assert [(one.text, one.clause, one.subject) for one in decision.reasons] == [(text, "四.3", "e")]


def sharing(*shared: object) -> ExpertFacts:
    return ExpertFacts("e", shared=frozenset({Shared(*shared)}))  # type: ignore[arg-type]


TEAM = CaseFacts(
    "c2",
    frozenset({"p2"}),
    groups=frozenset({"霁川重工集团"}),
    branches=frozenset({"霁川重工集团工会第三分会"}),
    on=date(2031, 9, 30),
)


@pytest.mark.parametrize(
    ("expert", "texts"),
    [
        (ExpertFacts("e", groups=frozenset({"霁川重工集团"})), ["与人选同属一个集团，须回避。"]),
        (ExpertFacts("e", branches=frozenset({"霁川重工集团工会 第三分会"})), ["与人选同在一个工会分会，须回避。"]),
        (
            ExpertFacts("e", shared=frozenset({Shared("p2", "honour", date(2026, 9, 30))})),
            ["五年内与人选共同受过表彰，须回避。"],
        ),
        (ExpertFacts("e", shared=frozenset({Shared("p2", "honour", date(2026, 9, 29))})), []),
        (
            ExpertFacts("e", shared=frozenset({Shared("p2", "work", date(2030, 1, 1))})),
            ["五年内与人选有共同成果，须回避。"],
        ),
        (ExpertFacts("e", shared=frozenset({Shared("p2", "work")})), ["五年内与人选有共同成果，须回避。"]),
        (ExpertFacts("e", shared=frozenset({Shared("p3", "work", date(2031, 1, 1))})), []),
    ],
)
def test_grounds_beyond_the_unit(expert: ExpertFacts, texts: list[str]) -> None:
    decision = conflict(expert, TEAM, [one for one in DEFAULT if one != "same_employer"])
    assert [one.text for one in decision.reasons] == texts
    assert decision.allowed is not bool(texts)


def test_five_years_back_from_a_29th_of_february() -> None:
    case = replace(TEAM, on=date(2032, 2, 29))
    assert not conflict(sharing("p2", "work", date(2027, 3, 1)), case, ["co_author"]).allowed
    assert conflict(sharing("p2", "work", date(2027, 2, 28)), case, ["co_author"]).allowed


def test_every_rule_says_what_it_looks_at() -> None:
    assert all(one.looks_at for one in RULES.values())


def test_all_grounds_are_told() -> None:
    expert = ExpertFacts("e", employers=frozenset({"霁川第一机床厂"}), kin=frozenset({"p1"}))
    assert len(conflict(expert, CASE).reasons) == 2


def test_only_the_rules_of_the_panel_and_what_is_declared() -> None:
    expert = ExpertFacts("e", employers=frozenset({"霁川第一机床厂"}))
    assert conflict(expert, CASE, ["kin"]).allowed
    declared = ExpertFacts("e", declared=frozenset({"c1"}))
    assert not conflict(declared, CASE, []).allowed


def test_a_blank_employer_is_remarked_on() -> None:
    decision = conflict(ExpertFacts("e"), CASE)
    assert decision.allowed
    assert [one.text for one in decision.reasons] == ["工作单位未填，未能核对是否同单位。"]
    assert conflict(ExpertFacts("e", employers=frozenset({"甲"})), CASE).reasons == ()


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(BadInput, match="same_town"):
        conflict(ExpertFacts("e"), CASE, ["same_town"])


WORDS = st.frozensets(st.sampled_from(["甲厂", "甲 厂", "乙厂", "p1", "p2", "by:何", "work::焊"]), max_size=2)
SUBJECTS, KINDS = st.sampled_from(["p1", "work::焊", "何"]), st.sampled_from(["work", "honour"])
SHARED = st.frozensets(st.builds(Shared, SUBJECTS, KINDS), max_size=1)
EXPERTS = st.builds(ExpertFacts, st.just("e"), *(WORDS,) * 8, SHARED, st.just(frozenset({"何"})))
CASES = st.builds(
    CaseFacts, st.just("c1"), WORDS, WORDS, WORDS, WORDS, WORDS, st.just(date(2031, 1, 1)), SHARED
)  # fmt: skip


@given(EXPERTS, CASES)
def test_who_shares_no_word_is_in_no_conflict(expert: ExpertFacts, case: CaseFacts) -> None:
    if words_of(expert).isdisjoint(words_of(case)):
        assert conflict(expert, case).allowed
