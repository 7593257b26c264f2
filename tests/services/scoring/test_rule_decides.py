"""The edition's rule, stated in advance, decides; a calibration looks at the whole panel or is refused."""

from fractions import Fraction
from typing import Any

import pytest
from tests.factories import AT
from tests.services.rounds.ground import Ground, ground

from gongjiang.models import Assignment, Case
from gongjiang.services.rounds.board import board
from gongjiang.services.scoring.calibrated import calibrated_result, panel_cases, refusal
from gongjiang.services.scoring.results import scores_of, sheets_of
from gongjiang.services.scoring.sheet import submit_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.ledger("N-11")]


def panel(names: int, rule: str, each: str = "2") -> Ground:
    found = ground(answers={"Q2": each}, changed={"aggregate: mean": f"aggregate: {rule}"})
    for n in range(names):
        found.add(f"何焊{n}")
    return found


def give(found: Ground, marks: dict[tuple[str, str], str]) -> None:
    """Assign exactly these pairs and hand in: both leaves the same."""
    experts = {one.user.username: one for one in found.experts}
    for (name, who), points in marks.items():
        case = found.cases[name]
        one = Assignment.objects.create(expert=experts[who], case=case, stage="panel")
        submit_sheet(actor=found.actor(who), at=AT, assignment_id=one.pk, scores={"craft": points, "teach": points})


def totals(found: Ground) -> dict[str, Any]:
    cases = list(
        Case.objects.select_related("nominator", "applying_unit", "subject").prefetch_related("parties__organisation")
    )
    scores = scores_of(found.programme, cases)
    return {one.title: scores[one.pk]["total"] for one in cases}


#: 丙 is harsher by three points a leaf and reads 何焊0 and 何焊2; by the plain mean 何焊1 is before 何焊0.
HARSH = {
    ("何焊0", "jia"): "9", ("何焊0", "bing"): "6", ("何焊1", "jia"): "8", ("何焊1", "yi"): "8",
    ("何焊2", "yi"): "7", ("何焊2", "bing"): "4", ("何焊3", "jia"): "6", ("何焊3", "yi"): "6",
}  # fmt: skip


def test_the_rule_of_the_edition_decides_which_method_counts() -> None:
    found = panel(4, "additive")
    found.seat("jia", "yi", "bing")
    give(found, HARSH)
    stage: Any = found.programme.stage("panel")
    sheets = sheets_of(found.programme, panel_cases(found.programme, ["panel"]))
    result = calibrated_result(found.programme, stage, sheets)
    assert result is not None
    assert result.method == "additive"
    got = totals(found)
    assert {name: one.low for name, one in got.items()} == {
        name: result.scores[str(case.pk)] for name, case in found.cases.items()
    }
    shown = board(found.programme, stage)
    assert [shown.cases[pk].title for pk in shown.order()] == ["何焊0", "何焊1", "何焊2", "何焊3"]
    assert refusal(found.programme, stage, sheets) == ""
    few = [found.cases["何焊0"]]
    alone = scores_of(found.programme, list(Case.objects.filter(pk=few[0].pk).prefetch_related("parties")))
    assert alone[few[0].pk]["total"] == got["何焊0"]


def test_by_the_mean_the_same_sheets_put_another_first() -> None:
    found = panel(4, "mean")
    found.seat("jia", "yi", "bing")
    give(found, HARSH)
    stage: Any = found.programme.stage("panel")
    assert {name: one.low for name, one in totals(found).items()} == {
        "何焊0": 15, "何焊1": 16, "何焊2": 11, "何焊3": 12,
    }  # fmt: skip
    shown = board(found.programme, stage)
    assert [shown.cases[pk].title for pk in shown.order()] == ["何焊1", "何焊0", "何焊3", "何焊2"]
    assert (
        calibrated_result(found.programme, stage, sheets_of(found.programme, panel_cases(found.programme, ["panel"])))
        is None
    )


def test_panels_without_a_common_expert_give_nobody_a_total_until_bridged() -> None:
    found = panel(4, "linear")
    found.seat("jia", "yi", "bing", "ding")
    give(found, {
        (f"何焊{n}", who): points
        for n, who, points in (
            (0, "jia", "9"), (0, "yi", "8"), (1, "jia", "7"), (1, "yi", "7"),
            (2, "bing", "6"), (2, "ding", "6"), (3, "bing", "9"), (3, "ding", "8"),
        )
    })  # fmt: skip
    stage: Any = found.programme.stage("panel")
    assert {one.known for one in totals(found).values()} == {False}
    ranking = board(found.programme, stage).ranking
    assert (ranking.rungs, len(ranking.open)) == ((), 4)
    sheets = sheets_of(found.programme, panel_cases(found.programme, ["panel"]))
    told = refusal(found.programme, stage, sheets)
    assert "互不相连的2块" in told
    assert "请贾评审加评何焊2" in told
    give(found, {("何焊2", "jia"): "6"})
    assert {one.known for one in totals(found).values()} == {True}


def test_one_valid_score_left_is_no_result() -> None:
    found = panel(3, "mean")
    found.seat("jia", "yi")
    give(found, {(f"何焊{n}", who): "8" for n in range(3) for who in ("jia", "yi")})
    Assignment.objects.filter(case=found.cases["何焊1"], expert__user__username="yi").update(state="void")
    got = totals(found)
    assert not got["何焊1"].known
    assert (got["何焊1"].low, got["何焊1"].high) == (Fraction(0), Fraction(20))
    ranking = board(found.programme, found.programme.stage("panel")).ranking
    assert [one.case for one in ranking.open] == [str(found.cases["何焊1"].pk)]
    assert [len(one.cases) for one in ranking.rungs] == [2]  # equal scores, equal places: no id decides
