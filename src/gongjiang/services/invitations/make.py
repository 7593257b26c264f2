"""Send a one-time link, and take it back. The token is shown once and kept nowhere."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Invitation, Subject
from gongjiang.services.audit.append import append
from gongjiang.services.messages.outside import call_off

LONGEST_DAYS: Final = 30
USUAL_DAYS: Final = 7
AN_HOUR: Final = 60
"""Links that one person may send within an hour."""


def new_token() -> str:
    """192 random bits, to stand in an address."""
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    """What is stored of a token. It has 192 random bits: a plain hash can't be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    actor: Actor,
    at: datetime,
    about: Case | Subject,
    purpose: str,
    key: str,
    recipient: str,
    days: int = USUAL_DAYS,
) -> tuple[Invitation, str]:
    """A new link for one matter of a case (or of a person without one) and its token; an open one for the same matter
    ends with it.

    Whether the actor may ask this is settled by the caller, who knows what is asked. Raises BadInput for no
    recipient or a strange length of time, Refused above the bound of an hour.
    """
    to = clean(recipient).strip()
    if not to or len(to) > 60:
        raise BadInput("请写明发给谁（单位或姓名，60 字以内）。", "Say whom it is for.", place="发给")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"有效期为 1 至 {LONGEST_DAYS} 天。", "1 to 30 days.", place="有效期")
    recent = Invitation.objects.filter(made_by_id=actor.user_id, made_at__gt=at - timedelta(hours=1))
    if not actor.is_platform and recent.count() >= AN_HOUR:
        raise Refused("一小时内发出的链接太多，请过一小时再发。", "Too many links within the hour.")
    whose = {"case": about} if isinstance(about, Case) else {"case": None, "subject": about}
    end_links(at=at, links=Invitation.objects.filter(**whose, purpose=purpose, key=key))
    token = new_token()
    made = Invitation.objects.create(
        **whose,
        purpose=purpose,
        key=key,
        digest=digest_of(token),
        recipient=to,
        made_by_id=actor.user_id,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    note_link(actor, at, made, "link.send", days=days)
    return made, token


@transaction.atomic
def take_back(*, actor: Actor, at: datetime, invitation: Invitation) -> None:
    """End a link that was not used yet. Refused if it was, or has ended already."""
    if not end_links(at=at, links=Invitation.objects.filter(pk=invitation.pk)):
        raise Refused("这个链接已经用过或已经收回。", "The link has ended.")
    note_link(actor, at, invitation, "link.revoke")


def end_links(*, at: datetime, links: QuerySet[Invitation]) -> int:
    """Those of them that are still open end; what hasn't been sent yet isn't. How many."""
    living = list(links.filter(used_at=None, revoked_at=None).values_list("pk", "delivery_id"))
    if not living:
        return 0
    call_off(at=at, delivery_ids=[delivery for _, delivery in living if delivery is not None])
    still = Invitation.objects.filter(pk__in=[pk for pk, _ in living], used_at=None, revoked_at=None)
    return still.update(revoked_at=at)


def note_link(actor: Actor, at: datetime, one: Invitation, action: str, **data: int) -> None:
    """What happened to a link, on record."""
    append(
        actor=actor,
        at=at,
        action=action,
        kind="invitation",
        key=one.pk,
        case_id=one.case_id,
        edition_id=one.case.process.edition_id if one.case is not None else None,
        data={"purpose": one.purpose, "key": one.key, **data},
    )
