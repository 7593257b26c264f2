"""Mechanisms at work: lines and bands, tiers that are kept, stages waived, an upper body's answer, second ways in."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.unseen.packing import HERE, compose, pack_text

from gongjiang.catalogue.packs import PackText, find
from gongjiang.kernel.actor import platform
from gongjiang.models import Case, Honour, ScoreSheet, StageRow, Subject
from gongjiang.rules.programmes.source import read
from gongjiang.services.formality.judge_case import grant_exception
from gongjiang.services.nominations.replay import differences
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise
from gongjiang.services.rehearsal.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def composed(text: str) -> PackText:
    return PackText("made.yaml", pack_text(compose(read(text, "piece.yaml").data)))


def snippet(name: str) -> str:
    found = read((HERE / "mechanisms.yaml").read_text("utf-8"), "mechanisms.yaml").data["cases"]
    return next(one["with"] for one in found if one["name"] == name)


def states(world: World, stage: str) -> Counter[str]:
    rows = StageRow.objects.filter(process=world.programme.process, stage=stage)
    return Counter(rows.values_list("state", flat=True))


def outs(world: World) -> dict[str, int]:
    return {one["id"]: one["out"] for one in summarise(world, seed=1)["stages"]}


@pytest.mark.slow
def test_studios_are_named_by_their_points_alone(root: Any) -> None:
    world = rehearse(find(str(root / "tests/packs/yunling-2031.yaml")))
    found = outs(world)
    assert (found["apply"], found["recommend"], found["introduce"], found["count"]) == (12, 12, 12, 12)
    tiers = Counter(Honour.objects.values_list("tier", flat=True))
    assert sum(tiers.values()) == found["name"] == found["decide"]
    for row in StageRow.objects.filter(stage="count").select_related("case"):
        low = row.scores["total"][0]
        over, _, under = low.partition("/")
        points = int(over) / int(under or 1)
        assert row.case.standing == ("five" if points >= 85 else "four" if points >= 60 else "")
        assert (row.case.state == "named") is (points >= 60)
    assert set(Subject.objects.filter(cases__isnull=False).values_list("kind", flat=True)) == {"studio"}


@pytest.mark.slow
def test_who_misses_the_line_keeps_the_tier_of_the_longlist(root: Any) -> None:
    world = rehearse(find(str(root / "tests/packs/jichuan-2031.yaml")), pairs=["pass_line=80"])
    kept, aside = states(world, "final")["done"], states(world, "final")["retained"]
    assert (kept + aside, states(world, "longlist")["done"]) == (24, 24)
    assert 0 < kept < 18
    tiers = Counter(Honour.objects.filter(award="star").values_list("tier", flat=True))
    assert tiers["nominee"] == aside
    assert tiers["gold"] + tiers["star"] == kept
    below = Case.objects.filter(award="star", standing="nominee")
    assert all(case.state == "named" for case in below)
    assert differences(Case.objects.values_list("pk", flat=True)) == []


@pytest.mark.slow
def test_an_alternate_with_a_tier_goes_on_and_still_takes_a_place_that_falls_free(root: Any) -> None:
    world = rehearse(find(str(root / "tests/packs/jichuan-2031.yaml")))
    upheld = [one for one in world.objections if one["outcome"] == "upheld"]
    assert [bool(one["substitute"]) for one in upheld] == [True]
    tiers = Counter(Honour.objects.filter(award="star").values_list("tier", flat=True))
    assert tiers["gold"] + tiers["star"] == 18
    assert tiers["nominee"] == 24 - 18 - len(upheld)


@pytest.mark.slow
def test_a_kind_by_the_pack_s_own_name_is_filed_scored_and_named() -> None:
    world = rehearse(composed(snippet("1 crews beside persons")), nominees=6, pairs=["places=6"])
    kinds = Counter(Honour.objects.values_list("subject__kind", flat=True))
    assert kinds["crew"] > 0
    assert kinds["person"] > 0
    assert [one.line for one in world.troubles.found if "名单没有定下来" in one.line] == []


WAIVED = """
exceptions: [{id: direct, label: 直接进入终评, waives: [visit], approval: {by: office, at: screen, record: 书面理由}}]
stages:
  - {id: visit, type: check, label: 实地考察, by: office}
  - {id: final, type: select, label: 终评, by: council, keep: {places: $places}}
