"""The sample round of reports, on a small world."""

from datetime import timedelta

import pytest
from tests.factories import AT, World, prepared_edition, small_world
from tests.services.tallies.test_kept import honoured

from gongjiang.kernel.actor import platform
from gongjiang.models import Entry, Message, PeriodicReport, ReportCall
from gongjiang.services.reports.invariants.reports import violations
from gongjiang.services.reports.periodic.chase import next_chase
from gongjiang.services.reports.todo.desk import desk_of
from gongjiang.services.samples.reports import fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


TODAY = AT + timedelta(days=1)


@pytest.fixture
def world() -> World:
    """Three people of the city's edition, their reports asked for."""
    world = small_world()
    edition = prepared_edition(world)
    fill(platform(), TODAY, [honoured(edition, n, "city") for n in range(3)])
    return world


def test_most_have_handed_in_and_one_still_writes(world: World) -> None:
    late, call = ReportCall.objects.order_by("pk")
    assert (call.asker, call.period) == (world["city"], "2026年上半年")
    states = PeriodicReport.objects.filter(call=call).order_by("unit_id").values_list("unit__name", "state")
    assert list(states) == [
        ("青屿区总工会", "submitted"),
        ("远岸区总工会", "received"),
        ("望澜市机械产业工会", "draft"),
    ]
    assert (late.period, late.due) == ("2025年", TODAY.date() - timedelta(days=9))
    assert list(PeriodicReport.objects.filter(call=late).order_by("unit_id").values_list("state", flat=True)) == [
        "received", "received", "draft",
    ]  # fmt: skip
    assert list(violations()) == []


@pytest.mark.ledger("M-19")
def test_the_office_sees_who_is_late_and_a_reminder_goes(world: World) -> None:
    late = ReportCall.objects.get(period="2025年")
    items = {one.title: one for one in desk_of(world.actor("zhang"), TODAY).items}
    assert items["办理2025年工匠培育工作报告"].facts == ("逾期未报 1 家",)
    assert items["办理2025年工匠培育工作报告"].verb == "去催报"
    office = world.client("zhang", TODAY)
    assert "有单位逾期未报" in office.get(f"/reports/calls/{late.pk}/").content.decode()
    unit = world["industry"]
    told = Message.objects.filter(organisation=unit, text__contains="请报送2025年工匠培育工作报告，已逾期 9 天。")
    assert not told.exists()
    said = office.post(f"/reports/calls/{late.pk}/remind/", follow=True).content.decode()
    assert "已催报 1 家" in said
    assert told.count() == 1
    again = office.post(f"/reports/calls/{late.pk}/remind/", follow=True).content.decode()
    assert "24 小时内已催过" in again


def test_the_clock_reminds_who_is_late_when_nobody_does(world: World) -> None:
    late = ReportCall.objects.get(period="2025年")
    job = next_chase(AT + timedelta(days=1 + 6))
    assert job is not None
    job()
    told = Message.objects.filter(text__contains="已逾期 15 天").values_list("organisation", flat=True)
    assert list(told) == [world["industry"].pk]
    keys = Entry.objects.filter(action="report.chase").values_list("key", flat=True)
    assert list(keys) == [str(late.reports.get(unit=world["industry"]).pk)]


def test_no_honours_no_reports() -> None:
    fill(platform(), AT, [])
    assert not ReportCall.objects.exists()
