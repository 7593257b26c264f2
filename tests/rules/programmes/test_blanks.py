"""What an empty field means: unknown while drafting; then as the pack format says (Facts and conditions)."""

from typing import Any

import pytest
from tests.rules.programmes.small_world import FALSE, TRUE, UNKNOWN, facts, truth_of

from gongjiang.kernel.truth import Truth

BLANKS: list[tuple[dict[str, Any], Truth]] = [
    # a plain field stays unknown
    ({"field": "years", "at_least": 5}, UNKNOWN),
    ({"field": "member", "is": True}, UNKNOWN),
    ({"field": "trade", "is_not": "焊工"}, UNKNOWN),
    # an unfilled yes/no with a detail is not claimed
    ({"field": "heir", "is": True}, FALSE),
    ({"field": "heir", "is": False}, TRUE),
    # `blank: none`
    ({"field": "trainee", "is": True}, FALSE),
    ({"field": "patents", "at_least": 1}, FALSE),
    ({"field": "patents", "at_most": 3}, FALSE),
    ({"field": "patents", "is_not": 3}, TRUE),
    ({"field": "patents", "filled": True}, FALSE),
    # an unticked box
    ({"field": "skills", "is": "unique"}, FALSE),
    ({"field": "skills", "in": ["unique", "other"]}, FALSE),
    ({"field": "skills", "is_not": "unique"}, TRUE),
    ({"field": "skills", "not_in": ["unique"]}, TRUE),
    ({"field": "skills", "filled": True}, FALSE),
    # whether something was filled in is known
    ({"field": "years", "filled": True}, FALSE),
    ({"field": "craft", "filled": False}, TRUE),
    # an absent row
    ({"rows": "experts", "count_at_least": 1}, FALSE),
    ({"rows": "contests", "where": {"field": "rank", "at_most": 3}, "count_at_most": 0}, TRUE),
    # nothing can't be told from nothing
    ({"field": "patents", "same_as": "years"}, UNKNOWN),
    # documents, opinions, judgements
    ({"document": "consent"}, FALSE),
    ({"opinion": "sheet.employer", "is": "同意"}, UNKNOWN),
    ({"judged": "character"}, UNKNOWN),
]


@pytest.mark.parametrize(("raw", "submitted"), BLANKS, ids=lambda one: str(one)[:60])
def test_blank(raw: dict[str, Any], submitted: Truth) -> None:
    assert truth_of(raw, facts(submitted=False)) is UNKNOWN
    assert truth_of(raw, facts(submitted=True)) is submitted


@pytest.mark.parametrize("blank", [None, "", " ", "　", [], {}])
def test_all_empty_values_are_blank(blank: Any) -> None:
    assert truth_of({"field": "craft", "filled": True}, facts({"craft": blank})) is FALSE


def test_while_drafting_other_boxes_may_still_be_ticked_where_several_may() -> None:
    draft = facts({"skills": ["other"], "standing": ["world"]}, submitted=False)
    assert truth_of({"field": "skills", "is": "other"}, draft) is TRUE
    assert truth_of({"field": "skills", "is": "unique"}, draft) is UNKNOWN
    assert truth_of({"field": "standing", "is": "china"}, draft) is FALSE


def test_a_blank_column_of_a_row_follows_the_same_rule() -> None:
    rows = {"contests": [{"contest": "市级大赛"}]}
    patented = {"rows": "contests", "where": {"field": "patented", "is": True}, "count_at_least": 1}
    ranked = {"rows": "contests", "where": {"field": "rank", "at_most": 3}, "count_at_least": 1}
    assert truth_of(patented, facts(rows=rows)) is FALSE
    assert truth_of(patented, facts(rows=rows, submitted=False)) is UNKNOWN
    assert truth_of(ranked, facts(rows=rows)) is UNKNOWN


def test_a_case_fact_that_is_empty_is_known_to_be_none_one_that_is_not_there_is_unknown() -> None:
    raw = {"field": "case.exception", "filled": True}
    assert truth_of(raw, facts(case={"exception": ""})) is FALSE
    assert truth_of(raw, facts()) is UNKNOWN
    assert truth_of({"field": "case.route", "is": "自荐"}, facts(case={"route": "自荐"})) is TRUE
