"""Lists on screen: who sees them, what is kept when a step is refused, the same queries however long they are."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT
from tests.services.rounds.ground import MEETING, NAMES, Ground, ground, scored

from gongjiang.models import Assignment, Case, Judgement, StageList
from gongjiang.services.rounds.close import close_list

pytestmark = pytest.mark.django_db
POINTS = {"何焊平": "9", "岑铸山": "8.5", "丁砺锋": "8", "温测微": "7", "马驭程": "6", "石守窑": "5"}
MET = {
    "m-body": "专家评审会",
    "m-held_on": "2026-06-24",
    "m-present": "严审定、章有序",
    "m-for": "2",
    "m-record": "一致同意",
}


def at(found: Ground, stage: str = "panel", tail: str = "") -> str:
    return f"/editions/{found.edition.pk}/stages/{stage}/{tail}"


def picks(found: Ground, *kept: str, rest: str = "reserve") -> dict[str, str]:
    return {f"pick-{case.pk}": "keep" if name in kept else rest for name, case in found.cases.items()}


def decide(found: Ground, go: str, posted: dict[str, str], username: str = "yan") -> Any:
    return found.world.client(username).post(at(found, tail="decide/"), {**posted, "go": go})


def test_an_open_list_proposes_and_explains() -> None:
    found = scored(POINTS)
    Case.objects.filter(pk=found.cases["岑铸山"].pk).update(
        values={**found.cases["岑铸山"].values, "years_in_trade": "22"}
    )
    found.add("乔架梁")
    page = found.world.client("yan").get(at(found)).content.decode()
    assert page.index("何焊平") < page.index("岑铸山") < page.index("石守窑")
    assert "一线满二十年优先" in page
    assert "评审总分未定[0, 20]，暂不排名" in page
    assert "女职工不少于30%：5人中0人" in page
    assert "核对名单" in page


@pytest.mark.parametrize("username", ["lan", "jia", "jiang", "ke", "yuan"])
def test_strangers_see_no_list(username: str) -> None:
    found = scored({"何焊平": "9"})
    for address in (at(found), at(found, tail="panel/"), at(found, "apply"), at(found, "nowhere")):
        assert found.world.client(username).get(address).status_code == 404
    assert decide(found, "close", {}, username).status_code == 404


def test_who_only_looks_gets_no_form() -> None:
    found = scored(POINTS)
    page = found.world.client("zhang").get(at(found)).content.decode()
    assert "何焊平" in page
    assert "核对名单" not in page


def test_confirming_lists_the_names_and_changes_nothing() -> None:
    found = scored(POINTS)
    answer = decide(found, "confirm", {**picks(found, *NAMES[:5]), **MET, "pool-women": "会议同意"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "确定名单（5 人）" in page
    assert page.index("何焊平") < page.index("马驭程") < page.index("石守窑")
    assert not StageList.objects.filter(closed_at__isnull=False).exists()


def test_a_refusal_keeps_what_was_typed() -> None:
    found = scored(POINTS)
    answer = decide(found, "confirm", {**picks(found, *NAMES[:6]), **MET, "pool-women": "会议同意"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "最多列入5个，现为6个" in page
    assert "严审定、章有序" in page
    assert "一致同意" in page


def test_closing_and_the_frozen_list() -> None:
    found = scored(POINTS)
    posted = {**picks(found, *NAMES[:5]), **MET, "pool-women": "会议同意", "key": "k1"}
    assert decide(found, "close", posted).status_code == 302
    held = StageList.objects.get(stage="panel")
    page = found.world.client("zhang").get(at(found)).content.decode()
    assert held.digest in page
    assert "严审定、章有序" in page
    assert "石守窑" in page
    assert decide(found, "close", posted).status_code == 302
    assert StageList.objects.get(stage="panel").version == held.version


def test_bad_votes_and_days_are_told() -> None:
    found = scored(POINTS)
    chosen = picks(found, *NAMES[:5])
    assert "票数须是整数" in decide(found, "confirm", {**chosen, **MET, "m-for": "多数"}).content.decode()
    assert "请填写会议日期" in decide(found, "confirm", {**chosen, **MET, "m-held_on": "昨天"}).content.decode()


def test_the_meeting_judges_several_at_once() -> None:
    found = scored({"何焊平": "9", "岑铸山": "8"})
    Judgement.objects.all().delete()
    page = found.world.client("zhang").get(at(found)).content.decode()
    assert "2 人共 2 项" in page
    posted = {f"j-{case.pk}-solid": "yes" for case in found.cases.values()} | {"basis": "专家评审会认定"}
    found.world.client("zhang").post(at(found, tail="judge/"), posted)
    assert Judgement.objects.filter(question="solid", answer=True, basis="专家评审会认定").count() == 2


def test_one_answer_stands_for_all_who_have_none_of_their_own() -> None:
    found = scored({"何焊平": "9", "岑铸山": "8", "丁砺锋": "7"})
    Judgement.objects.all().delete()
    client = found.world.client("zhang")
    assert 'name="j-all-solid"' in client.get(at(found)).content.decode()
    posted = {f"j-{found.cases['岑铸山'].pk}-solid": "no", "j-all-solid": "yes", "basis": "专家评审会认定"}
    client.post(at(found, tail="judge/"), posted)
    recorded = dict(Judgement.objects.filter(question="solid").values_list("case_id", "answer"))
    assert {name: recorded[case.pk] for name, case in found.cases.items()} == {
        "何焊平": True,
        "岑铸山": False,
        "丁砺锋": True,
    }


def test_units_and_their_order() -> None:
    found = ground()
    for name in NAMES[:3]:
        found.add(name, "recommend")
    client = found.world.client("jiang")
    assert "青屿区" in client.get(at(found, "recommend")).content.decode()
    address = at(found, "recommend", "rank/?group=青屿区")
    client.post(
        address, {f"order-{found.cases[name].pk}": n for n, name in ((3, NAMES[0]), (1, NAMES[1]), (2, NAMES[2]))}
    )
    ranks = dict(Case.objects.values_list("title", "rank_in_unit"))
    assert [ranks[one] for one in NAMES[:3]] == [3, 1, 2]
    assert client.get(at(found, "recommend", "?group=远岸区")).status_code == 404


def test_a_supplement_on_screen() -> None:
    found = scored(POINTS)
    close_list(
        actor=found.actor("yan"),
        at=AT,
        programme=found.programme,
        stage_id="panel",
        kept=found.pks(*NAMES[:4]),
        alternates=found.pks(*NAMES[4:6]),
        meeting=MEETING,
        reasons={"pool:women": "会议同意"},
    )
    client = found.world.client("yan")
    later = {"case": str(found.cases["石守窑"].pk), **MET}
    answer = client.post(at(found, tail="supplement/"), later)
    assert answer.status_code == 409
    assert "排在前面的备选是马驭程" in answer.content.decode()
    client.post(at(found, tail="supplement/"), {**later, "case": str(found.cases["马驭程"].pk)})
    assert found.row("马驭程", "panel").state == "done"


@pytest.mark.once
def test_lists_and_panels_take_the_same_queries_for_1_3_and_300() -> None:
    counts: dict[str, set[int]] = {}
    found = ground()
    found.seat("jia", "yi")
    for number in (1, 3, 300):
        for n in range(len(found.cases), number):
            found.add(f"何焊{n}")
        found.assign(f"s-{number}")
        if number <= 3:
            found.score({f"何焊{n}": "7" for n in range(number)})
        for address in (at(found), at(found, tail="panel/")):
            counts.setdefault(address, set()).add(_count(found, address))
    assert Assignment.objects.count() == 600
    assert {len(one) for one in counts.values()} == {1}, counts


def _count(found: Ground, address: str) -> int:
    client = found.world.client("yan")
    client.get(address)
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


@pytest.mark.once
@pytest.mark.ledger("J-03")
def test_names_that_may_be_one_group_and_what_is_there_and_needed() -> None:
    found = ground(
        changed={"\nscoring:": "\ncomposition: [{id: men, label: 男职工, where: {field: gender, is: 男}}]\nscoring:"}
    )
    for name, shop in zip(NAMES[:3], ("望澜重工", "望澜重工有限公司", "青屿班"), strict=True):
        found.add(name, values={"shop": shop, **({"gender": ""} if shop == "青屿班" else {})})
    page = found.world.client("yan").get(at(found)).content.decode()
    assert "名称相近，请核对是否同一家。" in page
    assert "望澜重工、望澜重工有限公司。" in page
    assert "男职工" in page
    assert "1 未知" in page
    assert 'class="meter"' in page
