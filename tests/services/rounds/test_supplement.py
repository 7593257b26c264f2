"""After a list is closed: late arrivals, alternates, and places that fall free further on (TRUST 7)."""

from typing import Any

import pytest
from tests.factories import AT
from tests.services.rounds.ground import MEETING, NAMES, Ground, scored

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, QuotaFull, Refused
from gongjiang.models import Case, Entry, PoolCount, StageList, StageRow
from gongjiang.services.quotas.guard import release_seats
from gongjiang.services.rounds.close import close_list
from gongjiang.services.rounds.promote import lists_before, promote_next
from gongjiang.services.rounds.supplement import supplement

pytestmark = pytest.mark.django_db
POINTS = {"何焊平": "9", "岑铸山": "8.5", "丁砺锋": "8", "温测微": "7", "马驭程": "6", "石守窑": "5"}
REASONS = {"pool:women": "会议同意", "open": "放弃", "behind": "逾期"}


def close(found: Ground, stage: str, kept: tuple[str, ...], alternates: tuple[str, ...] = ()) -> None:
    close_list(
        actor=platform(),
        at=AT,
        programme=found.programme,
        stage_id=stage,
        kept=found.pks(*kept),
        alternates=found.pks(*alternates),
        meeting=MEETING,
        reasons=REASONS,
    )


def add(found: Ground, name: str, stage: str = "panel", **changes: Any) -> StageList:
    given: dict[str, Any] = {"actor": found.actor("yan"), "at": AT, "meeting": MEETING, "reason": ""}
    return supplement(programme=found.programme, stage_id=stage, case_id=found.cases[name].pk, **(given | changes))


def strike(found: Ground, name: str) -> None:
    """They are out, and their places free."""
    case = found.cases[name]
    StageRow.objects.filter(case=case, state__in=["open", "done"]).update(state="struck")
    Case.objects.filter(pk=case.pk).update(state="disqualified")
    release_seats(case=case)


def at_notice() -> Ground:
    """Five kept by the panel (of places for three), the sixth waits; three approved, the rest wait there."""
    found = scored(POINTS)
    close(found, "panel", NAMES[:4], ("马驭程", "石守窑"))
    close(found, "approve", NAMES[:3])
    return found


def test_the_next_alternate_comes_onto_the_list_when_there_is_room() -> None:
    found = scored(POINTS)
    close(found, "panel", NAMES[:4], ("马驭程", "石守窑"))
    held = add(found, "马驭程")
    assert [one["place"] for one in held.members] == [1, 2, 3, 4, 5]
    assert found.row("马驭程", "approve").state == "open"
    assert PoolCount.objects.get(pool="keep:panel").used == 5
    with pytest.raises(QuotaFull, match="专家评审名单共 5 名，已全部用完"):
        add(found, "石守窑")


def test_another_than_the_next_needs_a_reason() -> None:
    found = at_notice()
    with pytest.raises(Refused, match="排在前面的备选是马驭程；越过次序须写明理由"):
        add(found, "石守窑")
    before = StageList.objects.get(stage="panel").digest
    held = add(found, "石守窑", reason="马驭程书面放弃")
    assert held.digest != before
    told = Entry.objects.get(action="list.add")
    assert before in told.body
    assert "马驭程书面放弃" in told.body


def test_who_came_late_is_taken_by_a_recorded_decision_only() -> None:
    found = at_notice()
    found.add("乔架梁")
    with pytest.raises(BadInput, match="补列须写明理由"):
        add(found, "乔架梁")
    add(found, "乔架梁", reason="邮路延误，会议同意补列")
    row = found.row("乔架梁", "panel")
    assert (row.state, row.position) == ("done", 5)


def test_only_whoever_decides_the_list_may_add_to_it() -> None:
    found = at_notice()
    with pytest.raises(NotAllowed):
        add(found, "马驭程", actor=found.actor("zhang"))
    with pytest.raises(Refused, match="不是这份名单的备选"):
        add(found, "何焊平")


def test_an_open_list_takes_no_supplement() -> None:
    found = scored(POINTS)
    with pytest.raises(Refused, match="还没有确定"):
        add(found, "何焊平", reason="急")


def test_a_free_place_is_filled_from_two_lists_back() -> None:
    found = at_notice()
    stage = found.programme.stage("notice")
    assert [one.id for one in lists_before(found.programme, stage)] == ["approve", "panel"]
    strike(found, "岑铸山")
    moved = promote_next(
        actor=found.actor("zhang"), at=AT, programme=found.programme, from_stage="notice", meeting=MEETING
    )
    assert moved is not None
    assert (moved.case.title, moved.lists, moved.passed_over) == ("马驭程", ("panel", "approve"), ())
    assert [found.row("马驭程", one).state for one in ("panel", "approve", "notice")] == ["done", "done", "open"]
    told = Entry.objects.get(action="list.promote")
    assert '"lists":["panel","approve"]' in told.body
    assert Case.objects.get(pk=moved.case.pk).state == "running"


def test_whom_a_pool_bars_is_passed_over_on_record() -> None:
    found = at_notice()
    for name in ("何焊平", "马驭程"):
        case = found.cases[name]
        Case.objects.filter(pk=case.pk).update(values={**case.values, "shop": "一车间"})
    PoolCount.objects.create(process=found.programme.process, pool="shops", group="一车间", limit=1, used=1)
    strike(found, "岑铸山")
    moved = promote_next(actor=platform(), at=AT, programme=found.programme, from_stage="notice")
    assert moved is not None
    assert moved.case.title == "石守窑"
    assert len(moved.passed_over) == 1
    assert moved.passed_over[0].startswith("马驭程：同一车间（一车间）共 1 名，已全部用完")


def test_nobody_left() -> None:
    found = scored(POINTS)
    close(found, "panel", NAMES[:5])
    close(found, "approve", NAMES[:3])
    strike(found, "何焊平")
    assert promote_next(actor=platform(), at=AT, programme=found.programme, from_stage="notice") is None


def test_strangers_do_not_fill_places() -> None:
    found = at_notice()
    for username in ("jia", "lan", "jiang"):
        with pytest.raises(NotAllowed):
            promote_next(actor=found.actor(username), at=AT, programme=found.programme, from_stage="notice")
