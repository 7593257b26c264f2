"""The cockpit: the funnel's scale, units that lag, reminders; queries that don't grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, World, case_at, opened_edition, programme_at, small_world

from gongjiang.kernel.errors import NotFound
from gongjiang.models import Edition, Entry, StageList, StageRow
from gongjiang.services.reports.cockpit.page import cockpit
from gongjiang.services.reports.cockpit.units import nudge_units


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def test_an_empty_edition_is_all_plan(world: World, edition: Edition) -> None:
    found = cockpit(world.actor("zhang"), edition.pk, AT)
    planned = {one.stage: one.n for one in found.funnel}
    assert [planned[name] for name in ("initial", "expert", "union_review", "final_review", "notice", "name")] == [
        50,
        38,
        33,
        28,
        25,
        25,
    ]
    assert {one.state for one in found.funnel} == {"plan"}


def test_done_under_way_and_planned(world: World, edition: Edition) -> None:
    for n in range(3):
        case = case_at(world, edition, "expert", f"甲{n}", values={"gender": "女" if n else "男"})
        StageRow.objects.filter(case=case, stage="initial").update(position=n + 1)
    case_at(world, edition, "qualify", "乙")
    StageList.objects.create(
        process=programme_at(edition).process,
        stage="initial",
        closed_at=AT,
        digest="x" * 64,
        kept=3,
        entered=3,
        size=50,
    )
    found = cockpit(world.actor("yan"), edition.pk, AT)
    states = {one.stage: (one.state, one.n, one.through, one.open) for one in found.funnel}
    assert states["qualify"] == ("now", 4, 3, 1)
    assert states["initial"] == ("done", 3, 3, 0)
    assert states["expert"] == ("now", 3, 0, 3)
    assert states["union_review"] == ("plan", 3, 0, 0)
    assert (found.latest, found.nominated, found.listed) == ("初审", 4, 3)
    women = next(one for one in found.shares if one.label == "女性")
    assert (women.before, women.of_before, women.after, women.of_after) == (2, 4, 2, 3)
    assert women.after_percent == 67


def test_laggards_with_their_days_then_the_silent(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平", at=AT - timedelta(days=9))
    case_at(world, edition, "report_up", "岑铸山", at=AT - timedelta(days=2))
    found = cockpit(world.actor("zhang"), edition.pk, AT).laggards
    assert [(one.name, one.where, one.count, one.days) for one in found] == [
        ("青屿区", "资格审核确认 1 件、逐级上报 1 件", 2, 9),
        ("远岸区", "还没有推荐人选", 0, 28),
        ("望澜市机械产业工会", "还没有推荐人选", 0, 28),
    ]


def test_a_unit_is_reminded_once_a_day(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平")
    programme = programme_at(edition)
    ids = [world["county"].pk, world["other_county"].pk]
    actor = world.actor("zhang")
    assert nudge_units(actor=actor, at=AT, programme=programme, organisation_ids=ids) == ["青屿区", "远岸区"]
    assert nudge_units(actor=actor, at=AT, programme=programme, organisation_ids=ids) == []
    later = AT + timedelta(hours=25)
    assert nudge_units(actor=actor, at=later, programme=programme, organisation_ids=ids[:1]) == ["青屿区"]
    assert Entry.objects.filter(action="nudge").count() == 3
    with pytest.raises(NotFound):
        nudge_units(actor=actor, at=later, programme=programme, organisation_ids=[world["plant"].pk])


def test_only_those_who_run_or_watch_it(world: World, edition: Edition) -> None:
    for username in ("zhang", "yan", "ji", "xi"):
        assert cockpit(world.actor(username), edition.pk, AT).programme.edition == edition
    for username in ("wen", "lan", "ke", "jia", "guan"):
        with pytest.raises(NotFound):
            cockpit(world.actor(username), edition.pk, AT)


def test_queries_do_not_grow(world: World, edition: Edition) -> None:
    counts = []
    for batch in (1, 2, 40):
        for n in range(batch):
            for stage in ("qualify", "initial", "expert"):
                case_at(world, edition, stage, f"{stage}{n}")
        with CaptureQueriesContext(connection) as queries:
            cockpit(world.actor("zhang"), edition.pk, AT)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
