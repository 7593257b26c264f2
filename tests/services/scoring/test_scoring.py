"""Experts: declared before names open, assigned by seed, scores locked once handed in (TRUST 5, 6; ledger N-11)."""

from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, person
from tests.services.rounds.ground import Ground, ground, scored

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.kernel.interval import Interval
from gongjiang.models import Assignment, Case, Entry, Expert, Grant, ScoreSheet
from gongjiang.services.scoring.assign import assign_cases
from gongjiang.services.scoring.panel import declare, remove_expert
from gongjiang.services.scoring.queries import case_progress, experts_of, my_seats, queue
from gongjiang.services.scoring.results import scored_of, scores_of
from gongjiang.services.scoring.sheet import (
    open_desk,
    reopen_sheet,
    save_sheet,
    step_aside,
    submit_sheet,
    void_assignment,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ledger("N-11")]
FULL = {"craft": "8.5", "teach": "7"}


def panel(number: int = 3, *experts: str) -> Ground:
    found = ground()
    for n in range(number):
        found.add(f"何焊{n}")
    found.seat(*(experts or ("jia", "yi", "bing")))
    return found


def first(found: Ground, username: str) -> Assignment:
    return Assignment.objects.filter(expert__user=found.world.people[username], state="assigned").order_by("pk")[0]


def submit(found: Ground, username: str, assignment: Assignment, scores: dict[str, str] | None = None) -> ScoreSheet:
    return submit_sheet(actor=found.actor(username), at=AT, assignment_id=assignment.pk, scores=scores or FULL)


def totals(found: Ground) -> dict[str, Interval]:
    cases = list(
        Case.objects.select_related("nominator", "applying_unit", "subject").prefetch_related("parties__organisation")
    )
    result = scores_of(found.programme, cases)
    return {one.title: result[one.pk]["total"] for one in cases}


def test_scores_are_intervals_until_enough_sheets_are_in() -> None:
    found = panel(1, "jia", "yi")
    found.assign()
    assert totals(found) == {"何焊0": Interval(Fraction(0), Fraction(20))}
    submit(found, "jia", first(found, "jia"), {"craft": "9", "teach": "8.5"})
    assert not totals(found)["何焊0"].known
    submit(found, "yi", first(found, "yi"), {"craft": "8", "teach": "8"})
    assert totals(found)["何焊0"] == Interval.point(Fraction(67, 4))


def test_results_take_the_same_queries_for_any_number() -> None:
    found = scored({f"何焊{n}": "7" for n in range(30)})
    cases = list(
        Case.objects.select_related("nominator", "applying_unit", "subject").prefetch_related("parties__organisation")
    )
    counts = set()
    for number in (1, 3, 30):
        with CaptureQueriesContext(connection) as context:
            assert len(scored_of(found.programme, cases[:number])) == number
        counts.add(len(context))
    assert len(counts) == 1


def test_assignment_is_even_and_replays_from_its_seed() -> None:
    found = panel(6, "jia", "yi", "bing", "ding")
    made = {(one.case_id, one.expert_id) for one in found.assign("青岚-7")}
    assert len(made) == 12
    assert sorted(one.given for one in experts_of(found.programme, found.programme.stage("panel"))) == [3, 3, 3, 3]
    Assignment.objects.all().delete()
    assert {(one.case_id, one.expert_id) for one in found.assign("青岚-7")} == made
    assert found.assign("青岚-8") == []
    assert '"seed":"青岚-7"' in Entry.objects.filter(action="panel.assign").first().body  # type: ignore[union-attr]


def test_too_few_experts_assigns_nobody() -> None:
    found = panel(2, "jia")
    with pytest.raises(Refused, match="需2位专家，可评的只有1位"):
        found.assign()
    assert not Assignment.objects.exists()


def test_nothing_opens_before_the_declaration() -> None:
    found = panel(2, "jia", "yi")
    found.seat("bing", declared=False)
    found.assign(per_case=3)
    with pytest.raises(NotAllowed, match="先申明利害关系并确认保密"):
        open_desk(found.actor("bing"), first(found, "bing").pk)
    seat = Expert.objects.get(user=found.world.people["bing"])
    with pytest.raises(BadInput, match="确认遵守评审保密纪律"):
        declare(actor=found.actor("bing"), at=AT, expert_id=seat.pk, confidential=False)
    declare(actor=found.actor("bing"), at=AT, expert_id=seat.pk, confidential=True)
    assert open_desk(found.actor("bing"), first(found, "bing").pk).leaves[1].step == Fraction(1, 2)


