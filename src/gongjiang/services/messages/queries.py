"""Reading the inbox: one's own messages and those to one's organisations."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.models import Message

PAGE = 30


def visible_to(actor: Actor) -> QuerySet[Message]:
    """Messages to the person, and to organisations in which they hold a grant."""
    if actor.user_id is None:
        return Message.objects.none()
    return Message.objects.filter(Q(user_id=actor.user_id) | Q(organisation_id__in=actor.organisation_ids()))


def unread(actor: Actor) -> int:
    """How many have not been read."""
    return visible_to(actor).filter(read_at=None).count()


def inbox(actor: Actor, before: int = 0) -> list[Message]:
    """A page, newest first, one more than shown so that the page knows whether there is another."""
    rows = visible_to(actor).select_related("organisation").order_by("-id")
    return list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])


@transaction.atomic
def mark_read(*, actor: Actor, at: datetime, message_id: int | None = None) -> int:
    """One message, or all of the inbox, is read. Reading is no change of state: no audit entry."""
    rows = visible_to(actor).filter(read_at=None)
    if message_id is not None:
        rows = rows.filter(pk=message_id)
    return rows.update(read_at=at)
