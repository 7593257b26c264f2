"""From the inbox outward: who gets what by which channel, once; retries, dead letters; nothing secret goes along."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from tests.factories import AT, World, small_world
from tests.services.messages.receiver import Receiver, receiving

from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import Channels, Delivery, Entry, Message, Webhook
from gongjiang.rules.messages.schedule import BACKOFF
from gongjiang.services.messages.channels import choice_of, choose
from gongjiang.services.messages.deliver import next_delivery
from gongjiang.services.messages.outbox import outbox, resend
from gongjiang.services.messages.send import tell, tell_all
from gongjiang.services.messages.spread import next_spread
from gongjiang.services.messages.webhooks import add_webhook, end_webhook, secret_shown, try_webhook

CANARY = "岑铸山320501199003074511"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.MAIL_ON = True
    settings.WEBHOOK_PRIVATE = True
    return small_world()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def pass_on(at: datetime = AT) -> None:
    while (job := next_spread(at, at)) is not None:
        job()


def send(at: datetime = AT) -> int:
    number = 0
    while (job := next_delivery(at)) is not None:
        job()
        number += 1
    return number


def wants(world: World, who: str, **said: str) -> None:
    given = {"address": f"{who}@example.org", "mail": "all", "phone": "all", "quiet_from": "", "quiet_until": ""}
    choose(actor=world.actor(who), at=AT, **(given | said))


def hook(world: World, receiver: Receiver, **said: str) -> Webhook:
    given = {"label": "短信平台", "url": receiver.url, "secret": SECRET, "wants": "all"}
    return add_webhook(actor=world.actor("xi"), at=AT, **(given | said))[0]


@pytest.mark.once
def test_mail_goes_to_who_wants_it_and_says_nothing_secret(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    wants(world, "wen")
    wants(world, "jiang", mail="reminder")
    with django_capture_on_commit_callbacks(execute=True):
        tell(at=AT, text=f"{CANARY}的申报被退回：缺盖章页", link="case:1", organisation_id=world["county"].pk)
        whom = world["county"].pk
        tell(at=AT, text=f"催办：{CANARY}", organisation_id=whom, kind="reminder", headline="有事项待办。")
    pass_on()
    assert send() == 3
    assert sorted((one.to[0], one.subject) for one in mail.outbox) == [
        ("jiang@example.org", "【工匠人才推选培育平台】提醒"),
        ("wen@example.org", "【工匠人才推选培育平台】提醒"),
        ("wen@example.org", "【工匠人才推选培育平台】消息"),
    ]
    for one in mail.outbox:
        whole = str(one.message()) + one.subject + str(one.body)
        assert "岑铸山" not in whole
        assert "320501" not in whole
        assert "/messages/" in str(one.body)
    assert {str(one.body).split("\n")[0] for one in mail.outbox} == {"有事项待办。", "您有一条新消息，请登录平台查看。"}
    pass_on()
    assert send() == 0


@pytest.mark.once
def test_a_webhook_is_signed_and_carries_no_more_than_needed(world: World, receiver: Receiver) -> None:
    hook(world, receiver)
    said = "还有 1 件意见没有签署。"
    tell_all(at=AT, text=CANARY, organisation_ids=[world["county_sci"].pk], kind="reminder", headline=said)
    pass_on()
    send()
    [(path, headers, body)] = receiver.got
    assert path == "/hook"
    posted = json.loads(body)
    assert posted == {
        "type": "message.reminder",
        "timestamp": "2026-06-24T10:00:00+08:00",
        "data": {
            "account": "ke",
            "organisation": "青屿区科技局",
            "text": said,
            "link": posted["data"]["link"],
        },
    }
    assert headers["webhook-timestamp"] == str(int(AT.timestamp()))
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert Delivery.objects.get().state == "sent"


@pytest.mark.once
def test_failures_are_tried_again_with_the_same_id_then_given_up_and_sent_once_more(
    world: World, receiver: Receiver
) -> None:
    hook(world, receiver)
    receiver.answers = [(503, {}, b"")]
    tell_all(at=AT, text="x", user_ids=[world.people["wen"].pk], kind="reminder")
    pass_on()
    at, tries = AT, 0
    for wait in (*BACKOFF, timedelta(0)):
        assert send(at) == 1
        tries += 1
        at += wait
        if wait:
            assert send(at - timedelta(seconds=1)) == 0
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.answer) == ("dead", tries, "HTTP 503")
    told = Message.objects.get(user=world.people["xi"])  # and goes nowhere else: least of all where it failed
    assert (told.text, told.spread) == ("外发通道“短信平台”有消息没有发出（HTTP 503），请到“外发消息”查看。", True)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    with pytest.raises(NotFound):
        outbox(world.actor("zhang"))
    with pytest.raises(NotFound):
        resend(actor=world.actor("zhang"), at=at, real_at=at)
    assert outbox(world.actor("xi")).counts == {"dead": 1}
    receiver.answers = [(200, {}, b"")]
    assert resend(actor=world.actor("xi"), at=at, real_at=at, delivery_ids=[row.pk + 1]) == 0
    assert resend(actor=world.actor("xi"), at=at, real_at=at, delivery_ids=[row.pk]) == 1
    assert send(at) == 1
    assert Delivery.objects.get().state == "sent"


@pytest.mark.once
def test_one_address_that_fails_does_not_hold_up_all(world: World, receiver: Receiver) -> None:
    hook(world, receiver)
    receiver.answers = [(500, {}, b"")]
    tell_all(at=AT, text="x", user_ids=[one.pk for one in world.people.values()], kind="reminder")
    pass_on()
    assert Delivery.objects.count() == len(world.people)
    assert send() == 1  # the others for this address wait a minute


@pytest.mark.once
def test_a_worker_that_died_over_a_delivery_leaves_it_to_the_next(world: World, receiver: Receiver) -> None:
    hook(world, receiver)
    tell_all(at=AT, text="x", user_ids=[world.people["wen"].pk], kind="reminder")
    pass_on()
    assert next_delivery(AT) is not None  # taken in hand, and lost
    assert next_delivery(AT + timedelta(minutes=4)) is None
    assert send(AT + timedelta(minutes=6)) == 1
    assert Delivery.objects.get().state == "sent"


@pytest.mark.once
def test_quiet_hours_and_wishes_are_kept(world: World, receiver: Receiver) -> None:
    hook(world, receiver, wants="reminder")
    wants(world, "wen", quiet_from="9:00", quiet_until="11:30")
    wants(world, "jiang", mail="none", phone="none", address="")
    wants(world, "zhang", mail="none")
    tell_all(at=AT, text="x", user_ids=[world.people[one].pk for one in ("wen", "jiang", "zhang")], kind="reminder")
    tell_all(at=AT, text="y", user_ids=[world.people["zhang"].pk])
    pass_on()
    queued = sorted(Delivery.objects.values_list("user__username", "target", "due_at"))
    later = timezone.make_aware(datetime(2026, 6, 24, 11, 30))
    name = f"hook:{Webhook.objects.get().pk}"
    assert queued == [("wen", name, later), ("wen", "mail", later), ("zhang", name, AT)]


def test_what_is_history_is_not_sent(world: World, receiver: Receiver) -> None:
    hook(world, receiver)
    tell_all(at=AT - timedelta(days=4), text="alt", user_ids=[world.people["wen"].pk])
    pass_on()
    assert Delivery.objects.count() == 0
    assert not Message.objects.filter(spread=False).exists()


@pytest.mark.once
def test_an_address_is_added_tried_and_ended_on_record(world: World, receiver: Receiver) -> None:
    made = hook(world, receiver, secret="")
    admin = world.actor("xi")
    assert SECRET not in made.secret
    assert secret_shown(admin, made.pk).startswith("whsec_")
    assert secret_shown(admin, made.pk) not in made.secret
    for who in ("guan", "zhang", "wen"):
        with pytest.raises(NotFound):
            secret_shown(world.actor(who), made.pk)
        with pytest.raises(NotFound):
            hook_by(world, who, receiver)
    try_webhook(actor=admin, at=AT, real_at=AT, target=f"hook:{made.pk}")
    assert send() == 1
    assert json.loads(receiver.got[0][2])["data"]["account"] == "xi"
    tell_all(at=AT, text="x", user_ids=[world.people["wen"].pk], kind="reminder")
    pass_on()
    end_webhook(actor=admin, at=AT, webhook_id=made.pk)
    assert send() == 0
    assert sorted(Delivery.objects.values_list("state", "answer"))[0] == ("dead", "该地址已停用")
    assert list(Entry.objects.filter(kind="webhook").values_list("action", flat=True)) == ["webhook.add", "webhook.end"]
    assert not Entry.objects.filter(body__icontains="whsec").exists()


def hook_by(world: World, who: str, receiver: Receiver) -> None:
    add_webhook(actor=world.actor(who), at=AT, label="x", url=receiver.url, secret="", wants="all")


def test_private_addresses_are_refused_where_they_are_not_allowed(
    world: World, receiver: Receiver, settings: Any
) -> None:
    made = hook(world, receiver)
    settings.WEBHOOK_PRIVATE = False
    for url in (receiver.url, "https://127.0.0.1/x", "https://169.254.169.254/latest/"):
        with pytest.raises(BadInput):
            hook(world, receiver, label="另一个", url=url)
    tell_all(at=AT, text="x", user_ids=[world.people["wen"].pk], kind="reminder")
    pass_on()
    send()
    assert receiver.got == []  # what was allowed once isn't any more
    assert Delivery.objects.get().target == f"hook:{made.pk}"


def test_the_environment_names_an_address(world: World, receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = receiver.url, SECRET
    tell_all(at=AT, text="x", user_ids=[world.people["wen"].pk], kind="reminder")
    pass_on()
    send()
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"address": "wen@"}, "邮箱"),
        ({"address": ""}, "邮箱"),
        ({"address": "a@example.org\r\nBcc: b@example.org"}, "邮箱"),
        ({"mail": "everything"}, "邮件"),
        ({"phone": "x"}, "手机"),
        ({"quiet_from": "25:00", "quiet_until": "8:00"}, "免打扰自"),
        ({"quiet_from": "22:00"}, "免打扰至"),
    ],
)
def test_wrong_choices_are_named(world: World, said: dict[str, str], place: str) -> None:
    with pytest.raises(BadInput) as problem:
        wants(world, "wen", **said)
    assert problem.value.place == place
    assert not Channels.objects.exists()


def test_a_choice_comes_back(world: World) -> None:
    wants(world, "wen", quiet_from="22:00", quiet_until="8:00")
    found = choice_of(world.actor("wen"))
    assert (found.address, found.mail, found.quiet_from, found.quiet_until) == (
        "wen@example.org",
        "all",
        time(22),
        time(8),
    )