def test_what_is_declared_becomes_recusal_and_a_replacement_is_found() -> None:
    found = panel(2, "jia", "yi", "bing")
    found.assign(per_case=2)
    mine = first(found, "jia")
    seat = Expert.objects.get(user=found.world.people["jia"])
    declare(actor=found.actor("jia"), at=AT, expert_id=seat.pk, confidential=True, conflicts={mine.case_id: "曾同班组"})
    mine.refresh_from_db()
    assert (mine.state, mine.reason) == ("recused", "曾同班组")
    replaced = found.assign("补-1")
    assert [one.case_id for one in replaced] == [mine.case_id]
    assert replaced[0].expert_id != mine.expert_id


@pytest.mark.parametrize(
    ("ties", "reason"),
    [
        ({"kin": ["何焊0"]}, "与人选有亲属关系"),
        ({"mentor_of": ["何 焊0"]}, "与人选有师徒关系"),
        ({"recommended": ["何焊0"]}, "曾为人选写过推荐"),
        ({"employers": ["澜江重工有限公司"]}, "与人选同在一个单位"),
    ],
)
def test_every_tie_recuses(ties: dict[str, list[str]], reason: str) -> None:
    found = panel(1, "jia", "yi")
    found.assign()
    seat = Expert.objects.get(user=found.world.people["jia"])
    declare(actor=found.actor("jia"), at=AT, expert_id=seat.pk, confidential=True, ties=ties)
    assert Assignment.objects.get(expert=seat).reason == reason


def test_nobody_scores_what_they_filed_or_recommended() -> None:
    found = panel(1, "jia", "yi")
    case = found.cases["何焊0"]
    found.assign()
    mine = first(found, "jia")
    Case.objects.filter(pk=case.pk).update(filer=found.world.people["jia"])
    with pytest.raises(NotAllowed, match="本人或本人填报的申报，须回避"):
        submit(found, "jia", mine)
    Case.objects.filter(pk=case.pk).update(filer=None, values={**case.values, "experts": [{"name": "贾评审"}]})
    with pytest.raises(NotAllowed, match="曾为人选写过推荐"):
        submit(found, "jia", mine)


def test_an_expert_sees_only_their_own() -> None:
    found = panel()
    found.assign()
    theirs = first(found, "yi")
    for username in ("jia", "zhang", "lan"):
        with pytest.raises(NotFound):
            open_desk(found.actor(username), theirs.pk)
        with pytest.raises(NotFound):
            queue(found.actor(username), theirs.expert_id)
    assert [one.expert.pk for one in my_seats(found.actor("yi"))] == [theirs.expert_id]


def test_without_the_grant_the_panel_is_closed() -> None:
    found = panel()
    found.assign()
    mine = first(found, "yi")
    Grant.objects.filter(user=found.world.people["yi"]).update(until=AT)
    with pytest.raises(NotFound):
        open_desk(found.actor("yi"), mine.pk)


def test_a_draft_takes_some_a_submission_all() -> None:
    found = panel()
    found.assign()
    mine = first(found, "jia")
    sheet = save_sheet(actor=found.actor("jia"), at=AT, assignment_id=mine.pk, scores={"craft": "８．５", "x": "1"})
    assert (sheet.scores, sheet.submitted_at) == ({"craft": "8.5"}, None)
    with pytest.raises(BadInput, match="传艺：还没有打分"):
        submit_sheet(actor=found.actor("jia"), at=AT, assignment_id=mine.pk)
    submit(found, "jia", mine)
    with pytest.raises(Refused, match="已经提交，不能再改"):
        save_sheet(actor=found.actor("jia"), at=AT, assignment_id=mine.pk, scores=FULL)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NaN", "不是数字"),
        ("1e309", "不是数字"),
        ("10.0000001", "不能高于10分"),
        ("-1", "不能低于0分"),
        ("7.3", "须为0.5的整数倍"),
    ],
)
def test_what_is_no_score(text: str, told: str) -> None:
    found = panel()
    found.assign()
    with pytest.raises(BadInput, match=f"传艺：{told}"):
        submit(found, "jia", first(found, "jia"), {"craft": "8", "teach": text})


