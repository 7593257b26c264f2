"""A report through the pages: asked for, written with and without script, handed in, received, its files."""

import pytest
from tests.factories import AT, World, prepared_edition, small_world
from tests.services.tallies.test_kept import honoured

from gongjiang.models import Edition, PeriodicReport, ReportCall

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASKED = {
    "kind": "own", "title": "培育工作报告", "sections": "总体情况\n下步打算", "reach": "tree", "period": "2026年",
    "since": "2026-01-01", "as_of": "2026-06-20", "due": "2026-06-23",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    """Two people whom the county's union named."""
    world = small_world()
    edition = prepared_edition(world)
    Edition.objects.filter(pk=edition.pk).update(organiser=world["county"])
    edition.refresh_from_db()
    for n in range(2):
        honoured(edition, n, "county")
    return world


def call_of(world: World) -> ReportCall:
    client = world.client("zhang", AT)
    asked = {**ASKED, "asker": world["city"].pk, "unit": [world["county"].pk, world["other_county"].pk]}
    response = client.post("/reports/new/", asked)
    assert response.status_code == 302
    return ReportCall.objects.get()


@pytest.mark.ledger("M-19")
@pytest.mark.ledger("N-14")
def test_from_asking_to_receiving(world: World) -> None:
    call = call_of(world)
    one = PeriodicReport.objects.get(unit=world["county"])
    wen, jiang, zhang = world.client("wen", AT), world.client("jiang", AT), world.client("zhang", AT)
    desk = wen.get("/todo/").content.decode()
    assert "报送2026年培育工作报告" in desk
    assert f'href="/reports/{one.pk}/"' in desk
    wen.post(f"/reports/{one.pk}/figures/", {"version": 1})
    page = wen.get(f"/reports/{one.pk}/").content.decode()
    assert f'<a href="/reports/{one.pk}/figures/p.county.trainee/">2</a>' in page
    assert "“总体情况”还没有写" in page
    saved = wen.post(f"/reports/{one.pk}/save/", {"version": 2, "s1": "总体平稳。", "fields": "s1"})
    assert saved.json()["version"] == 3
    assert wen.post(f"/reports/{one.pk}/", {"version": 3, "s1": "总体平稳。", "s2": "继续推进。"}).status_code == 302
    wen.post(f"/reports/{one.pk}/step/", {"version": 4, "action": "send"})
    jiang.post(f"/reports/{one.pk}/step/", {"version": 5, "action": "submit"})
    inside = zhang.get(f"/reports/{one.pk}/").content.decode()
    assert "总体平稳。" in inside
    assert "接收" in inside
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert zhang.get(f"/reports/{one.pk}/report.{ending}").content.startswith(start)
    zhang.post(f"/reports/{one.pk}/step/", {"version": 6, "action": "receive"})
    one.refresh_from_db()
    assert one.state == "received"
    shown = zhang.get(f"/reports/calls/{call.pk}/").content.decode()
    assert "有单位逾期未报" in shown
    assert "1 家还没有报送" in shown
    assert zhang.post(f"/reports/calls/{call.pk}/remind/", follow=True).content.decode().count("已催报 1 家") == 1


def test_nothing_typed_is_lost_on_an_error(world: World) -> None:
    client = world.client("zhang", AT)
    bad = {**ASKED, "asker": world["city"].pk, "due": "2026-02-30", "period": "特别期"}
    response = client.post("/reports/new/", bad)
    assert response.status_code == 422
    page = response.content.decode()
    assert "特别期" in page
    assert "请填写日期" in page
    assert not ReportCall.objects.exists()
    call_of(world)
    one = PeriodicReport.objects.get(unit=world["county"])
    wen = world.client("wen", AT)
    long = wen.post(f"/reports/{one.pk}/", {"version": 1, "s1": "长" * 3001})
    assert long.status_code == 422
    assert "长" * 3001 in long.content.decode()
    stale = wen.post(f"/reports/{one.pk}/", {"version": 77, "s1": "我写的"})
    assert stale.status_code == 409
    assert "我写的" in stale.content.decode()
    assert wen.post(f"/reports/{one.pk}/save/", {"version": 77, "s1": "我写的"}).status_code == 409


def test_others_find_nothing(world: World) -> None:
    call = call_of(world)
    one = PeriodicReport.objects.get(unit=world["county"])
    for name in ("yuan", "lan"):
        client = world.client(name, AT)
        for place in (f"{one.pk}/", f"{one.pk}/figures/p.county.stands/", f"{one.pk}/report.pdf", f"calls/{call.pk}/"):
            assert client.get(f"/reports/{place}").status_code == 404
        assert client.post(f"/reports/{one.pk}/step/", {"version": 1, "action": "archive"}).status_code == 404
