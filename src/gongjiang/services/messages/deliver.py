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
from django.db.models import Q
from django.utils import timezone

from gongjiang.models import Delivery, Message
from gongjiang.rules.messages.schedule import next_try
from gongjiang.rules.messages.signature import sign
from gongjiang.services.messages.outgoing import Answer, post
from gongjiang.services.messages.targets import MAIL, Target, hooks

STALE: Final = timedelta(minutes=5)
"""A delivery taken so long ago belongs to a worker that died over it: it is tried again."""
PAUSE: Final = timedelta(minutes=1)
"""How long the others for an address wait that has just failed."""
PLATFORM: Final = "工匠人才推选培育平台"
NOTHING_SAID: Final = "您有一条新消息，请登录平台查看。"


def next_delivery(at: datetime) -> Callable[[], None] | None:
    """The next delivery that is due, taken in hand; None if none is."""
    due = Q(state=Delivery.State.WAITING, due_at__lte=at) | Q(state=Delivery.State.RUNNING, taken_at__lt=at - STALE)
    while (row := Delivery.objects.filter(due).order_by("due_at", "id").first()) is not None:
        mine = Delivery.objects.filter(pk=row.pk, state=row.state, tries=row.tries, taken_at=row.taken_at)
        if row.state == Delivery.State.RUNNING and next_try(at, row.tries) is None:
            mine.update(state=Delivery.State.DEAD, done_at=at, answer="发送时中断")
        elif mine.update(state=Delivery.State.RUNNING, tries=row.tries + 1, taken_at=at):
            return partial(deliver, row.pk, at)
    return None


def deliver(delivery_id: int, at: datetime) -> None:
    """Send what is in hand, and write down what came of it. The receiver may get the same `webhook-id` twice, where
    the worker ended between sending and writing it down."""
    row = Delivery.objects.select_related("message__organisation", "user").get(pk=delivery_id)
    hook = None if row.target == MAIL else hooks().get(row.target)
    answer: Answer | None = None
    if row.target == MAIL:
        answer = _mail(row)
    elif hook is not None and row.user.is_active:
        answer = _call(row, hook, at)
    mine = Delivery.objects.filter(pk=row.pk, state=Delivery.State.RUNNING)
    if answer is None:
        mine.update(state=Delivery.State.DEAD, done_at=at, answer="地址或账号已停用")
        return
    if answer.taken:
        mine.update(state=Delivery.State.SENT, done_at=at, answer=answer.said[:200])
        return
    again = next_try(at, row.tries)
    if again is None:
        mine.update(state=Delivery.State.DEAD, done_at=at, answer=answer.said[:200])
    else:
        mine.update(state=Delivery.State.WAITING, due_at=again, answer=answer.said[:200])
    if row.target != MAIL:
        others = Delivery.objects.filter(target=row.target, state=Delivery.State.WAITING, due_at__lt=at + PAUSE)
        others.exclude(pk=row.pk).update(due_at=at + PAUSE)


def words(message: Message) -> str:
    """What is said outside the platform: never the message itself, which may name people and reasons."""
    return message.headline or NOTHING_SAID


def payload(row: Delivery, at: datetime) -> bytes:
    """The body of a webhook (docs/webhooks.md): whom to tell by account name, what to say, where to look."""
    organisation = row.message.organisation
    said = {
        "type": f"message.{row.message.kind}",
        "timestamp": timezone.localtime(at).isoformat(timespec="seconds"),
        "data": {
            "account": row.user.username,
            "organisation": organisation.name if organisation is not None else None,
            "text": words(row.message),
            "link": f"{settings.URL}/messages/",
        },
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


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
    if not row.user.email or not row.user.is_active:
        return Answer(False, "没有邮箱地址或账号已停用")
    kind = row.message.get_kind_display()
    foot = f"此邮件由{PLATFORM}自动发出，请勿回复。不想再收，请在“消息—通知方式”里更改。"
    text = f"{words(row.message)}\n\n{settings.URL}/messages/\n\n{foot}"
    try:
        EmailMessage(f"【{PLATFORM}】{kind}", text, to=[row.user.email]).send()
    except (smtplib.SMTPException, OSError) as problem:
        return Answer(False, f"邮件没有发出：{type(problem).__name__}")
    shown = settings.EMAIL_BACKEND.endswith("ShownMail")
    return Answer(True, "只显示在服务器屏幕上" if shown else "已交邮件服务器")