def test_minus_zero_is_zero() -> None:
    found = panel()
    found.assign()
    assert submit(found, "jia", first(found, "jia"), {"craft": "-0", "teach": "10.0"}).scores == {
        "craft": "0",
        "teach": "10",
    }


def test_a_correction_is_a_new_version_and_counts_when_handed_in_again() -> None:
    found = panel(1, "jia", "yi")
    found.assign()
    mine = first(found, "jia")
    submit(found, "jia", mine, {"craft": "9", "teach": "9"})
    submit(found, "yi", first(found, "yi"), {"craft": "8", "teach": "8"})
    given: dict[str, Any] = {"at": AT, "programme": found.programme, "stage_id": "panel", "assignment_id": mine.pk}
    with pytest.raises(NotAllowed):
        reopen_sheet(actor=found.actor("jia"), reason="输错", **given)
    with pytest.raises(BadInput, match="写明理由"):
        reopen_sheet(actor=found.actor("zhang"), reason=" ", **given)
    reopen_sheet(actor=found.actor("zhang"), reason="专家书面说明输错一项", **given)
    assert not totals(found)["何焊0"].known
    submit(found, "jia", mine, {"craft": "7", "teach": "9"})
    assert totals(found)["何焊0"] == Interval.point(16)
    assert [one.scores["craft"] for one in ScoreSheet.objects.filter(assignment=mine).order_by("version")] == ["9", "7"]


def test_a_conflict_found_later_voids_the_score_and_keeps_it() -> None:
    found = panel(1, "jia", "yi")
    found.assign()
    mine = first(found, "jia")
    submit(found, "jia", mine)
    submit(found, "yi", first(found, "yi"))
    void_assignment(
        actor=found.actor("zhang"),
        at=AT,
        programme=found.programme,
        stage_id="panel",
        assignment_id=mine.pk,
        reason="事后查明系亲属",
    )
    assert not totals(found)["何焊0"].known
    assert ScoreSheet.objects.filter(assignment=mine, submitted_at__isnull=False).count() == 1
    (line,) = case_progress(found.programme, found.programme.stage("panel"))
    assert (line.assigned, line.done, line.aside) == (1, 1, 1)


def test_abstaining_has_a_reason() -> None:
    found = panel()
    found.assign()
    mine = first(found, "jia")
    with pytest.raises(BadInput, match="写明理由"):
        step_aside(actor=found.actor("jia"), at=AT, assignment_id=mine.pk, reason="")
    assert (
        step_aside(actor=found.actor("jia"), at=AT, assignment_id=mine.pk, reason="不熟悉此工种").state == "abstained"
    )
    with pytest.raises(Refused, match="已弃权"):
        submit(found, "jia", mine)


def test_experts_leave_only_before_they_have_scored() -> None:
    found = panel()
    found.assign()
    submit(found, "jia", first(found, "jia"))
    jia, yi = (Expert.objects.get(user=found.world.people[one]) for one in ("jia", "yi"))
    given: dict[str, Any] = {"actor": found.actor("zhang"), "at": AT, "programme": found.programme, "stage_id": "panel"}
    with pytest.raises(Refused, match="已经提交评分"):
        remove_expert(expert_id=jia.pk, **given)
    remove_expert(expert_id=yi.pk, **given)
    assert not Expert.objects.filter(pk=yi.pk).exists()
    assert found.actor("yi").grants == ()


def test_only_who_runs_the_panel_seats_and_assigns() -> None:
    found = panel()
    person(found.world, "wu", "吴外人")
    for username in ("jia", "jiang", "wu"):
        found.world.people.setdefault(username, found.world.people["jia"])
        with pytest.raises(NotAllowed, match="选树办公室组织"):
            _assign_as(found, username)


def _assign_as(found: Ground, username: str) -> None:
    assign_cases(actor=found.actor(username), at=AT, programme=found.programme, stage_id="panel", seed="x")
