"""待办 and the inbox in the browser's eyes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, World, case_at, opened_edition, small_world

from gongjiang.models import Edition, Message, Opinion


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def test_the_desk_of_a_county(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平")
    page = world.client("wen").get("/todo/").content.decode()
    assert "2026年6月24日 星期三，申报截止还有 <b>6</b> 天" in page
    assert "审核何焊平的“资格审核确认”" in page
    assert f"/editions/{edition.pk}/queue/qualify/" not in page  # one case: straight to its page
    assert "/nominees/" in page
    assert "本届进度" in page
    assert '待办 <span class="count">1</span>' in page


def test_several_cases_lead_to_the_queue(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平")
    case_at(world, edition, "qualify", "岑铸山")
    page = world.client("wen").get("/todo/").content.decode()
    assert f'href="/editions/{edition.pk}/queue/qualify/"' in page


def test_late_is_red(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平")
    page = world.client("wen", at=AT + timedelta(days=8)).get("/todo/").content.decode()
    assert "已逾期" in page
    assert "已过 2 天" in page
    assert '<span class="count hot">1</span>' in page


def test_other_identities_are_mentioned_not_mixed(world: World, edition: Edition) -> None:
    case_at(world, edition, "expert", "何焊平")
    case_at(world, edition, "union_review", "岑铸山")
    client = world.client("yan")
    page = client.get("/todo/").content.decode()
    assert "确定“专家评审”名单" in page
    assert "确定“市总工会评定”名单" not in page
    assert "您的其他身份还有 1 件待办" in page


def test_the_choice_of_an_edition_narrows(world: World, edition: Edition) -> None:
    other = opened_edition(world, slug="second")
    case_at(world, edition, "qualify", "何焊平")
    case_at(world, other, "qualify", "岑铸山")
    client = world.client("wen")
    assert client.get(f"/todo/?edition={other.pk}")["Location"] == "/todo/"
    page = client.get("/todo/").content.decode()
    assert "审核岑铸山" in page
    assert "审核何焊平" not in page
    client.get("/todo/?edition=all")
    assert "审核何焊平" in client.get("/todo/").content.decode()


def test_waiting_is_nudged_once_a_day(
    world: World, edition: Edition, django_capture_on_commit_callbacks: object
) -> None:
    case = case_at(world, edition, "dept_opinion", "苗绣岚")
    Opinion.objects.create(
        case=case, sheet="county_sheet", party="sci", organisation=world["county_sci"], asked_at=AT - timedelta(days=9)
    )
    client = world.client("wen")
    page = client.get("/todo/?show=waiting").content.decode()
    assert "青屿区科技局签署意见" in page
    assert "9 天" in page
    given = {"organisation": world["county_sci"].pk, "edition": edition.pk, "back": "/todo/?show=waiting"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert client.post("/messages/nudge/", given)["Location"] == "/todo/?show=waiting"
    assert [(one.organisation, one.text) for one in Message.objects.all()] == [
        (world["county_sci"], "温和礼催办：苗绣岚 1 件意见尚未签署。")
    ]
    client.get("/todo/")
    client.post("/messages/nudge/", given)
    assert "24 小时内已催办过青屿区科技局" in client.get("/todo/").content.decode()
    assert world.client("lan").post("/messages/nudge/", {**given, "organisation": world["city"].pk}).status_code == 302
    assert Message.objects.count() == 1


def test_messages_are_read_and_lead_on(world: World, edition: Edition) -> None:
    case = case_at(world, edition, "qualify", "何焊平")
    one = Message.objects.create(user=world.people["lan"], at=AT, text="退回：缺盖章页", link=f"case:{case.pk}")
    Message.objects.create(organisation=world["county"], at=AT, text="给青屿区的")
    client = world.client("lan")
    page = client.get("/messages/").content.decode()
    assert "退回：缺盖章页" in page
    assert "给青屿区的" not in page
    assert "消息 1" in page
    answer = client.post("/messages/read/", {"message": one.pk, "link": one.link})
    assert answer["Location"] == f"/nominees/{case.pk}/"
    one.refresh_from_db()
    assert one.read_at is not None
    world.client("wen").post("/messages/read/", {"message": one.pk})
    assert "已读" in client.get("/messages/").content.decode()


@pytest.mark.once
@pytest.mark.parametrize("address", ["/todo/", "/todo/?show=waiting", "/todo/?show=done", "/messages/", "/roles/"])
def test_queries_do_not_grow(world: World, edition: Edition, address: str) -> None:
    client = world.client("wen")
    counts = []
    for batch in (1, 2, 40):
        for n in range(batch):
            for stage in ("apply", "qualify", "dept_opinion", "report_up"):
                case = case_at(world, edition, stage, f"{stage}{n}")
                if stage == "dept_opinion":
                    Opinion.objects.create(
                        case=case, sheet="county_sheet", party="sci", organisation=world["county_sci"], asked_at=AT
                    )
            Message.objects.create(organisation=world["county"], at=AT, text=f"消息{n}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 27
