"""待办: exactly what waits for whom, by date, in a number of queries that doesn't grow."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import AT, World, case_at, opened_edition, person, prepared_edition, small_world

from gongjiang.kernel.actor import nobody
from gongjiang.models import Assignment, Case, Edition, Expert, Message, Opinion, ScoreSheet, StageRow
from gongjiang.services.nominations.transition import move
from gongjiang.services.programmes.extend import extend
from gongjiang.services.reports.todo.desk import desk_of
from gongjiang.services.reports.todo.item import Desk


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def desk(world: World, username: str, at: datetime = AT) -> Desk:
    return desk_of(world.actor(username, at), at)


def titles(found: Desk) -> list[tuple[str, str]]:
    return [(one.kind, one.title) for one in found.items]


def test_nobody_has_nothing() -> None:
    assert desk_of(nobody(), AT) == Desk()


def test_the_filer_mends_first_then_fills_in(world: World, edition: Edition) -> None:
    case_at(world, edition, "apply", "苏晴染")
    back = case_at(world, edition, "qualify", "岑铸山")
    case_at(world, edition, "apply", "邬量衡", unit="dyeing", filer="yin")
    move(actor=world.actor("wen"), at=AT, case_id=back.pk, stage_id="qualify", action="return", reason="缺盖章页")
    found = desk(world, "lan")
    assert titles(found) == [("mend", "补正岑铸山的申报"), ("draft", "填完并提交苏晴染的申报")]
    mend = found.items[0]
    assert mend.facts == ("缺盖章页",)
    assert (mend.case_id, mend.verb, mend.state) == (back.pk, "去补正", "returned")
    assert str(mend.last_day) == "2026-06-30"
    assert mend.group(AT) == "later"
    assert mend.group(timezone.make_aware(datetime(2026, 6, 29, 9))) == "week"
    assert mend.group(timezone.make_aware(datetime(2026, 6, 30, 23, 59, 59, 999))) == "today"
    assert mend.group(timezone.make_aware(datetime(2026, 7, 1))) == "late"


def test_many_drafts_are_one_item(world: World, edition: Edition) -> None:
    for n in range(7):
        case_at(world, edition, "apply", f"甲{n}")
    [one] = desk(world, "lan").items
    assert (one.kind, one.title, one.facts) == ("drafts", "填完并提交 7 件申报", ("甲0、甲1、甲2等 7 人",))


def test_an_employer_signs_each_form_handed_in_while_the_union_checks_it(world: World, edition: Edition) -> None:
    person(world, "gong", "龚厂办", ("officer", "plant"))
    for name in ("何焊平", "岑铸山"):
        case = case_at(world, edition, "qualify", name, route="个人自主申报")
        Opinion.objects.create(
            case=case, sheet="application", party="employer", organisation=world["plant"], asked_at=AT
        )
    found = [(one.title, one.verb, one.stage, one.count) for one in desk(world, "gong").items]
    assert found == [(f"签署{name}的“推荐对象所在单位意见”", "去签署", "apply", 1) for name in ("何焊平", "岑铸山")]
    assert sorted((one.title, one.names) for one in desk(world, "lan").waiting) == [
        ("澜江重工签署意见", ("何焊平", "岑铸山")),
        ("资格审核确认", ("何焊平", "岑铸山")),
    ]


def test_the_county_checks_what_was_handed_to_it(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")
    case_at(world, edition, "qualify", "邬量衡", unit="dyeing", filer="yin")
    case_at(world, edition, "qualify", "袁标尺", unit="far_plant", filer="yuan")
    case_at(world, edition, "report_up", "苗绣岚")
    [check, report] = sorted(desk(world, "wen").items, key=lambda one: one.kind)
    assert check.title == "审核“资格审核确认”3 件"
    assert check.facts == ("澜江重工 2 件", "青屿印染 1 件", "何焊平、岑铸山、邬量衡")
    assert (check.count, check.organisation_id, check.stage) == (3, world["county"].pk, "qualify")
    assert str(check.last_day) == "2026-06-30"  # by when it must be reported up
    assert report.title == "上报苗绣岚的“逐级上报”"
    assert titles(desk(world, "zhang")) == []


def test_nobody_checks_what_they_filed(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平", filer="wen")
    assert titles(desk(world, "wen")) == []
    assert titles(desk(world, "jiang")) == [("check", "审核何焊平的“资格审核确认”")]


def test_boxes_are_asked_when_the_stage_opens(world: World, edition: Edition) -> None:
    case = case_at(world, edition, "qualify", "何焊平")
    StageRow.objects.filter(case=case, stage="qualify").update(state="done")
    Case.objects.filter(pk=case.pk).update(version=2)
    row = StageRow.objects.create(case=case, process=case.process, stage="dept_opinion", state="open", opened_at=AT)
    for name in ("discipline", "miit", "sci", "hrss"):
        organisation = world[f"county_{name}"]
        Opinion.objects.create(case=case, sheet="county_sheet", party=name, organisation=organisation, asked_at=AT)
    assert titles(desk(world, "ke")) == [("box", "签署何焊平的“科技部门意见”")]
    found = desk(world, "wen")
    assert found.items == []
    assert [(one.title, one.names) for one in found.waiting] == [
        ("青屿区纪检监察部门签署意见", ("何焊平",)),
        ("青屿区工信局签署意见", ("何焊平",)),
        ("青屿区科技局签署意见", ("何焊平",)),
        ("青屿区人社局签署意见", ("何焊平",)),
    ]
    Opinion.objects.update(verdict="同意", given_at=AT)
    assert titles(desk(world, "ke")) == []
    assert titles(desk(world, "wen")) == [("opinion", "办结何焊平的“有关部门签署意见”")]
    row.refresh_from_db()
    assert row.state == "open"


def test_the_office_waits_for_boxes_of_the_whole_edition(world: World, edition: Edition) -> None:
    case = case_at(world, edition, "joint_sign", "何焊平")
    box = Opinion.objects.create(case=case, sheet="application", party="miit", organisation=world["miit"], asked_at=AT)
    found = desk(world, "zhang")
    assert found.items == []
    assert [(one.title, one.names) for one in found.waiting] == [("望澜市工信局签署意见", ("何焊平",))]
    assert desk(world, "ji").waiting == []
    assert desk(world, "ke").waiting == []
    box.verdict, box.given_at = "同意", AT
    box.save()
    assert titles(desk(world, "zhang")) == [("opinion", "办结何焊平的“四部门签署审批意见”")]


def test_the_filer_sees_who_holds_the_case(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")
    found = desk(world, "lan")
    assert found.items == []
    [one] = found.waiting
    assert (one.title, one.said) == ("资格审核确认", "何焊平、岑铸山")


def test_lists_belong_to_approvers_and_experts_to_officers(world: World, edition: Edition) -> None:
    case_at(world, edition, "initial", "何焊平")
    case_at(world, edition, "initial", "岑铸山")
    case = case_at(world, edition, "expert", "邬量衡")
    assert titles(desk(world, "zhang")) == [("assign", "分配“专家评审”的专家")]
    assert titles(desk(world, "yan")) == [
        ("assign", "分配“专家评审”的专家"),
        ("list", "确定“专家评审”名单"),
        ("list", "确定“初审”名单"),
    ]
    expert = Expert.objects.create(process=case.process, stage="expert", user=world.people["jia"])
    assigned = Assignment.objects.create(expert=expert, case=case, stage="expert")
    assert titles(desk(world, "jia")) == [("declare", "“专家评审”回避与保密声明")]
    Expert.objects.update(declared_at=AT)
    [one] = desk(world, "jia").items
    assert (one.kind, one.title, one.facts, one.verb) == ("score", "“专家评审”评分 1 人", ("已评 0/1",), "开始评分")
    ScoreSheet.objects.create(assignment=assigned, saved_at=AT, submitted_at=AT)
    assert titles(desk(world, "jia")) == []
    found = {one.title: one.facts for one in desk(world, "yan").items}
    assert found["确定“专家评审”名单"] == ("已到 1 人", "评分 1/1")
    assert found["确定“初审”名单"] == ("已到 2 人", "何焊平、岑铸山")


def test_an_extension_for_one_unit_moves_its_date_only(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平")
    case_at(world, edition, "qualify", "袁标尺", unit="far_plant")
    extend(
        actor=world.actor("zhang"),
        at=AT,
        edition=edition,
        time="apply_close",
        until=timezone.make_aware(datetime(2026, 7, 4)),
        reason="台风停工",
        organisation=world["county"],
    )
    assert str(desk(world, "wen").items[0].last_day) == "2026-07-03"
    assert str(desk(world, "yuan").items[0].last_day) == "2026-06-30"


def test_an_edition_in_preparation_asks_its_organiser(world: World, edition: Edition) -> None:
    other = prepared_edition(world, slug="next-year")
    [one] = desk(world, "zhang").items
    assert (one.kind, one.edition_id, one.verb) == ("prepare", other.pk, "去答复")
    assert one.facts == (f"{one.count} 个问题待答复，共 {one.count} 个",)
    assert titles(desk(world, "wen")) == []


def test_a_return_is_told_to_whom_it_concerns(
    world: World, edition: Edition, django_capture_on_commit_callbacks: object
) -> None:
    case = case_at(world, edition, "qualify", "岑铸山")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        move(actor=world.actor("wen"), at=AT, case_id=case.pk, stage_id="qualify", action="return", reason="缺盖章页")
    [one] = Message.objects.all()
    assert (one.user, one.organisation, one.text) == (
        world.people["lan"],
        None,
        "岑铸山的申报由“资格审核确认”退回：缺盖章页",
    )


@pytest.mark.once
@pytest.mark.parametrize("username", ["lan", "wen", "ke", "yan", "zhang", "jia"])
def test_queries_do_not_grow(world: World, edition: Edition, username: str) -> None:
    actor = world.actor(username)
    counts = []
    for batch in (1, 2, 30):
        for n in range(batch):
            for stage in ("apply", "qualify", "dept_opinion", "initial", "expert", "notice", "name"):
                case = case_at(world, edition, stage, f"{stage}{n}")
                if stage == "dept_opinion":
                    Opinion.objects.create(
                        case=case, sheet="county_sheet", party="sci", organisation=world["county_sci"], asked_at=AT
                    )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk_of(actor, AT)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 18