"""


def test_a_granted_exception_waives_a_stage() -> None:
    world = rehearse(composed(WAIVED), nominees=3, until="visit")
    one, other = Case.objects.filter(rows__stage="visit", rows__state="open").order_by("pk")[:2]
    grant_exception(
        actor=platform(), at=world.clock.tick(), case_id=one.pk, exception="direct", record_text="全国技能大赛金牌。"
    )
    assert dict(one.rows.values_list("stage", "state"))["visit"] == "done"
    assert dict(one.rows.values_list("stage", "state"))["final"] == "open"
    assert dict(other.rows.values_list("stage", "state")).get("final", "waiting") == "waiting"
    assert differences([one.pk, other.pk]) == []


AWAITED = """
stages:
  - {id: upward, type: submit, label: 报市政府, by: office, to: city_government, await: result}
"""


def test_a_case_waits_for_what_the_upper_body_decides() -> None:
    world = rehearse(composed(AWAITED), nominees=3, until="upward")
    one, other = Case.objects.filter(rows__stage="upward", rows__state="open").order_by("pk")[:2]
    stage = world.programme.stage("upward")
    assert [(each.action, each.label) for each in stage.moves[:2]] == [
        ("report", "上级已同意"),
        ("decline", "上级未同意"),
    ]
    at = world.clock.tick() + timedelta(hours=1)
    move(actor=platform(), at=at, case_id=one.pk, stage_id="upward", action="report")
    move(actor=platform(), at=at, case_id=other.pk, stage_id="upward", action="decline", reason="批复：名额已满")
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.state, other.state) == ("running", "not_selected")
    assert one.rows.get(stage="notice").state == "open"


LATE = """
stages:
  - {id: late, type: apply, label: 直接推荐, by: host_unit, routes: [{id: 直接推荐, by: host_unit, to: county_union}]}
  - {id: final, type: select, label: 终评, by: council, from: [proposed, late], keep: {places: $places}}
"""


@pytest.mark.slow
def test_a_second_way_in_joins_further_down() -> None:
    rehearse(composed(LATE), nominees=8, pairs=["places=4"])
    late = Case.objects.filter(route="直接推荐")
    assert late.exists()
    for case in late:
        names = set(case.rows.values_list("stage", flat=True))
        assert {"late", "final"} <= names <= {"late", "final", "notice", "name"}
    for case in Case.objects.exclude(route="直接推荐"):
        assert not case.rows.filter(stage="late").exists()


EXACTING = """
scoring:
  - {id: total, label: 总分, scorers: {at_least: 2}, aggregate: drop_ends, remark: always, of: [
      {id: craft_mark, label: 手艺, judged: {by: jury}, max: 60, step: 7, remark: {below: 60%, above: 90%}},
      {id: deed_mark, label: 业绩, judged: {by: jury}, max: 40, step: "0.3", remark: always}]}
stages:
  - {id: proposed, type: panel, label: 评审, by: office, jury: jury, scoring: total, blind: true, explain: true,
     keep: {places: $places}, rank: [{score: total}], ties: draw, meeting: 评审会,
     vote: {quorum: two_thirds, majority: half, of: members, secret: true}}
"""


@pytest.mark.ledger("N-11")
def test_sheets_in_the_pack_s_steps_with_words_where_it_asks_for_them() -> None:
    """Two experts are said, but highest and lowest can be left out of three sheets only: so three it is."""
    world = rehearse(composed(EXACTING), nominees=4, pairs=["places=2"], until="notice")
    assert outs(world)["proposed"] == 2
    assert [one.line for one in world.troubles.found if "名单没有定下来" in one.line] == []
    sheets = ScoreSheet.objects.select_related("assignment")
    assert set(Counter(one.assignment.case_id for one in sheets).values()) == {3}
    assert all(Decimal(one.scores["craft_mark"]) % 7 == 0 for one in sheets)
    assert all(Decimal(one.scores["deed_mark"]) % Decimal("0.3") == 0 for one in sheets)
    assert all(one.remark and one.remarks["deed_mark"] for one in sheets)
