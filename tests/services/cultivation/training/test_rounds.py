"""Rounds: one at a time, measured in order, tasks handed in by the artisan and accepted by others."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.services.cultivation.kept import AT, FROM, Kept
from tests.services.cultivation.training.ground import picture

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import ActivityEntry, Entry, LearningRound, PracticeTask
from gongjiang.rules.cultivation.powers import POWERS
from gongjiang.services.cultivation.files import read_files
from gongjiang.services.cultivation.keeping import powers_of
from gongjiang.services.cultivation.log import Doing, enter
from gongjiang.services.cultivation.training.rounds import (
    begin_round,
    end_round,
    learnt,
    measure,
    measured_of,
    rounds_of,
)
from gongjiang.services.cultivation.training.tasks import Asked, drop_task, hand_in, judge_task, set_task

BEGUN = date(2026, 2, 1)
ALL = {power: Decimal(60 + n) for n, power in enumerate(POWERS)}


def begun(found: Kept, hours: int = 12) -> LearningRound:
    """A first round of the first artisan."""
    given = {"honour_id": found.honours[0].pk, "title": "", "begun": BEGUN, "hours": Decimal(hours)}
    return begin_round(actor=found.actor("wen"), at=AT, **given)  # type: ignore[arg-type]


@pytest.mark.ledger("M-08")
def test_a_round_from_the_entry_test_to_its_end(found: Kept) -> None:
    wen, artisan, honour = found.actor("wen"), found.artisan(0), found.honours[0]
    one = begun(found)
    assert (one.title, powers_of(honour)) == ("第1轮", POWERS)
    with pytest.raises(Refused, match="先记入学测评"):
        measure(actor=wen, at=AT, round_id=one.pk, moment="evaluation", on=AT.date(), scores=ALL)
    measure(actor=wen, at=AT, round_id=one.pk, moment="entry", on=BEGUN, scores=ALL)
    enter(actor=wen, at=AT, honour_id=honour.pk, doing=Doing("course", "编程", BEGUN, hours=Decimal("4.5")))
    enter(actor=wen, at=AT, honour_id=honour.pk, doing=Doing("course", "更早", FROM, hours=Decimal(9)))
    enter(actor=artisan, at=AT, honour_id=honour.pk, doing=Doing("course", "没确认", BEGUN, hours=Decimal(9)))
    task = set_task(actor=wen, at=AT, round_id=one.pk, asked=Asked("改进夹具", power=POWERS[2], hours=Decimal(8)))
    with pytest.raises(NotAllowed):
        hand_in(actor=wen, at=AT, task_id=task.pk, version=1, text="代交")
    photo = read_files([("现场.jpg", picture())])
    hand_in(actor=artisan, at=AT, task_id=task.pk, version=1, text="换成气动夹具", files=photo)
    with pytest.raises(NotAllowed):
        judge_task(actor=artisan, at=AT, task_id=task.pk, version=2, accepted=True)
    with pytest.raises(BadInput):
        judge_task(actor=wen, at=AT, task_id=task.pk, version=2, accepted=False)
    judge_task(actor=wen, at=AT, task_id=task.pk, version=2, accepted=False, note="补数据")
    hand_in(actor=artisan, at=AT, task_id=task.pk, version=3, text="补了返修率数据")
    judge_task(actor=wen, at=AT, task_id=task.pk, version=4, accepted=True, note="好")
    entry = ActivityEntry.objects.get(source=f"practice:{task.pk}")
    assert (entry.kind, entry.hours, entry.power, entry.note) == ("practice", 8, POWERS[2], "补了返修率数据")
    (view,) = rounds_of(honour)
    assert [(step.state, step.said) for step in view.steps] == [
        ("done", "已测评"),
        ("done", "12.5/12 学时"),
        ("done", "1/1 项"),
        ("now", "待评价"),
    ]
    later = {power: score + 10 for power, score in ALL.items()}
    measure(actor=wen, at=AT, round_id=one.pk, moment="evaluation", on=AT.date(), scores=later)
    end_round(actor=wen, at=AT, round_id=one.pk, on=AT.date())
    assert [(m.label, m.scores[POWERS[0]]) for m in measured_of(rounds_of(honour))] == [
        ("第1轮测", 60),
        ("第1轮评", 70),
    ]
    sums = learnt(honour)
    assert (sums.times, sums.hours, sums.people) == (3, Decimal("21.5"), 0)


def test_one_round_at_a_time_in_the_database_too(found: Kept) -> None:
    one = begun(found)
    with pytest.raises(Refused, match="还没有结束"):
        begun(found)
    with pytest.raises(IntegrityError), transaction.atomic():
        LearningRound.objects.create(honour=one.honour, ordinal=2, title="二", begun=BEGUN, at=AT)


def test_a_score_that_is_mended_is_kept_by_the_audit_log(found: Kept) -> None:
    wen, one = found.actor("wen"), begun(found)
    power = POWERS[0]
    measure(actor=wen, at=AT, round_id=one.pk, moment="entry", on=BEGUN, scores={power: Decimal(50)})
    measure(actor=wen, at=AT, round_id=one.pk, moment="entry", on=BEGUN, scores={power: Decimal(58)})
    assert [row.score for row in one.scores.all()] == [58]
    told = Entry.objects.filter(action="round.measure").order_by("seq").last()
    assert f'"{power}":["50.00","58"]' in told.body  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"scores": {}}, "分数"),
        ({"scores": {"蛮力": Decimal(1)}}, "分数"),
        ({"on": BEGUN - timedelta(days=1)}, "日期"),
        ({"on": AT.date() + timedelta(days=1)}, "日期"),
        ({"moment": "noon"}, "分数"),
    ],
)
def test_a_measure_that_is_refused_names_its_field(found: Kept, said: dict[str, object], place: str) -> None:
    one = begun(found)
    given = {"round_id": one.pk, "moment": "entry", "on": BEGUN, "scores": ALL, **said}
    with pytest.raises(BadInput) as told:
        measure(actor=found.actor("wen"), at=AT, **given)  # type: ignore[arg-type]
    assert told.value.place == place


def test_who_may_teach(found: Kept) -> None:
    one = begun(found)
    with pytest.raises(NotFound):
        measure(actor=found.actor("yuan"), at=AT, round_id=one.pk, moment="entry", on=BEGUN, scores=ALL)
    with pytest.raises(NotAllowed):
        measure(actor=found.artisan(0), at=AT, round_id=one.pk, moment="entry", on=BEGUN, scores=ALL)
    task = set_task(actor=found.actor("lan"), at=AT, round_id=one.pk, asked=Asked("改进夹具"))
    with pytest.raises(Stale):
        drop_task(actor=found.actor("wen"), at=AT, task_id=task.pk, version=9)
    with pytest.raises(Refused, match="还没有评价"):
        end_round(actor=found.actor("wen"), at=AT, round_id=one.pk, on=AT.date())
    drop_task(actor=found.actor("wen"), at=AT, task_id=task.pk, version=1)
    assert not PracticeTask.objects.exists()


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (Asked(" "), "任务"),
        (Asked("长" * 81), "任务"),
        (Asked("好", what="长" * 501), "要求"),
        (Asked("好", power="蛮力"), "对应"),
        (Asked("好", due=AT.date() - timedelta(days=1)), "完成期限"),
        (Asked("好", hours=Decimal(-1)), "学时"),
    ],
)
def test_a_task_that_is_refused_names_its_field(found: Kept, asked: Asked, place: str) -> None:
    one = begun(found)
    with pytest.raises(BadInput) as told:
        set_task(actor=found.actor("wen"), at=AT, round_id=one.pk, asked=asked)
    assert told.value.place == place
