"""Scoring trees over the facts of a case: the worked example of the design, from raw values."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.facts import Facts, rows_of
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.vocabulary import FieldSpec, JudgementSpec, ParamSpec, Table, Vocabulary
from gongjiang.rules.scoring.adapt import score_case

TREE = ScoreNode.model_validate(
    {
        "id": "total",
        "label": "总分",
        "max": 100,
        "of": [
            {
                "id": "contest",
                "rows": "contests",
                "where": {"judged": "recognised"},
                "per_row": {"lookup": "contest"},
                "take": "highest",
                "max": 25,
            },
            {
                "id": "patents",
                "rows": "patents",
                "where": {"field": "date", "within": {"years": "$window"}},
                "per_row": {"give": 12, "share": "owners"},
                "max": 30,
            },
            {
                "id": "years",
                "rate": {"field": "years_in_trade", "above": 8, "points": "1.5", "round": "down"},
                "max": 18,
            },
            {"id": "breach", "rows": "breaches", "each": {"by": "act", "take": "lowest"}, "give": -8},
            {
                "id": "teach",
                "take": "chosen",
                "of": [
                    {"id": "school", "give": 6, "when": {"field": "lectures", "is": True}},
                    {"id": "shop", "rate": {"field": "apprentices", "points": 2}, "max": 8},
                ],
            },
            {"id": "review", "label": "评审", "judged": {"by": "jury"}, "max": 40},
        ],
    }
)
WORDS = Vocabulary(
    fields={
        "years_in_trade": FieldSpec("years_in_trade", "年限", "number", "年"),
        "lectures": FieldSpec("lectures", "讲课", "yes_no", detail=True),
        "apprentices": FieldSpec("apprentices", "带徒", "int", blank="none"),
    },
    groups={
        "contests": {"level": FieldSpec("level", "级别")},
        "patents": {"date": FieldSpec("date", "日期", "date"), "owners": FieldSpec("owners", "权利人数", "int")},
        "breaches": {"act": FieldSpec("act", "行为")},
    },
    group_labels={"contests": "竞赛", "patents": "专利", "breaches": "违规"},
    tables={"contest": Table(("level",), {"省部级": 18, "市级": 14, "县级": 6})},
    judgements={"recognised": JudgementSpec("recognised", "该赛事是否由有关部门主办", about="row", rows="contests")},
    params={"window": ParamSpec("window", "年限窗口", value=4)},
)
ROWS = {
    "contests": rows_of("contests", [{"level": "省部级"}, {"level": "市级"}]),
    "patents": rows_of(
        "patents",
        [{"date": "2030-01-05", "owners": 1}, {"date": "2027-10-01", "owners": 5}, {"date": "2027-09-30", "owners": 1}],
    ),
    "breaches": rows_of("breaches", [{"act": "迟报"}, {"act": "迟报"}]),
}
RECOGNISED = {("recognised", f"contests-{n}"): True for n in (1, 2)}


def facts(**changed: Any) -> Facts:
    given: dict[str, Any] = {
        "words": WORDS,
        "subject": {"years_in_trade": "17.5"},
        "rows": ROWS,
        "judgements": RECOGNISED,
        "as_of": date(2031, 9, 30),
        "submitted": True,
    }
    return Facts(**{**given, **changed})


@pytest.mark.ledger("N-11")
def test_the_worked_example() -> None:
    found = score_case(TREE, facts())
    assert [one.text for one in found.children] == ["18", "14.4", "13.5", "-8", "0", "[0, 40]"]
    assert (found.text, found.open) == ("[37.9, 77.9]", ("评审",))


def test_a_contest_that_is_not_recognised_yet() -> None:
    one_open = facts(judgements={("recognised", "contests-2"): True})
    found = score_case(TREE, one_open, scored={"review": Interval.point(Fraction(33))})
    assert (found.text, found.open) == ("[66.9, 70.9]", ("contest（竞赛第1行）",))


def test_what_is_taught_as_the_applicant_chose() -> None:
    both = facts(subject={"lectures": "是", "apprentices": 3})
    teach = {name: score_case(TREE, both, chosen={"teach": name}).find("teach") for name in ("school", "shop")}
    assert {name: one.text for name, one in teach.items() if one} == {"school": "6", "shop": "6"}
    undecided = score_case(TREE, facts(subject={"lectures": "是", "apprentices": 4})).find("teach")
    assert undecided is not None
    assert undecided.text == "[6, 8]"


def test_a_draft_leaves_open_what_may_still_be_added() -> None:
    found = score_case(TREE, facts(rows={}, submitted=False, subject={}, judgements={}))
    assert {one.id: one.text for one in found.children if one.id != "breach"} == {
        "contest": "[0, 25]",
        "patents": "[0, 30]",
        "years": "[0, 18]",
        "teach": "[0, 8]",
        "review": "[0, 40]",
    }


def test_a_table_key_that_is_blank() -> None:
    blank = facts(rows={**ROWS, "contests": rows_of("contests", [{}])}, judgements={("recognised", "contests-1"): True})
    contest = score_case(TREE, blank).find("contest")
    assert contest is not None
    assert contest.text == "[0, 18]"
