"""Who must stay away, and why."""

import pytest

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.scoring.conflicts import CaseFacts, ExpertFacts, conflict

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
