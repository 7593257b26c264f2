"""Reminders before an end: on their days, to whom they concern, once, however often a worker looks."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import AT, World, case_at, opened_edition, programme_at, set_clock, small_world

from gongjiang.cli.jobs import do_all
from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Assignment, Edition, Entry, Expert, Message, Opinion, Reminder, ReminderPlan, SampleClock
from gongjiang.rules.messages.schedule import MARKS
from gongjiang.services.programmes.extend import extend
from gongjiang.services.reports.cockpit.units import nudge_units, who_lags
from gongjiang.services.reports.reminders.plan import GROUPS, plan_of, set_plan
from gongjiang.services.reports.reminders.sweep import next_reminders, remind_of_ends

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def on(day: int, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime(2026, 6, day, hour))


@pytest.fixture
def world() -> World:
    SampleClock.objects.all().delete()
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    found = opened_edition(world)
    Message.objects.all().delete()
    return found


def look(at: datetime) -> Counter[str]:
    """What a worker finds to remind of, and who is told."""
    Message.objects.all().delete()
    while (job := next_reminders(at)) is not None:
        job()
    return Counter(
        (one.organisation.short_name if one.organisation else str(one.user)) + "：" + one.text.partition("，")[2]
        for one in Message.objects.all()
    )


def test_each_group_is_reminded_on_the_marks_once(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "apply", "岑铸山")
    case_at(world, edition, "qualify", "邬量衡", unit="dyeing", filer="yin")
    signed = case_at(world, edition, "dept_opinion", "苗绣岚")
    Opinion.objects.create(
        case=signed, sheet="county_sheet", party="sci", organisation=world["county_sci"], asked_at=AT
    )
    assert look(on(22)) == {}
    assert look(on(23, 8)) == {}  # not before half past eight
    seven = look(on(23))
    assert seven == {
        "澜江重工：贵单位还有 2 件申报没有提交。": 1,
        "青屿区：贵单位还有 1 件等待办理。": 1,
        "青屿区科技局：贵单位还有 1 件意见没有签署。": 1,
    }
    one = Message.objects.get(organisation=world["plant"])
    assert one.text.startswith(f"“{edition.title}”的“申报”还有 7 天截止（6月30日 24:00）")
    assert (one.kind, one.headline) == ("reminder", one.text)
    assert look(on(23, 10)) == {}
    ReminderPlan.objects.update(seen_on=None, taken_at=None)  # a worker that lost its memory
    assert look(on(23, 11)) == {}
    assert look(on(24)) == look(on(25)) == look(on(26)) == {}
    assert sum(look(on(27)).values()) == 3
    assert look(on(28)) == {}
    assert sum(look(on(29)).values()) == 3
    today = look(on(30))
    assert sum(today.values()) == 3
    assert "今天截止" in Message.objects.all()[0].text
    assert look(timezone.make_aware(datetime(2026, 7, 1, 9))) == {}
    assert Reminder.objects.count() == 12


def test_what_was_done_meanwhile_is_not_reminded_of(world: World, edition: Edition) -> None:
    case = case_at(world, edition, "apply", "何焊平")
    assert sum(look(on(23)).values()) == 1
    case.rows.update(state="done")
    assert look(on(27)) == {}


def test_experts_are_reminded_of_what_they_have_not_scored(world: World, edition: Edition) -> None:
    extend(
        actor=platform(),
        at=AT,
        edition=edition,
        time="review_window",
        until=timezone.make_aware(datetime(2026, 9, 8)),
        reason="延长评审",
        opens=on(1),
        telling=False,
    )
    case = case_at(world, edition, "expert", "何焊平")
    expert = Expert.objects.create(process=case.process, stage="expert", user=world.people["jia"])
    Assignment.objects.create(expert=expert, case=case, stage="expert")
    found = look(timezone.make_aware(datetime(2026, 9, 4, 9)))
    assert found["贾评审：您还有 1 人没有评完。"] == 1


def test_an_extension_moves_the_reminders(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "apply", "袁标尺", unit="far_plant")
    for time in ("apply_window", "apply_close"):
        extend(
            actor=world.actor("zhang"),
            at=on(29),
            edition=edition,
            time=time,
            until=timezone.make_aware(datetime(2026, 7, 4)),
            reason="台风停工",
            organisation=world["county"],
        )
    assert set(look(on(30))) == {"兰报材：您还有 1 件申报没有提交。", "澜江重工：贵单位还有 1 件申报没有提交。"}
    texts = sorted(one.text.partition("”的“")[2].partition("，")[0] for one in Message.objects.all())
    assert texts == ["申报”今天截止（6月30日 24:00）", "申报”还有 3 天截止（7月3日 24:00）"]


def test_a_day_without_a_worker_is_caught_up_with(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    assert look(on(22)) == {}
    assert sum(look(on(28)).values()) == 1
    assert Reminder.objects.get().mark == 3


def test_a_worker_that_died_over_it_leaves_it_to_the_next(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    assert next_reminders(on(23)) is not None  # taken in hand, and lost
    assert next_reminders(on(23) + timedelta(minutes=29)) is None
    assert sum(look(on(23) + timedelta(minutes=31)).values()) == 1
    assert remind_of_ends(actor=platform(), at=on(23, 12), edition=edition) == 0


def test_the_worker_of_a_sample_goes_by_its_clock(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    set_clock(on(29))
    do_all(timezone.now())
    assert Message.objects.filter(text__contains="还有 1 天截止").count() == 1
    assert not Message.objects.filter(spread=False).exists()


def test_the_organiser_sets_days_and_groups(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "何焊平")
    case_at(world, edition, "qualify", "邬量衡")
    assert plan_of(edition).marks == MARKS
    for who in ("wen", "lan", "ji", "xi"):
        with pytest.raises(NotAllowed):
            set_plan(actor=world.actor(who), at=AT, edition=edition, marks="7", groups=list(GROUPS), active=True)
    with pytest.raises(BadInput) as problem:
        set_plan(actor=world.actor("zhang"), at=AT, edition=edition, marks="7", groups=["everybody"], active=True)
    assert problem.value.place == "提醒谁"
    set_plan(actor=world.actor("zhang"), at=AT, edition=edition, marks="5、2", groups=["drafts"], active=True)
    assert Entry.objects.filter(action="edition.reminders").count() == 1
    assert look(on(23)) == {}
    assert set(look(on(25))) == {"澜江重工：贵单位还有 1 件申报没有提交。"}
    set_plan(actor=world.actor("zhang"), at=AT, edition=edition, marks="5、2", groups=[], active=False)
    assert look(on(28)) == {}


def test_queries_do_not_grow(world: World, edition: Edition) -> None:
    counts = []
    for day, batch in ((23, 1), (27, 20)):
        for n in range(batch):
            for stage in ("apply", "qualify", "dept_opinion", "initial", "expert"):
                case_at(world, edition, stage, f"{stage}{n}")
        with CaptureQueriesContext(connection) as queries:
            look(on(day))
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_urging_shows_first_whom_it_reaches(
    world: World, edition: Edition, django_capture_on_commit_callbacks: object
) -> None:
    case_at(world, edition, "qualify", "何焊平")
    programme = programme_at(edition)
    found = who_lags(world.actor("zhang"), AT, programme)
    assert found[0][0].name == "青屿区"
    assert not any(told for _, told in found)
    with pytest.raises(NotAllowed):
        who_lags(world.actor("wen"), AT, programme)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        nudge_units(actor=world.actor("zhang"), at=AT, programme=programme, organisation_ids=[world["county"].pk])
    again = {one.name: told for one, told in who_lags(world.actor("zhang"), AT + timedelta(hours=1), programme)}
    assert again.pop("青屿区") is True
    assert not any(again.values())
    one = Message.objects.get(organisation=world["county"])
    assert (one.kind, "何焊平" in one.headline) == ("reminder", False)
