"""Addresses of other systems that are told of messages: added, tried, ended by whoever administers the system."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import Channels, Delivery, Message, Webhook
from gongjiang.rules.messages.signature import key_of, secret_of
from gongjiang.services.audit.append import append
from gongjiang.services.messages.outbox import require_admin
from gongjiang.services.messages.outgoing import addresses, read_url
from gongjiang.services.messages.targets import ENVIRONMENT, hooks, opened_secret, sealed_secret

LABEL = 40


def standing(actor: Actor) -> list[Webhook]:
    """Addresses in use."""
    require_admin(actor)
    return list(Webhook.objects.filter(ended_at=None).order_by("id"))


def by_environment(actor: Actor) -> str:
    """The address that the environment names; empty without one."""
    require_admin(actor)
    found = hooks().get(ENVIRONMENT)
    return found.url if found is not None else ""


@transaction.atomic
def add_webhook(
    *, actor: Actor, at: datetime, label: str, url: str, secret: str, wants: str, links: bool = False
) -> tuple[Webhook, str]:
    """A new address, and its secret in clear to hand to the receiver. Raises BadInput naming the field: an address in
    a private network is refused unless the installation allows them."""
    require_admin(actor)
    label = label.strip()
    if not label or len(label) > LABEL:
        raise BadInput(f"名称须为 1 至 {LABEL} 字。", "A name of 1 to 40 characters.", place="名称")
    if Webhook.objects.filter(label=label).exists():
        raise BadInput("这个名称用过了，请换一个。", "This name was used.", place="名称")
    if wants not in {Channels.Wants.REMINDERS, Channels.Wants.ALL}:
        raise BadInput("请选择转发哪些消息。", "Choose what is passed on.", place="转发")
    private = settings.WEBHOOK_PRIVATE
    parts = read_url(url, private=private)
    addresses(str(parts.hostname), parts.port or 443, private=private)
    shown = secret.strip() or secret_of(secrets.token_bytes(32))
    key_of(shown)
    made = Webhook.objects.create(
        label=label, url=parts.geturl(), secret=sealed_secret(shown), wants=wants, links=links, made_at=at
    )
    data = {"host": str(parts.hostname), "links": links}
    append(actor=actor, at=at, action="webhook.add", kind="webhook", key=made.pk, data=data)
    return made, shown


def secret_shown(actor: Actor, webhook_id: int) -> str:
    """The secret in clear, for whoever administers the system."""
    return opened_secret(_standing(actor, webhook_id))


@transaction.atomic
def end_webhook(*, actor: Actor, at: datetime, webhook_id: int) -> Webhook:
    """No more messages to this address; what still waits for it is not sent."""
    row = _standing(actor, webhook_id)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    waiting = Delivery.objects.filter(target=f"hook:{row.pk}", state=Delivery.State.WAITING, message__isnull=False)
    waiting.update(state=Delivery.State.DEAD, done_at=at, answer="该地址已停用")
    append(actor=actor, at=at, action="webhook.end", kind="webhook", key=row.pk)
    return row


@transaction.atomic
def try_webhook(*, actor: Actor, at: datetime, real_at: datetime, target: str) -> Delivery:
    """A test message to oneself by this address only. `real_at`: the wall clock, which in a sample isn't `at`."""
    require_admin(actor)
    if target not in hooks() or actor.user_id is None:
        raise NotFound()
    message = Message.objects.create(
        user_id=actor.user_id, at=at, text="测试消息：外发通道可用。", headline="测试消息：外发通道可用。", spread=True
    )
    return Delivery.objects.create(message=message, user_id=actor.user_id, target=target, due_at=real_at)


def _standing(actor: Actor, webhook_id: int) -> Webhook:
    require_admin(actor)
    row = Webhook.objects.filter(pk=webhook_id, ended_at=None).first()
    if row is None:
        raise NotFound()
    return row
