"""Every kind of condition: true, false, unknown, and what it says is missing."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.rules.programmes.small_world import FALSE, TRUE, UNKNOWN, condition, facts, rule, truth_of, verdict

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions import Read
from gongjiang.rules.programmes.evaluate import with_rules
from gongjiang.rules.programmes.facts import Row

SENIOR = {"rows": "experts", "where": {"field": "level", "at_least": "技师"}, "count_at_least": 2}
NO_OWN = {"rows": "experts", "where": {"field": "employer", "same_as": "subject.employer"}, "count_at_most": 0}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (["技师", "高级技师"], TRUE),
        (["技师", "高级工"], FALSE),
        (["技师", None], UNKNOWN),
        (["技师", "技师", None], TRUE),
        ([None], FALSE),
        ([], FALSE),
    ],
)
def test_rows_at_least(levels: list[str | None], expected: Truth) -> None:
    known = facts(rows={"experts": [{"level": one} for one in levels]})
    assert truth_of(SENIOR, known) is expected


@pytest.mark.parametrize(
    ("employers", "expected"), [(["乙厂"], TRUE), (["甲厂", None], FALSE), (["乙厂", None], UNKNOWN), ([], TRUE)]
)
def test_rows_at_most(employers: list[str | None], expected: Truth) -> None:
    known = facts({"employer": "甲厂"}, rows={"experts": [{"employer": one} for one in employers]})
    assert truth_of(NO_OWN, known) is expected


def test_rows_not_filled_in_are_unknown_while_drafting_and_none_after_submission() -> None:
    assert truth_of(SENIOR, facts(submitted=False)) is UNKNOWN
    assert truth_of(SENIOR, facts()) is FALSE
    assert truth_of({"rows": "experts", "count_at_most": 0}, facts(submitted=False)) is UNKNOWN
    assert truth_of({"rows": "experts", "count_at_most": 0}, facts()) is TRUE


def test_an_empty_relation_is_unknown_even_after_submission() -> None:
    hands = {"rows": "members", "where": {"field": "level", "at_least": "高级工"}, "count_at_least": 1}
    assert truth_of(hands, facts()) is UNKNOWN
    assert truth_of({"field": "leader.level", "at_least": "技师"}, facts()) is UNKNOWN
    assert truth_of(hands, facts(rows={"members": [{"level": "技师"}]})) is TRUE
    assert (
        truth_of({"field": "leader.level", "at_least": "技师"}, facts(relations={"leader": {"level": "高级工"}}))
        is FALSE
    )


def test_a_place_below_the_bar_of_its_contest() -> None:
    bar = {"rows": "contests", "where": {"field": "rank", "at_most": {"lookup": "bar"}}, "count_at_least": 1}
    assert truth_of(bar, facts(rows={"contests": [{"contest": "市级大赛", "rank": 3}]})) is TRUE
    assert truth_of(bar, facts(rows={"contests": [{"contest": "市级大赛", "rank": 4}]})) is FALSE
    assert truth_of(bar, facts(rows={"contests": [{"contest": "厂内比武", "rank": 1}]})) is FALSE
    assert truth_of(bar, facts(rows={"contests": [{"rank": 1}]})) is UNKNOWN


AGAIN = {
    "rows": "registry",
    "where": {"all": [{"field": "programme", "is": "star"}, {"field": "date", "within": {"years": 5}}]},
    "count_at_most": 0,
}


@pytest.mark.parametrize(
    ("covers", "expected"),
    [
        ({}, UNKNOWN),
        ({"star": None}, TRUE),
        ({"star": date(2020, 1, 1)}, TRUE),
        ({"star": date(2029, 1, 1)}, UNKNOWN),
        ({"other": None}, UNKNOWN),
        ({"*": None}, TRUE),
        ({"*": date(2029, 1, 1)}, UNKNOWN),
    ],
)
def test_none_found_counts_only_where_the_registry_looks(covers: dict[str, Any], expected: Truth) -> None:
    assert truth_of(AGAIN, facts(covers=covers)) is expected


def test_an_earlier_honour_that_was_found_decides_whatever_the_coverage() -> None:
    found = (Row("h1", {"programme": "star", "date": date(2030, 5, 1), "state": "stands"}),)
    assert truth_of(AGAIN, facts(registry=found)) is FALSE
    old = (Row("h1", {"programme": "star", "date": date(2026, 9, 30), "state": "ended"}),)
    assert truth_of(AGAIN, facts(registry=old, covers={"star": None})) is TRUE


@pytest.mark.parametrize(("answer", "expected"), [(True, TRUE), ("no", FALSE), (None, UNKNOWN)])
def test_judged(answer: Any, expected: Truth) -> None:
    known = facts(judgements={("character", ""): answer})
    found = verdict({"judged": "character"}, known)
    assert found.truth is expected
    waiting = [(one.key, one.who, one.who_labels) for one in found.missing]
    assert waiting == ([("character", ("office",), ("办公室",))] if expected is UNKNOWN else [])


def test_judged_about_a_row_a_unit_and_each_trade() -> None:
    rows = {"contests": [{"id": "a", "rank": 1}, {"id": "b", "rank": 2}]}
    one_known = {"rows": "contests", "where": {"judged": "recognised"}, "count_at_least": 1}
    assert truth_of(one_known, facts(rows=rows, judgements={("recognised", "b"): True})) is TRUE
    assert truth_of(one_known, facts(rows=rows, judgements={("recognised", "b"): False})) is UNKNOWN
    unit = facts(case={"nominator": "晴岚区"}, judgements={("admitted", "晴岚区"): True})
    assert truth_of({"judged": "admitted"}, unit) is TRUE
    assert truth_of({"judged": "admitted"}, facts(judgements={("admitted", "晴岚区"): True})) is UNKNOWN
    each = {"judged": "method", "is": "竞赛"}
    answers = {("method", "焊工"): "竞赛", ("method", "车工"): "评审"}
    assert truth_of(each, facts({"trade": "焊工"}, judgements=answers)) is TRUE
    assert truth_of(each, facts({"trade": "车工"}, judgements=answers)) is FALSE
    assert truth_of(each, facts(judgements=answers)) is UNKNOWN


def test_documents_count_against_the_attachments_own_number() -> None:
    assert truth_of({"document": "consent"}, facts(documents={"consent": 1})) is TRUE
    assert truth_of({"document": "letters"}, facts(documents={"letters": 2})) is FALSE
    assert truth_of({"document": "letters"}, facts(documents={"letters": 2}, submitted=False)) is UNKNOWN


def test_opinion() -> None:
    agreed = {"opinion": "sheet.employer", "is": "同意"}
    assert truth_of(agreed, facts(opinions={("sheet", "employer"): "同意"})) is TRUE
    assert truth_of(agreed, facts(opinions={("sheet", "employer"): "不同意"})) is FALSE
    assert truth_of(agreed, facts()) is UNKNOWN


@pytest.mark.parametrize(
    ("low", "high", "expected"), [("66.9", "70.9", TRUE), ("37.9", "77.9", UNKNOWN), ("10", "59.99", FALSE)]
)
def test_a_score_is_an_interval(low: str, high: str, expected: Truth) -> None:
    known = facts(scores={"total": Interval(Fraction(low), Fraction(high))})
    assert truth_of({"score": "total", "at_least": 60}, known) is expected


def test_a_line_that_people_set_later_is_unknown_until_then() -> None:
    line = {"score": "total", "at_least": "$pass_line"}
    scored = {"total": Interval.point(70)}
    waiting = verdict(line, facts(scores=scored))
    assert waiting.truth is UNKNOWN
    assert [(one.kind, one.key, one.who_labels) for one in waiting.missing] == [("judged", "line", ("评审会",))]
    assert truth_of(line, facts(scores=scored, judgements={("line", ""): 60})) is TRUE


def test_param() -> None:
    assert truth_of({"param": "apart", "is": True}, facts()) is TRUE
    assert truth_of({"param": "apart", "is": True}, facts(params={"apart": False})) is FALSE
    assert truth_of({"param": "open", "is": 3}, facts()) is UNKNOWN


def test_rule_reads_another_rule_that_applies_and_holds() -> None:
    years = rule({"field": "years", "at_least": 5}, "r_years", when={"field": "member", "is": True})
    raw = {"rule": "r_years"}

    def asked(**subject: Any) -> Truth:
        return truth_of(raw, with_rules([years], facts(subject)))

    assert asked(years=5, member=True) is TRUE
    assert asked(years=4, member=True) is FALSE
    assert asked(years=5, member=False) is FALSE
    assert asked(years=5) is UNKNOWN


def test_all_any_not_n_of() -> None:
    parts = [{"field": "years", "at_least": 5}, {"field": "gender", "is": "女"}, {"field": "member", "is": True}]
    known = facts({"years": 6, "gender": "男"})
    assert truth_of({"all": parts}, known) is FALSE
    assert truth_of({"any": parts}, known) is TRUE
    assert truth_of({"not": parts[0]}, known) is FALSE
    assert truth_of({"not": parts[2]}, known) is UNKNOWN
    assert [truth_of({"n_of": n, "of": parts}, known) for n in (1, 2, 3)] == [TRUE, UNKNOWN, FALSE]
    assert truth_of({"n_of": "$open", "of": parts}, known) is UNKNOWN


def test_reads_names_everything_a_condition_depends_on() -> None:
    raw = {
        "all": [
            {"field": "years", "at_least": "$min_years"},
            {"field": "leader.level", "is": "技师"},
            {"field": "case.route", "is": "自荐"},
            {"rows": "contests", "where": {"field": "rank", "at_most": {"lookup": "bar"}}, "count_at_least": 1},
            {"judged": "method", "is": "竞赛"},
            {"document": "consent"},
            {"opinion": "sheet.employer", "is": "同意"},
            {"score": "total", "above": 0},
            {"not": {"rule": "r_member"}},
        ]
    }
    assert condition(raw).reads() == {
        Read("field", "years"), Read("param", "min_years"), Read("relation", "leader.level"), Read("case", "route"),
        Read("rows", "contests"), Read("column", "contests.rank"), Read("column", "contests.contest"),
        Read("table", "bar"), Read("judged", "method"), Read("field", "trade"), Read("document", "consent"),
        Read("opinion", "sheet.employer"), Read("score", "total"), Read("rule", "r_member"),
    }  # fmt: skip
