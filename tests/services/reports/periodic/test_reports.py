"""A report from the call to the archive: figures with their lists, two people, returned and received, summed up."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories import AT, World, prepared_edition, small_world
from tests.services.tallies.test_kept import honoured

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import (
    ActivityEntry,
    Edition,
    Honour,
    Message,
    Organisation,
    PeriodicReport,
    ReportCall,
    ReportList,
)
from gongjiang.rules.reports.moves import State
from gongjiang.services.cultivation.log import Doing, record
from gongjiang.services.reports.invariants.reports import violations
from gongjiang.services.reports.periodic.call import OWN, Asked, offers, open_call, units_for
from gongjiang.services.reports.periodic.chase import chase, next_chase
from gongjiang.services.reports.periodic.draw import draw
from gongjiang.services.reports.periodic.lists import listed
from gongjiang.services.reports.periodic.paper import paper_of
from gongjiang.services.reports.periodic.queries import asked_below, calls
from gongjiang.services.reports.periodic.roll_up import rolled_up
from gongjiang.services.reports.periodic.scope import get_report
from gongjiang.services.reports.periodic.sheets import sheets_of
from gongjiang.services.reports.periodic.steps import take
from gongjiang.services.reports.periodic.write import write
from gongjiang.services.tallies import recount

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TEXTS = {"s1": "总体平稳。", "s2": "继续推进。"}


@pytest.fixture
def world() -> World:
    """The county's union organised an edition of five people, who did three things; the city's one of two."""
    world = small_world()
    for key, people, level in (("county", 5, "county"), ("city", 2, "city")):
        edition = prepared_edition(world)
        Edition.objects.filter(pk=edition.pk).update(organiser=world[key])
        edition.refresh_from_db()
        for n in range(people):
            made = honoured(edition, n, level)
            Honour.objects.filter(pk=made.pk).update(state="stands" if n % 2 else "trainee")
            recount([made.pk])
            if key == "county" and n < 3:
                record(actor=platform(), at=AT, honour=made, doing=Doing("talk", "宣讲", date(2026, 6, 1 + n)))
    return world


def asked(world: World, **said: object) -> ReportCall:
    values = {
        "kind": OWN, "period": "2026年", "since": date(2026, 1, 1), "as_of": date(2026, 6, 20),
        "due": date(2026, 6, 30), "units": [world["county"].pk, world["other_county"].pk], "title": "培育工作报告",
        "sections": "总体情况\n下步打算", **said,
    }  # fmt: skip
    return open_call(actor=world.actor("zhang"), at=AT, asker_id=world["city"].pk, asked=Asked(**values))  # type: ignore[arg-type]


def fresh(call: ReportCall, world: World, key: str = "county") -> PeriodicReport:
    return PeriodicReport.objects.select_related("call__asker", "unit").get(call=call, unit=world[key])


def handed_in(world: World) -> PeriodicReport:
    """By two people of the county."""
    call = asked(world)
    one = fresh(call, world)
    wen, jiang = world.actor("wen"), world.actor("jiang")
    draw(actor=wen, at=AT, report_id=one.pk, version=1)
    write(actor=wen, at=AT, report_id=one.pk, version=2, texts=TEXTS)
    take(actor=wen, at=AT, report_id=one.pk, action="send", version=3)
    return take(actor=jiang, at=AT, report_id=one.pk, action="submit", version=4)


@pytest.mark.ledger("M-19")
@pytest.mark.ledger("N-14")
def test_every_figure_is_the_list_one_click_away(world: World) -> None:
    call = asked(world)
    one = fresh(call, world)
    wen = world.actor("wen")
    draw(actor=wen, at=AT, report_id=one.pk, version=1)
    one = fresh(call, world)
    assert {key: n for key, n in one.figures.items() if n} == {
        "p.county.trainee": 3, "p.county.stands": 2, "p.county.new": 1, "p.county.women": 2, "p.county.young": 3,
        "k.talk.entries": 3, "k.talk.people": 3, "x.county.none": 5, "c.county.without": 5,
    }  # fmt: skip
    for sheet in sheets_of(one):
        for _, cells in sheet.rows:
            for cell in cells:
                behind = listed(wen, one.pk, cell.figure)
                assert cell.n == behind.n == len(behind.honours) + len(behind.lines)
    assert list(violations()) == []


def test_a_figure_is_as_of_its_day(world: World) -> None:
    call = asked(world, as_of=date(2026, 6, 1))
    ActivityEntry.objects.filter(on=date(2026, 6, 3)).update(state="claimed")
    one = fresh(call, world)
    draw(actor=world.actor("wen"), at=AT, report_id=one.pk, version=1)
    assert fresh(call, world).figures["k.talk.entries"] == 1


def test_from_the_call_to_the_archive(world: World) -> None:
    one = handed_in(world)
    zhang, yan = world.actor("zhang"), world.actor("yan")
    assert one.state == State.SUBMITTED
    assert len(one.digest) == 64
    with pytest.raises(Refused):
        write(actor=world.actor("wen"), at=AT, report_id=one.pk, version=one.version, texts={"s1": "改"})
    take(actor=zhang, at=AT, report_id=one.pk, action="return", version=5, reason="补充女工情况")
    one = get_report(world.actor("wen"), one.pk)
    assert (one.state, one.note, one.digest) == (State.RETURNED, "补充女工情况", "")
    write(actor=world.actor("wen"), at=AT, report_id=one.pk, version=6, texts={"s2": "加强女工培育。"})
    take(actor=world.actor("wen"), at=AT, report_id=one.pk, action="send", version=7)
    take(actor=world.actor("jiang"), at=AT, report_id=one.pk, action="submit", version=8)
    take(actor=zhang, at=AT, report_id=one.pk, action="receive", version=9)
    with pytest.raises(NotAllowed):
        take(actor=zhang, at=AT, report_id=one.pk, action="archive", version=10)
    done = take(actor=yan, at=AT, report_id=one.pk, action="archive", version=10)
    assert done.state == State.ARCHIVED
    for action in ("return", "receive", "back"):
        with pytest.raises((Refused, NotAllowed)):
            take(actor=yan, at=AT, report_id=one.pk, action=action, version=11, reason="再看")
    assert list(violations()) == []
    PeriodicReport.objects.filter(pk=one.pk).update(texts={"s1": "暗改"})
    assert [text for text in violations() if "上报后内容有改动" in text]


def test_whoever_sent_it_does_not_approve_it(world: World) -> None:
    one = fresh(asked(world), world)
    jiang = world.actor("jiang")
    draw(actor=jiang, at=AT, report_id=one.pk, version=1)
    with pytest.raises(BadInput, match="“总体情况”还没有写"):
        take(actor=jiang, at=AT, report_id=one.pk, action="send", version=2)
    write(actor=jiang, at=AT, report_id=one.pk, version=2, texts=TEXTS)
    take(actor=jiang, at=AT, report_id=one.pk, action="send", version=3)
    with pytest.raises(Refused, match="送审的人不能自己审核"):
        take(actor=jiang, at=AT, report_id=one.pk, action="submit", version=4)
    with pytest.raises(BadInput, match="理由"):
        take(actor=jiang, at=AT, report_id=one.pk, action="back", version=4)


def test_others_see_nothing_before_it_is_handed_in(world: World) -> None:
    one = fresh(asked(world), world)
    for name in ("yuan", "lan", "ke"):
        with pytest.raises(NotFound):
            get_report(world.actor(name), one.pk)
    with pytest.raises(NotFound):
        paper_of(world.actor("zhang"), one.pk)
    with pytest.raises(NotAllowed):
        write(actor=world.actor("zhang"), at=AT, report_id=one.pk, version=1, texts=TEXTS)


def test_hostile_input_changes_nothing(world: World) -> None:
    one = fresh(asked(world), world)
    wen = world.actor("wen")
    _, errors = write(actor=wen, at=AT, report_id=one.pk, version=1, texts={"s1": "字" * 3001, "state": "archived"})
    assert errors == {"s1": "最多 3000 字，现有 3001 字。"}
    one = fresh(asked(world, period="2025年", as_of=date(2026, 1, 1)), world)
    with pytest.raises(Stale):
        write(actor=wen, at=AT, report_id=one.pk, version=9, texts=TEXTS)
    with pytest.raises(NotFound):
        take(actor=wen, at=AT, report_id=one.pk, action="conquer", version=1)
    with pytest.raises(Refused, match="已经发起过"):
        asked(world)
    for bad in ({"sections": " \n"}, {"units": []}, {"as_of": date(2025, 1, 1)}, {"due": None}, {"period": " "}):
        with pytest.raises(BadInput):
            asked(world, **{"period": "2027年", **bad})
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodicReport.objects.filter(pk=one.pk).update(state="archived")


def test_sums_stand_beside_ones_own_data(world: World) -> None:
    one = handed_in(world)
    lines = {line.figure: line for line in rolled_up(world.actor("zhang"), AT, one.call)}
    county, city = lines["p.county.stands"], lines["p.city.stands"]
    assert (county.total, county.live, county.difference) == (2, 2, 0)
    assert (city.total, city.live, city.difference) == (0, 1, 1)
    assert [(part.unit, n) for part, n in county.parts] == [(world["county"], 2)]
    assert ReportList.objects.get(report=one, figure="p.county.stands").ids == sorted(
        Honour.objects.filter(level="county", state="stands").values_list("pk", flat=True)
    )


@pytest.mark.ledger("M-19")
def test_a_province_asks_its_cities_for_the_report_it_owes(world: World) -> None:
    province = world["city"]
    Organisation.objects.filter(pk=province.pk).update(level="province")
    province.refresh_from_db()
    zhang = world.actor("zhang")
    offer = next(one for one in offers(zhang, province) if one.template.id == "provincial")
    assert {one.pk for one in units_for(province, offer)} == {
        world[key].pk for key in ("county", "other_county", "industry")
    }
    below = asked(world, kind="provincial", period="2026年")
    owed = PeriodicReport.objects.create(call=asked(world, kind="provincial", period="2025年"), unit=province)
    ReportCall.objects.filter(pk=owed.call_id).update(asker=world["county"], period="2026年")
    owed.refresh_from_db()
    assert asked_below(owed) == below


def test_the_late_are_chased_once_a_day(world: World) -> None:
    call = asked(world)
    late = AT + timedelta(days=10)
    line = next(one for one in calls(world.actor("zhang")) if one.call.pk == call.pk)
    assert line.late(late.date()) == 2
    assert chase(actor=world.actor("zhang"), at=late, call_id=call.pk) == 2
    assert Message.objects.filter(text__contains="已逾期 4 天").count() == 2
    with pytest.raises(Refused):
        chase(actor=world.actor("zhang"), at=late + timedelta(hours=2), call_id=call.pk)
    with pytest.raises(NotFound):
        chase(actor=world.actor("wen"), at=late, call_id=call.pk)


def test_the_clock_reminds_a_day_before_and_after_once_each(world: World) -> None:
    call = asked(world)
    told = []
    for days in range(12):
        at = AT + timedelta(days=days)
        while (job := next_chase(at)) is not None:
            job()
            told.append(at.date())
        assert next_chase(at + timedelta(hours=1)) is None
    assert told == [call.due + timedelta(days=one) for one in (-1, 1)]
    PeriodicReport.objects.filter(call=call).update(state="submitted", digest="0" * 64, submitted_at=AT)
    assert next_chase(AT + timedelta(days=14)) is None


def test_the_paper_says_it_in_the_official_form(world: World) -> None:
    one = handed_in(world)
    paper = paper_of(world.actor("zhang"), one.pk)
    assert paper.title == "青屿区总工会2026年\n培育工作报告"
    assert [part.heading for part in paper.parts] == ["一、总体情况", "二、下步打算"]
    assert paper.addressee == "望澜市总工会"
    assert paper.draft == ""
    assert [table.title for table in paper.tables] == [
        "工匠人才队伍情况", "培育方案执行情况", "培育活动情况", "常态化联系情况",
    ]  # fmt: skip
    assert [(chart.title, chart.bars) for chart in paper.charts] == [("培育活动次数", (("宣讲", 3, "3"),))]
    assert paper.tables[0].rows == (("县级工匠", "3", "2", "1", "2", "3", "0", "0"),)
