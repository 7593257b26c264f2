"""At the other end of a link: who holds the token may do that one thing, once, in time."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Prefetch
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.models import Case, CaseParty, Invitation
from gongjiang.services.invitations.make import digest_of, note_link

TRIES: Final = 20
"""Answers that were not accepted; then the link is closed."""


class LinkEnded(GongjiangError):
    """A link that was good once: used, taken back, or too old."""

    status = 410
    heading = "链接已失效"


def at_door(token: str, purpose: str, at: datetime) -> Invitation:
    """The invitation of a token, with its case. NotFound for a token that was never given, LinkEnded for one that has
    ended; both say what to do."""
    found = (
        Invitation.objects.filter(digest=digest_of(token), purpose=purpose)
        .select_related(
            "case__process__edition__pack", "case__nominator", "case__applying_unit", "made_by", "subject__user"
        )
        .prefetch_related(Prefetch("case__parties", CaseParty.objects.select_related("organisation")))
        .first()
    )
    if found is None:
        raise NotFound("没有这个链接。请核对是否完整复制，或请发链接的人重新发送。", "No such link.")
    if found.used_at is not None:
        raise LinkEnded(
            f"这个链接已在{long_date(timezone.localtime(found.used_at).date())}使用过，一个链接只能提交一次。"
            "如是您刚刚提交的，已经收到，不用再交。",
            "This link was used.",
        )
    if found.revoked_at is not None:
        raise LinkEnded("这个链接已经收回。需要时请发链接的人重新发送。", "This link was taken back.")
    if at >= found.expires_at:
        raise LinkEnded("这个链接已过有效期。需要时请发链接的人重新发送。", "This link is too old.")
    return found


def case_behind(invitation: Invitation) -> Case:
    """The case that a link is about. NotFound for a link about a person alone: it opens nothing of a case."""
    if invitation.case is None:
        raise NotFound()
    return invitation.case


@transaction.atomic
def note_opened(*, actor: Actor, at: datetime, invitation: Invitation) -> None:
    """The first time the page is looked at, on record."""
    if Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=at):
        note_link(actor, at, invitation, "link.open")


@transaction.atomic
def note_failed(*, actor: Actor, at: datetime, invitation: Invitation, most: int = TRIES) -> None:
    """An answer that was not accepted. After too many (`most`) the link is closed."""
    Invitation.objects.filter(pk=invitation.pk).update(tries=F("tries") + 1)
    if Invitation.objects.filter(pk=invitation.pk, tries__gte=most, used_at=None, revoked_at=None).update(
        revoked_at=at
    ):
        note_link(actor, at, invitation, "link.close")


def use_up(invitation: Invitation, at: datetime) -> None:
    """The answer is given: compare and set, in the transaction of the answer. LinkEnded for whoever comes second."""
    done = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None, expires_at__gt=at)
    if not done.update(used_at=at):
        raise LinkEnded("这个链接刚刚用过或已经收回。", "The link has just ended.")


def guest(name: str) -> Actor:
    """Whoever answers through a link, as the record names them: no account, no grants."""
    return Actor(user_id=None, name=f"{name}（经链接）"[:40])
