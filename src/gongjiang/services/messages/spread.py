"""From the inbox to other channels: who of a message's receivers wants it where, and from when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongjiang.kernel.actor import Actor, platform
from gongjiang.models import Channels, Delivery, Grant, Message, User
from gongjiang.rules.messages.schedule import after_quiet
from gongjiang.services.messages.targets import MAIL, hooks

STALE: Final = timedelta(days=3)
"""A message that nobody passed on for so long (the worker stood still, or it is history) stays in the inbox only."""


def next_spread(at: datetime, shown_at: datetime) -> Callable[[], None] | None:
    """The next message to pass on; None if none waits. `shown_at`: the platform's own time, which in a sample
    installation isn't `at`."""
    waiting = Message.objects.filter(spread=False)
    row = waiting.order_by("id").first()
    if row is None:
        return None
    if row.at < shown_at - STALE:
        waiting.filter(at__lt=shown_at - STALE).update(spread=True)
        return next_spread(at, shown_at)
    return partial(_spread, row.pk, at)


def _spread(message_id: int, at: datetime) -> None:
    spread(actor=platform(), at=at, message_id=message_id)


@transaction.atomic
def spread(*, actor: Actor, at: datetime, message_id: int) -> int:
    """Queue one message for every receiver and channel, once: whoever comes second finds it done. How many."""
    if not Message.objects.filter(pk=message_id, spread=False).update(spread=True):
        return 0
    message = Message.objects.get(pk=message_id)
    targets = hooks()
    if not targets and not settings.MAIL_ON:
        return 0
    rows: list[Delivery] = []
    for user in _receivers(message, at):
        choice: Channels = getattr(user, "channels", None) or Channels(user=user)
        due = after_quiet(timezone.localtime(at), choice.quiet_from, choice.quiet_until)
        names = [name for name, one in targets.items() if _wants(one.wants, message) and _wants(choice.phone, message)]
        if settings.MAIL_ON and user.email and _wants(choice.mail, message):
            names.append(MAIL)
        rows += [Delivery(message=message, user=user, target=name, due_at=due) for name in names]
    return len(Delivery.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True))


def _wants(wish: str, message: Message) -> bool:
    return wish == Channels.Wants.ALL or (wish == Channels.Wants.REMINDERS and message.kind == Message.Kind.REMINDER)


def _receivers(message: Message, at: datetime) -> list[User]:
    """The person, or whoever holds a role in the organisation now; administrators of accounts aside."""
    people = User.objects.filter(is_active=True).select_related("channels")
    if message.user_id is not None:
        return list(people.filter(pk=message.user_id))
    stands = Q(until__isnull=True) | Q(until__gt=at)
    held = Grant.objects.filter(stands, organisation=message.organisation).exclude(
        role__in=[Grant.Role.ORG_ADMIN, Grant.Role.SYSTEM_ADMIN, Grant.Role.OBSERVER]
    )
    return list(people.filter(pk__in=held.values("user_id")).order_by("pk"))
