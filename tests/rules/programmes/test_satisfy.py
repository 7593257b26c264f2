"""Invented cases: what satisfy makes passes, what violate makes fails, what can't be had is said."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.programmes.small_world import facts, rule
from tests.rules.programmes.test_laws import CONDITIONS

from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.satisfy import satisfy, violate

EVERYTHING = [
    {"field": "years", "at_least": "$min_years"},
    {"field": "years", "below": 8},
    {"field": "level", "at_least": "技师"},
    {"field": "owner", "is": "非公有制"},
    {"field": "owner", "not_in": ["外资企业"]},
    {"field": "member", "is": True},
    {"field": "skills", "filled": True},
    {"field": "skills", "is_not": "unique"},
    {"field": "craft", "filled": True},
    {"field": "hired", "within": {"years": 3}},
    {"field": "birth", "at_most": "1990-12"},
    {"field": "hired", "not_before": "birth"},
    {"field": "hired", "later_than": "birth"},
    {"field": "leader.level", "is": "高级技师"},
    {"judged": "character"},
    {"judged": "method", "is": "竞赛"},
    {"document": "letters"},
    {"opinion": "sheet.employer", "is": "同意"},
    {"score": "total", "above": 60},
    {"param": "apart", "is": True},
    {
        "rows": "experts",
        "where": {"all": [{"field": "level", "at_least": "技师"}, {"field": "trade", "same_as": "subject.trade"}]},
        "count_at_least": 2,
    },
    {"rows": "experts", "where": {"field": "employer", "same_as": "subject.employer"}, "count_at_most": 0},
    {
        "rows": "contests",
        "where": {"all": [{"field": "rank", "at_most": {"lookup": "bar"}}, {"judged": "recognised"}]},
        "count_at_least": 1,
    },
    {"rows": "members", "where": {"field": "level", "at_least": "高级工"}, "count_at_least": 4},
    {
        "n_of": 2,
        "of": [{"field": "heir", "is": True}, {"field": "trainee", "is": True}, {"field": "patents", "above": 2}],
    },
    {"not": {"any": [{"field": "gender", "is": "女"}, {"field": "standing", "is": "china"}]}},
]


def outcomes(raws: list[dict[str, Any]], known: Facts) -> list[str]:
    """What comes of rules with these checks."""
    return [one.outcome for one in evaluate_rules([rule(raw, f"r{n}") for n, raw in enumerate(raws)], known)]


@pytest.mark.parametrize("seed", range(5))
def test_one_invented_case_meets_every_kind_of_condition(seed: int) -> None:
    rules = [rule(raw, f"r{n}") for n, raw in enumerate(EVERYTHING)]
    made = satisfy(rules, facts(), Random(seed))
    assert made.troubles == ()
    assert made.facts.submitted
    assert set(outcomes(EVERYTHING, made.facts)) == {"pass"}


@pytest.mark.parametrize("raw", [one for one in EVERYTHING if "param" not in one], ids=lambda one: str(one)[:50])
def test_each_can_be_broken_while_the_rest_holds(raw: dict[str, Any]) -> None:
    rest = [{"field": "trade", "filled": True}, {"document": "consent"}]
    rules = [rule(one, f"r{n}") for n, one in enumerate([raw, *rest])]
    made = violate(rules, "r0", facts(), Random(1))
    assert made.troubles == ()
    assert outcomes([raw, *rest], made.facts) == ["fail", "pass", "pass"]


def test_the_same_seed_gives_the_same_case_and_what_fits_is_kept() -> None:
    rules = [rule(raw, f"r{n}") for n, raw in enumerate(EVERYTHING)]
    base = facts({"years": 6, "trade": "焊工", "gender": "男", "employer": "甲厂", "level": "初级工"})
    one, two = (satisfy(rules, base, Random(7)).facts for _ in range(2))
    assert (one.subject, one.rows, one.judgements) == (two.subject, two.rows, two.judgements)
    assert {key: one.subject[key] for key in ("years", "trade", "gender", "employer")} == {
        "years": 6, "trade": "焊工", "gender": "男", "employer": "甲厂",
    }  # fmt: skip
    assert one.subject["level"] in {"技师", "高级技师"}


@pytest.mark.parametrize(
    ("raw", "other"),
    [
        ({"field": "years", "at_least": 10}, {"field": "years", "at_most": 5}),
        ({"field": "years", "above": 5}, {"field": "years", "at_most": 5}),
        ({"field": "age", "above": 5}, {"field": "age", "below": 6}),
        ({"field": "level", "at_least": "技师"}, {"field": "level", "in": ["初级工", "高级工"]}),
        ({"field": "owner", "is": "民营企业"}, {"field": "owner", "is_not": "非公有制"}),
        ({"field": "member", "is": True}, {"not": {"field": "member", "is": True}}),
        ({"field": "craft", "filled": True}, {"field": "craft", "filled": False}),
        ({"field": "standing", "is": "world"}, {"field": "standing", "is": "china"}),
        ({"rows": "experts", "count_at_least": 3}, {"rows": "experts", "count_at_most": 2}),
        ({"judged": "character"}, {"judged": "character", "is": False}),
    ],
    ids=lambda one: str(one)[:50],
)
def test_rules_that_nobody_can_meet_together_are_named(raw: dict[str, Any], other: dict[str, Any]) -> None:
    rules = [rule(raw, "a", name="甲"), rule({"field": "trade", "filled": True}, "b"), rule(other, "c", name="丙")]
    made = satisfy(rules, facts(), Random(2))
    assert [(one.rule, one.beside, one.text) for one in made.troubles] == [("c", ("a",), "“丙”与“甲”不能同时符合。")]
    assert outcomes([raw, {"field": "trade", "filled": True}], made.facts) == ["pass", "pass"]


def test_a_rule_that_nobody_can_meet_alone() -> None:
    raw = {"all": [{"field": "years", "at_least": 10}, {"field": "years", "at_most": 5}]}
    made = satisfy([rule(raw, name="年限")], facts(), Random(3))
    assert [one.text for one in made.troubles] == ["没有人能符合“年限”。"]


def test_what_waits_for_a_decision_is_not_called_impossible() -> None:
    line = rule({"score": "total", "at_least": "$pass_line"}, name="合格")
    made = satisfy([line], facts(), Random(3))
    assert [one.text for one in made.troubles] == ["“合格”能否符合，要等确定：合格线。"]
    again = rule({"rows": "registry", "where": {"field": "programme", "is": "star"}, "count_at_most": 0}, name="未获奖")
    made = satisfy([again], facts(), Random(3))
    assert [one.text for one in made.troubles] == ["“未获奖”能否符合，要等确定：“star”名册。"]
    assert satisfy([again], facts(covers={"star": None}), Random(3)).troubles == ()


def test_settled_case_facts_are_never_changed() -> None:
    route = {"field": "case.route", "is": "自荐"}
    made = satisfy([rule(route)], facts(case={"route": "推荐"}), Random(4))
    assert made.facts.case == {"route": "推荐"}
    assert len(made.troubles) == 1
    assert satisfy([rule(route)], facts(), Random(4)).facts.case == {"route": "自荐"}


def test_a_rule_for_others_asks_nothing() -> None:
    lettered = rule({"document": "letters"}, when={"field": "case.route", "is": "推荐"})
    spared = satisfy([lettered], facts(case={"route": "自荐"}), Random(5))
    assert (spared.facts.documents, spared.troubles) == ({}, ())
    crew = rule({"field": "leader.level", "is": "技师"}, award=("crew",))
    assert satisfy([crew], facts(case={"award": "star"}), Random(5)).facts.relations == {}


def test_another_rule_is_satisfied_through_its_name() -> None:
    years = rule({"field": "years", "at_least": 5}, "r_years", force="none", when={"field": "member", "is": True})
    named = rule({"rule": "r_years"}, "named")
    made = satisfy([years, named], facts(), Random(6))
    assert made.troubles == ()
    assert made.facts.subject["member"] is True
    assert made.facts.subject["years"] >= 5


@given(CONDITIONS, st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_satisfy_then_evaluate_passes_or_says_why_not(raw: dict[str, Any], seed: int) -> None:
    made = satisfy([rule(raw)], facts(), Random(seed))
    assert (outcomes([raw], made.facts) == ["pass"]) is (made.troubles == ())


@given(CONDITIONS, st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_violate_then_evaluate_fails_or_says_why_not(raw: dict[str, Any], seed: int) -> None:
    made = violate([rule(raw)], "r", facts(), Random(seed))
    assert (outcomes([raw], made.facts) == ["fail"]) is (made.troubles == ())


def test_an_invented_case_differs_from_the_next() -> None:
    rules = [rule(raw, f"r{n}") for n, raw in enumerate(EVERYTHING)]
    many = {repr(sorted(satisfy(rules, facts(), Random(seed)).facts.subject.items(), key=str)) for seed in range(6)}
    assert len(many) > 3
    assert replace(facts(), submitted=True) == facts()
