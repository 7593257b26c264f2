"""What came of rules and whether a gate opens: force, gate, award, exceptions, waiting judgements."""

from typing import Any

import pytest
from tests.rules.programmes.small_world import condition, facts, rule

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.conditions import Read
from gongjiang.rules.programmes.evaluate import (
    ExceptionsDisagree,
    ReadyException,
    ReadyRule,
    evaluate_rules,
    gate_decision,
    reads_of,
)
from gongjiang.rules.programmes.facts import Facts

ORDER = ("apply", "check", "panel", "name")
YEARS = {"field": "years", "at_least": 5}


def allowed(made: ReadyRule, known: Facts, stage: str) -> bool:
    """Does the stage open for this one rule?"""
    return gate_decision([made], known, stage, ORDER).allowed


@pytest.mark.parametrize(
    ("force", "subject", "open_at"),
    [
        ("hard", {"years": 4}, ()),
        ("hard", {}, ("apply",)),
        ("hard", {"years": 5}, ORDER),
        ("soft", {"years": 4}, ("apply",)),
        ("soft", {}, ("apply",)),
        ("prefer", {"years": 4}, ORDER),
        ("prefer", {}, ORDER),
        ("guide", {"years": 4}, ORDER),
        ("none", {}, ORDER),
    ],
)
def test_force_and_gate(force: str, subject: dict[str, Any], open_at: tuple[str, ...]) -> None:
    made = rule(YEARS, force=force)
    assert tuple(stage for stage in ORDER if allowed(made, facts(subject), stage)) == open_at


def test_a_rule_gated_later_may_be_open_until_then() -> None:
    made = rule({"judged": "mastery"}, gate="panel")
    assert [allowed(made, facts(), stage) for stage in ORDER] == [True, True, False, False]
    refused = gate_decision([made], facts(judgements={("mastery", ""): False}), "apply", ORDER)
    assert not refused.allowed


def test_a_refusal_tells_every_reason_with_its_clause() -> None:
    rules = [rule(YEARS, "a", cite=("二.1",)), rule({"field": "member", "is": True}, "b", cite=("二.2", "二.3"))]
    found = gate_decision(rules, facts({"years": 4}), "check", ORDER)
    assert [(one.subject, one.clause, one.force) for one in found.reasons] == [
        ("a", "二.1", "hard"),
        ("b", "二.2、二.3", "hard"),
    ]
    assert found.reasons[0].text == "二.1：生产现场工作年限须≥5年；申报4年 → 不符合"


def test_a_soft_rule_passes_with_an_accepted_reason_only() -> None:
    made = rule(YEARS, force="soft")
    waiting = gate_decision([made], facts({"years": 4}, reasoned={"r": False}), "check", ORDER)
    assert not waiting.allowed
    assert "须书面说明理由并经接受" in waiting.reasons[0].text
    accepted = gate_decision([made], facts({"years": 4}, reasoned={"r": True}), "check", ORDER)
    assert accepted.allowed
    assert "已说明理由" in accepted.reasons[0].text
    assert not gate_decision([made], facts(reasoned={"r": True}), "check", ORDER).allowed


def test_a_reason_does_not_help_a_hard_rule() -> None:
    assert not allowed(rule(YEARS), facts({"years": 4}, reasoned={"r": True}), "check")


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(BadInput):
        gate_decision([rule(YEARS)], facts(), "nowhere", ORDER)
    with pytest.raises(BadInput):
        gate_decision([rule(YEARS, gate="nowhere")], facts(), "check", ORDER)


def test_when_and_award() -> None:
    made = rule(YEARS, when={"field": "member", "is": True}, award=("star",))

    def outcome(subject: dict[str, Any], **case: Any) -> str:
        return evaluate_rules([made], facts(subject, case=case))[0].outcome

    assert outcome({"years": 4, "member": True}, award="star") == "fail"
    assert outcome({"years": 4, "member": False}, award="star") == "na"
    assert outcome({"years": 4, "member": True}, award="crew") == "na"
    assert outcome({"years": 4}, award="star") == "unknown"
    assert outcome({"years": 4, "member": True}) == "unknown"
    assert outcome({"years": 5}) == "pass"


def test_waiting_for_names_the_judgement_and_who_makes_it() -> None:
    made = rule({"all": [{"judged": "mastery"}, {"judged": "character"}, {"field": "years", "at_least": 5}]})
    found = evaluate_rules([made], facts())[0]
    assert [(one.key, one.who) for one in found.waiting_for] == [("mastery", ("jury",)), ("character", ("office",))]
    assert [one.key for one in found.missing] == ["mastery", "character", "years"]


def waiver(id: str = "x", by: str = "office", when: dict[str, Any] | None = None) -> ReadyException:
    """An exception that waives rule r."""
    return ReadyException(id, ("r",), id, when=condition(when) if when else None, by=(by,), at="check")


def test_an_exception_waives_once_granted_and_while_its_condition_holds() -> None:
    made = rule(YEARS)
    exception = waiver(when={"judged": "character"})
    fit = {"judgements": {("character", ""): True}}

    def opens(known: Facts) -> bool:
        return gate_decision([made], known, "check", ORDER, [exception]).allowed

    granted = frozenset({"x"})
    assert opens(facts({"years": 3}, granted=granted, **fit))
    assert opens(facts(granted=granted, **fit))
    assert not opens(facts({"years": 3}, **fit))
    assert not opens(facts({"years": 3}, granted=granted))
    other = gate_decision([rule(YEARS, "q")], facts({"years": 3}, granted=granted, **fit), "check", ORDER, [exception])
    assert not other.allowed


def test_exceptions_that_disagree_are_an_error() -> None:
    both = facts({"years": 3}, granted=frozenset({"x", "y"}))
    with pytest.raises(ExceptionsDisagree) as caught:
        evaluate_rules([rule(YEARS)], both, [waiver("x"), waiver("y", by="council")])
    assert "x" in caught.value.text
    assert "y" in caught.value.text
    same = evaluate_rules([rule(YEARS)], both, [waiver("x"), waiver("y")])
    assert same[0].overlay == "excepted"
    one = facts({"years": 3}, granted=frozenset({"x"}))
    assert evaluate_rules([rule(YEARS)], one, [waiver("x"), waiver("y", by="council")])[0].overlay == "excepted"


def test_reads_of_follows_rules() -> None:
    inner = rule({"field": "birth", "filled": True}, "r_years", when={"field": "gender", "is": "女"})
    outer = rule({"rule": "r_years"}, "outer")
    assert reads_of(outer, {"r_years": inner}) == {
        Read("rule", "r_years"),
        Read("field", "birth"),
        Read("field", "gender"),
    }
