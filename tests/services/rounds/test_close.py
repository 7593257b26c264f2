"""Closing a list: who may stay, in which order, for which reasons (ledger N-07, G-10)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT
from tests.services.rounds.ground import MEETING, NAMES, Ground, ground, scored

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Case, Entry, Meeting, StageList
from gongjiang.services.formality.judge_case import judge_case
from gongjiang.services.rounds.board import board
from gongjiang.services.rounds.close import close_list
from gongjiang.services.rounds.queries import frozen, hindrances, open_judgements, preferences

pytestmark = [pytest.mark.django_db, pytest.mark.ledger("G-10", "N-11")]
POINTS = {"何焊平": "9", "岑铸山": "8.5", "丁砺锋": "8", "温测微": "7", "马驭程": "6", "石守窑": "5"}
SOFT = {"pool:women": "本批申报以男职工为主，会议同意。"}


def close(found: Ground, kept: tuple[str, ...], alternates: tuple[str, ...] = (), **changes: object) -> StageList:
    given = {
        "actor": found.actor("yan"),
        "at": AT,
        "programme": found.programme,
        "stage_id": "panel",
        "kept": found.pks(*kept),
        "alternates": found.pks(*alternates),
        "meeting": MEETING,
        "reasons": SOFT,
    }
    return close_list(**(given | changes))  # type: ignore[arg-type]


def test_the_best_stay_in_order_the_rest_wait_or_go() -> None:
    found = scored(POINTS)
    held = close(found, NAMES[:5], ("石守窑",))
    assert (held.size, held.entered, held.kept) == (5, 6, 5)
    assert [one["place"] for one in held.members] == [1, 2, 3, 4, 5]
    assert len(held.digest) == 64
    assert [found.row(one, "panel").state for one in ("何焊平", "石守窑")] == ["done", "alternate"]
    assert [found.row(one, "panel").position for one in NAMES[:6]] == [1, 2, 3, 4, 5, 6]
    assert found.row("何焊平", "approve").state == "open"
    assert not found.cases["石守窑"].rows.filter(stage="approve").exists()
    told = Entry.objects.get(action="list.close")
    assert held.digest in told.body
    assert "本批申报以男职工为主" in told.body


def test_who_is_neither_kept_nor_alternate_is_out() -> None:
    found = scored(POINTS)
    close(found, NAMES[:5])
    assert Case.objects.get(pk=found.cases["石守窑"].pk).state == "not_selected"
    shown = frozen(found.programme, found.programme.stage("panel"))
    assert shown is not None
    assert [one.case.title for one in shown.dropped] == ["石守窑"]
    assert shown.attendance["present"] == MEETING.present


def test_too_many() -> None:
    found = scored(POINTS)
    with pytest.raises(Refused, match="最多列入5个，现为6个，请减少1个"):
        close(found, NAMES[:6])
    assert not StageList.objects.filter(closed_at__isnull=False).exists()
    assert not Meeting.objects.exists()


def test_a_pick_out_of_order_carries_a_reason() -> None:
    found = scored(POINTS)
    chosen = (*NAMES[:4], "石守窑")
    with pytest.raises(Refused, match="石守窑：第6名不在按名次建议之列，越过第5名，须写明理由"):
        close(found, chosen)
    held = close(found, chosen, reasons=SOFT | {f"pick:{found.cases['石守窑'].pk}": "填补传统技艺空白，会议一致同意"})
    assert held.kept == 5
    assert "填补传统技艺空白" in Entry.objects.get(action="list.close").body


def test_the_list_stands_in_the_order_of_the_ranking() -> None:
    found = scored(POINTS)
    with pytest.raises(Refused, match="何焊平排第 1 名，却列在第 2 名之后"):
        close(found, ("岑铸山", "何焊平", "丁砺锋"))


def test_fewer_than_the_places_is_lawful() -> None:
    assert close(scored(POINTS), NAMES[:2]).kept == 2


def test_a_soft_share_that_is_missed_needs_a_reason() -> None:
    with pytest.raises(Refused, match="女职工不少于30%：5人中0人"):
        close(scored(POINTS), NAMES[:5], reasons={})


def test_a_hard_pool_excuses_the_skip_and_refuses_the_second() -> None:
    found = scored(POINTS)
    for name in ("何焊平", "岑铸山"):
        Case.objects.filter(pk=found.cases[name].pk).update(
            values={**found.cases[name].values, "shop": "一车间", "gender": "女"}
        )
    with pytest.raises(Refused, match="岑铸山：同一车间（一车间）已满1个名额"):
        close(found, NAMES[:5])
    held = close(found, ("何焊平", "丁砺锋", "温测微", "马驭程", "石守窑"))
    assert held.kept == 5


def test_a_group_that_nobody_named_is_asked_for() -> None:
    found = scored(POINTS)
    case = found.cases["丁砺锋"]
    Case.objects.filter(pk=case.pk).update(values={name: v for name, v in case.values.items() if name != "shop"})
    with pytest.raises(Refused, match="车间"):
        close(found, NAMES[:5])


def test_equals_at_the_cut_are_settled_by_the_meeting() -> None:
    found = scored({**POINTS, "马驭程": "6", "石守窑": "6"})
    shown = board(found.programme, found.programme.stage("panel"))
    assert shown.proposal.tie is not None
    assert shown.proposal.tie.sentence == "第5名2个并列，余1个名额，由会议确定"
    held = close(found, (*NAMES[:4], "石守窑"), ("马驭程",))
    assert [one["case"] for one in held.members][-1] == found.cases["石守窑"].number


def test_a_preference_breaks_a_tie_and_is_shown() -> None:
    found = scored({**POINTS, "石守窑": "6"})
    Case.objects.filter(pk=found.cases["石守窑"].pk).update(
        values={**found.cases["石守窑"].values, "years_in_trade": "21"}
    )
    shown = board(found.programme, found.programme.stage("panel"))
    assert shown.proposal.tie is None
    assert [shown.cases[pk].title for pk in shown.proposed()][-1] == "石守窑"
    told = preferences(found.programme, shown)
    assert [one.name for one in told[found.cases["石守窑"].pk]] == ["一线满二十年优先"]
    assert told[found.cases["何焊平"].pk] == []


def test_somebody_without_scores_stands_apart_and_stops_the_list() -> None:
    found = scored(POINTS)
    found.add("乔架梁")
    with pytest.raises(Refused, match="乔架梁不能列入：评审总分未定"):
        close(found, ("乔架梁",))
    with pytest.raises(Refused, match="还有 1 人名次未定（乔架梁）"):
        close(found, NAMES[:5])
    assert close(found, NAMES[:5], reasons=SOFT | {"open": "本人书面放弃答辩"}).kept == 5


def test_a_judgement_against_bars_at_its_gate() -> None:
    found = scored(POINTS)
    judge_case(actor=found.actor("zhang"), at=AT, case_id=found.cases["何焊平"].pk, question="solid", answer="no")
    shown = board(found.programme, found.programme.stage("panel"))
    assert "事迹是否扎实" in hindrances(found.programme, shown)[found.cases["何焊平"].pk][0]
    assert open_judgements(found.programme, shown)[found.cases["何焊平"].pk] == []
    with pytest.raises(Refused, match="事迹是否扎实"):
        close(found, NAMES[:5])


def test_cases_on_their_way_are_waited_for_or_left_behind_on_record() -> None:
    found = scored(POINTS)
    found.add("屈调频", "recommend")
    with pytest.raises(Refused, match="还有 1 件申报没有办到这一步（屈调频…）"):
        close(found, NAMES[:5])
    close(found, NAMES[:5], reasons=SOFT | {"behind": "逾期未报"})
    late = Case.objects.get(pk=found.cases["屈调频"].pk)
    assert (late.state, late.rows.get(stage="recommend").state) == ("not_selected", "out")
    assert "逾期未报" in Entry.objects.get(action="case.left_behind").body


def test_only_approvers_of_the_body_close() -> None:
    found = scored(POINTS)
    for username in ("zhang", "jiang", "jia", "lan"):
        with pytest.raises(NotAllowed, match="选树办公室"):
            close(found, NAMES[:5], actor=found.actor(username))


def test_a_meeting_that_cannot_be() -> None:
    found = scored(POINTS)
    wrong = {
        "会议日期不能晚于今天": replace(MEETING, held_on=AT.date() + timedelta(days=1)),
        "写明到会人员": replace(MEETING, present=()),
        "票数多于到会人数": replace(MEETING, votes={"for": 4}),
        "既到会又缺席或回避": replace(MEETING, recused=("贾评审",)),
    }
    for text, meeting in wrong.items():
        with pytest.raises(BadInput, match=text):
            close(found, NAMES[:5], meeting=meeting)


def test_a_closed_list_is_closed_and_a_request_sent_twice_counts_once() -> None:
    found = scored(POINTS)
    first = close(found, NAMES[:5], request_key="k-1")
    assert close(found, NAMES[:5], request_key="k-1").pk == first.pk
    with pytest.raises(Refused, match="已经确定，不能再改"):
        close(found, NAMES[:4])


def test_doubles_and_strangers() -> None:
    found = scored(POINTS)
    with pytest.raises(BadInput, match="不能列两次"):
        close(found, ("何焊平", "何焊平"))
    with pytest.raises(BadInput, match="不在本环节的人"):
        close_list(
            actor=found.actor("yan"),
            at=AT,
            programme=found.programme,
            stage_id="panel",
            kept=[10**6],
            meeting=MEETING,
        )


def test_a_ranking_depends_on_no_order_of_input() -> None:
    found = ground()
    for name in reversed(NAMES[:6]):
        found.add(name)
    found.seat("jia", "yi")
    found.assign()
    found.score(POINTS)
    shown = board(found.programme, found.programme.stage("panel"))
    assert [shown.cases[pk].title for pk in shown.order()] == list(NAMES[:6])


def test_a_board_takes_the_same_queries_for_any_number() -> None:
    found = ground()
    found.seat("jia", "yi")
    stage = found.programme.stage("panel")
    counts = set()
    for number in (1, 3, 40):
        for n in range(len(found.cases), number):
            found.add(f"何焊{n}")
        found.assign(f"s-{number}")
        found.score({f"何焊{n}": "7" for n in range(number)})
        board(found.programme, stage)
        with CaptureQueriesContext(connection) as context:
            assert len(board(found.programme, stage).cases) == number
        counts.add(len(context))
    assert len(counts) == 1
