"""The log by edition and case, paged by key; verified on the spot."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, World, case_at, opened_edition, small_world

from gongjiang.kernel.actor import platform
from gongjiang.models import Edition, Entry
from gongjiang.services.audit.append import append
from gongjiang.services.audit.queries import PAGE, entries, timeline
from gongjiang.services.nominations.transition import move


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def test_the_timeline_of_a_case(world: World, edition: Edition) -> None:
    case = case_at(world, edition, "qualify", "岑铸山")
    move(actor=world.actor("wen"), at=AT, case_id=case.pk, stage_id="qualify", action="return", reason="缺盖章页")
    [one] = timeline(case.pk)
    assert (one.by, one.said, one.note, one.stage, one.at) == ("温和礼", "退回补正", "缺盖章页", "qualify", AT)


def test_an_observer_reads_by_key_and_filters(world: World, edition: Edition) -> None:
    case = case_at(world, edition, "qualify", "岑铸山")
    for n in range(PAGE + 5):
        append(actor=platform(), at=AT, action="case.save", kind="case", key=n, case_id=case.pk, edition_id=edition.pk)
    first = entries(world.actor("ji"), case_id=case.pk)
    assert len(first) == PAGE + 1
    rest = entries(world.actor("ji"), case_id=case.pk, before=first[PAGE - 1].seq)
    assert len(rest) == 5
    client = world.client("ji")
    page = client.get(f"/audit/?edition={edition.pk}&action=edition").content.decode()
    assert "发布届次" in page
    assert "保存填报内容" not in page
    assert "before=" in client.get(f"/audit/?case={case.pk}").content.decode()


def test_an_organiser_of_another_edition_sees_nothing_of_it(world: World, edition: Edition) -> None:
    assert entries(world.actor("wen"), edition_id=edition.pk) == []
    assert entries(world.actor("ji"), edition_id=edition.pk) != []


def test_the_chain_is_walked_and_damage_is_named(world: World, edition: Edition) -> None:
    client = world.client("ji")
    assert "前后相扣，没有缺失" in client.post("/audit/verify/").content.decode()
    Entry.objects.filter(seq=3).update(actor_name="别人", body="{}")
    assert "第 3 条的哈希与内容不符" in client.post("/audit/verify/").content.decode()
    assert world.client("zhang").post("/audit/verify/").status_code == 404


def test_queries_do_not_grow(world: World, edition: Edition) -> None:
    client = world.client("ji")
    counts = []
    for batch in (1, 2, 40):
        for n in range(batch):
            append(actor=platform(), at=AT, action="case.save", kind="case", key=n, case_id=n, edition_id=edition.pk)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/audit/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
