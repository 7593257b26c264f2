"""What goes out, one delivery at a time: by mail, or to the address of another system; tried again later when it
fails, given up at last, never lost silently."""

import json
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongjiang.models import Delivery, Grant, Message, User
from gongjiang.rules.messages.schedule import next_try
from gongjiang.rules.messages.signature import sign
from gongjiang.services.messages.outgoing import Answer, post
from gongjiang.services.messages.outside import words_of
from gongjiang.services.messages.send import tell
from gongjiang.services.messages.targets import MAIL, Target, hooks

STALE: Final = timedelta(minutes=5)
"""A delivery taken so long ago belongs to a worker that died over it: it is tried again."""
PAUSE: Final = timedelta(minutes=1)
"""How long the others for an address wait that has just failed."""
PLATFORM: Final = "工匠人才推选培育平台"
NOT_MAILED: Final = "邮件没有发出"
NOTHING_SAID: Final = "您有一条新消息，请登录平台查看。"


def next_delivery(at: datetime) -> Callable[[], None] | None:
    """The next delivery that is due, taken in hand; None if none is."""
    due = Q(state=Delivery.State.WAITING, due_at__lte=at) | Q(state=Delivery.State.RUNNING, taken_at__lt=at - STALE)
    due |= Q(state=Delivery.State.WAITING, message=None, tries=0)  # asked for by the platform's time, not this clock's
    while (row := Delivery.objects.filter(due).order_by("due_at", "id").first()) is not None:
        mine = Delivery.objects.filter(pk=row.pk, state=row.state, tries=row.tries, taken_at=row.taken_at)
        if row.state == Delivery.State.RUNNING and next_try(at, row.tries) is None:
            _give_up(row, mine, at, "发送时中断")
        elif mine.update(state=Delivery.State.RUNNING, tries=row.tries + 1, taken_at=at):
            return partial(deliver, row.pk, at)
    return None


def deliver(delivery_id: int, at: datetime) -> None:
    """Send what is in hand, and write down what came of it. The receiver may get the same `webhook-id` twice, where
    the worker ended between sending and writing it down."""
    row = Delivery.objects.select_related("message__organisation", "user").get(pk=delivery_id)
    answer = _sent(row, at)
    mine = Delivery.objects.filter(pk=row.pk, state=Delivery.State.RUNNING)
    if answer is None:
        _give_up(row, mine, at, "地址或账号已停用")
        return
    if answer.taken:
        mine.update(state=Delivery.State.SENT, done_at=at, answer=answer.said[:200], outside="")
        return
    again = next_try(at, row.tries)
    if again is None:
        _give_up(row, mine, at, answer.said)
    else:
        mine.update(state=Delivery.State.WAITING, due_at=again, answer=answer.said[:200])
    if row.target != MAIL:
        others = Delivery.objects.filter(target=row.target, state=Delivery.State.WAITING, due_at__lt=at + PAUSE)
        others.exclude(pk=row.pk).update(due_at=at + PAUSE)


def _sent(row: Delivery, at: datetime) -> Answer | None:
    """What came of sending it; None where there is no such address or account any more."""
    hook = None if row.target == MAIL else hooks().get(row.target)
    if row.target != MAIL and (hook is None or not (row.user is None or row.user.is_active)):
        return None
    return _call(row, hook, at) if hook is not None else _mail(row)


def _give_up(row: Delivery, mine: QuerySet[Delivery], at: datetime, why: str) -> None:
    """Not sent, and not tried again. Of words to somebody without an account whoever asked for them is told."""
    if not mine.update(state=Delivery.State.DEAD, done_at=at, answer=why[:200], outside=""):
        return
    if row.target != MAIL or why.startswith(NOT_MAILED):
        _tell_keepers(row, at, why)
    if row.message is None:
        text = f"{row.label}没有发出（{why}）。请核对邮箱或手机号后重新发送，或由受理单位转交。"
        tell(at=at, text=text, link=row.about, user_id=row.asker_id, headline="有一个链接没有发出，请登录平台处理。")


def _tell_keepers(row: Delivery, at: datetime, why: str) -> None:
    """Who administers the system learns in the inbox that a channel fails, once a day: not by that channel."""
    hook = hooks().get(row.target)
    name = "邮件" if row.target == MAIL else f"“{hook.label}”" if hook is not None else "已停用的地址"
    text = f"外发通道{name}有消息没有发出（{why}），请到“外发消息”查看。"
    stands = Q(grants__until__isnull=True) | Q(grants__until__gt=at)
    keepers = User.objects.filter(stands, is_active=True, grants__role=Grant.Role.SYSTEM_ADMIN).distinct()
    told = Message.objects.filter(text__startswith=f"外发通道{name}", at__gt=at - timedelta(days=1)).values("user_id")
    rows = keepers.exclude(pk__in=told)
    Message.objects.bulk_create(Message(user=one, at=at, text=text[:300], link="out", spread=True) for one in rows)


def words(row: Delivery) -> str:
    """What lists and accounts are told of it: never the message itself, which may name people and reasons."""
    return row.label if row.message is None else row.message.headline or NOTHING_SAID


def payload(row: Delivery, at: datetime) -> bytes:
    """The body of a webhook (docs/webhooks.md): whom to tell by account name, what to say, where to look; of a
    one-time link the mobile number and name of who has no account."""
    said = {
        "type": f"message.{row.message.kind}" if row.message is not None else "link",
        "timestamp": timezone.localtime(at).isoformat(timespec="seconds"),
        "data": _to_user(row, row.message) if row.message is not None else _to_outside(row),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _to_user(row: Delivery, message: Message) -> dict[str, str | None]:
    organisation = message.organisation
    return {
        "account": row.user.username if row.user is not None else None,
        "organisation": organisation.name if organisation is not None else None,
        "text": words(row),
        "link": f"{settings.URL}/messages/",
    }


def _to_outside(row: Delivery) -> dict[str, str | None]:
    said = words_of(row)
    return {"mobile": said.address, "name": said.name, "kind": said.kind, "text": said.text, "link": said.link}


def _call(row: Delivery, hook: Target, at: datetime) -> Answer:
    body, number, moment = payload(row, at), f"msg_{row.pk}", int(at.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "gongjiang-webhook/1",
        "webhook-id": number,
        "webhook-timestamp": str(moment),
        "webhook-signature": sign(hook.key, number, moment, body),
    }
    return post(hook.url, body, headers, private=settings.WEBHOOK_PRIVATE)


def _mail(row: Delivery) -> Answer:
    if row.message is None:
        said = words_of(row)
        foot = f"此邮件由{PLATFORM}自动发出，请勿回复，请勿转发：打开链接的人就能代您提交。"
        return _post_mail(said.subject, f"{said.text}\n\n{said.link}\n\n{foot}", said.address)
    if row.user is None or not row.user.email or not row.user.is_active:
        return Answer(False, "没有邮箱地址或账号已停用")
    foot = f"此邮件由{PLATFORM}自动发出，请勿回复。不想再收，请在“消息—通知方式”里更改。"
    return _post_mail(
        row.message.get_kind_display(), f"{words(row)}\n\n{settings.URL}/messages/\n\n{foot}", row.user.email
    )


def _post_mail(subject: str, text: str, address: str) -> Answer:
    try:
        EmailMessage(f"【{PLATFORM}】{subject}", text, to=[address]).send()
    except (smtplib.SMTPException, OSError) as problem:
        return Answer(False, f"{NOT_MAILED}：{type(problem).__name__}")
    shown = settings.EMAIL_BACKEND.endswith("ShownMail")
    return Answer(True, "只显示在服务器屏幕上" if shown else "已交邮件服务器")
