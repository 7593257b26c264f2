"""通知方式, 外发消息, 到期提醒, 一并催办, 期限: as people use them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.factories import AT, World, case_at, opened_edition, small_world

from gongjiang.models import Channels, Delivery, Edition, Extension, Message, ReminderPlan, Webhook

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world(settings: Any) -> World:
    settings.MAIL_ON = True
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def test_one_chooses_channels_and_what_was_typed_stays(world: World) -> None:
    client = world.client("wen")
    typed = {"address": "wen@", "mail": "all", "phone": "reminder", "quiet_from": "22:00", "quiet_until": "8:00"}
    answer = client.post("/messages/channels/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "邮箱地址写法不对" in page
    assert 'value="wen@"' in page
    assert 'value="22:00"' in page
    assert client.post("/messages/channels/", typed | {"address": "wen@example.org"}).status_code == 302
    row = Channels.objects.get()
    assert (row.user, row.mail, str(row.quiet_from)) == (world.people["wen"], "all", "22:00:00")
    assert "wen@example.org" in client.get("/messages/channels/").content.decode()


def test_whoever_administers_adds_an_address_and_sends_again(world: World, settings: Any) -> None:
    for who in ("wen", "zhang", "guan", "ji"):
        other = world.client(who)
        assert other.get("/messages/out/").status_code == 404
        assert other.post("/messages/out/again/").status_code == 404
        assert other.post("/messages/out/hook/", {"target": "hook:1", "act": "secret"}).status_code == 404
    client = world.client("xi")
    typed = {"label": "职工之家", "url": "https://127.0.0.1/hook", "wants": "all"}
    page = client.post("/messages/out/", typed)
    assert page.status_code == 422
    assert "该地址在内部网络，不允许访问" in page.content.decode()
    settings.WEBHOOK_PRIVATE = True
    page = client.post("/messages/out/", typed)
    assert "whsec_" in page.content.decode()
    hook = Webhook.objects.get()
    assert "whsec_" not in client.get("/messages/out/").content.decode()
    assert (
        "whsec_" in client.post("/messages/out/hook/", {"target": f"hook:{hook.pk}", "act": "secret"}).content.decode()
    )
    assert client.post("/messages/out/hook/", {"target": f"hook:{hook.pk}", "act": "try"}).status_code == 302
    Delivery.objects.update(state="dead", answer="HTTP 503")
    page = client.get("/messages/out/?state=dead").content.decode()
    assert "HTTP 503" in page
    assert "全部重发" in page
    client.post("/messages/out/again/", {"delivery": "x"})
    assert Delivery.objects.get().state == "dead"
    client.post("/messages/out/again/")
    assert Delivery.objects.get().state == "waiting"
    client.post("/messages/out/hook/", {"target": f"hook:{hook.pk}", "act": "end"})
    assert Delivery.objects.get().state == "dead"


def test_urging_is_seen_before_it_is_sent(
    world: World, edition: Edition, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    case_at(world, edition, "qualify", "何焊平")
    client = world.client("zhang")
    address = f"/editions/{edition.pk}/nudge/"
    assert f'href="{address}"' in client.get(f"/editions/{edition.pk}/").content.decode()
    page = client.get(address).content.decode()
    assert "青屿区" in page
    assert f"催办“{edition.title}”：资格审核确认 1 件。" in page
    assert Message.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"organisation": [world["county"].pk]})
    assert Message.objects.get().organisation == world["county"]
    assert "24 小时内已催办" in client.get(address).content.decode()
    assert world.client("wen").get(address).status_code in {403, 404}


def test_the_schedule_is_set_on_its_page(world: World, edition: Edition) -> None:
    client = world.client("zhang")
    address = f"/editions/{edition.pk}/reminders/"
    assert "7、3、1、0" in client.get(address).content.decode()
    answer = client.post(address, {"marks": "7、七十", "groups": ["drafts"], "active": "on"})
    assert answer.status_code == 422
    assert "天数须为 0 至 60 的整数" in answer.content.decode()
    assert "7、七十" in answer.content.decode()
    client.post(address, {"marks": "10、2", "groups": ["drafts", "experts"], "active": "on"})
    plan = ReminderPlan.objects.get()
    assert (plan.marks, plan.groups, plan.active) == ([10, 2], ["drafts", "experts"], True)


def test_an_extension_from_the_row_of_a_unit(world: World, edition: Edition) -> None:
    client = world.client("zhang")
    page = client.get(f"/editions/{edition.pk}/extend/?unit={world['county'].pk}&time=apply_close").content.decode()
    assert f'<option value="{world["county"].pk}" selected>' in page
    typed = {"time": "apply_close", "unit": str(world["county"].pk), "until": "2026-06-29", "reason": "台风"}
    refused = client.post(f"/editions/{edition.pk}/extend/", typed)
    assert "现在就截止到6月30日，延期须更晚" in refused.content.decode()
    assert "台风" in refused.content.decode()
    wrong = client.post(f"/editions/{edition.pk}/extend/", typed | {"unit": "999999", "until": "2026-07-05"})
    assert "请选择本届的单位" in wrong.content.decode()
    assert not Extension.objects.exists()
    client.post(f"/editions/{edition.pk}/extend/", typed | {"until": "2026-07-05"})
    assert Extension.objects.get().organisation == world["county"]
    assert Message.objects.filter(organisation=world["county"], text__contains="延至7月5日 24:00").count() == 1
    assert "延至7月5日 24:00" in world.client("wen").get("/messages/").content.decode()
    address = f"/editions/{edition.pk}/extend/"
    assert "台风" in world.client("wen").get(address).content.decode()
    other = world.client("yuan").get(address).content.decode()
    assert "没有延期" in other  # what another unit was granted is not theirs to read
    assert "2026年7月5日" not in other


def test_what_is_left_stands_on_the_desk_the_form_and_the_cockpit(world: World, edition: Edition) -> None:
    case = case_at(world, edition, "apply", "何焊平")
    left = "还有 6 天，6月30日 24:00 截止"
    assert left in world.client("wen").get(f"/editions/{edition.pk}/unit/").content.decode()
    assert left in world.client("lan").get(f"/nominations/{case.pk}/form/", follow=True).content.decode()
    assert left in world.client("zhang").get(f"/editions/{edition.pk}/").content.decode()
    late = AT.replace(hour=20) + timedelta(days=6)
    assert "<b>今天</b>截止" in world.client("lan", at=late).get("/todo/").content.decode()
    assert "还有 3 小时 59 分，6月30日 24:00 截止" in world.client("lan", at=late).get("/todo/").content.decode()
