"""Reading links that were sent: who sees the case sees that one was sent, to whom, and how it stands."""

from datetime import datetime

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Invitation
from gongjiang.services.nominations import queries as nominations


def visible_to(actor: Actor) -> QuerySet[Invitation]:
    """Links about cases that the actor may see."""
    return Invitation.objects.filter(case__in=nominations.visible_to(actor))


def get_invitation(actor: Actor, invitation_id: int, purpose: str) -> Invitation:
    """One link; NotFound if the actor may not see its case."""
    found = visible_to(actor).filter(pk=invitation_id, purpose=purpose).select_related("case__process__edition").first()
    if found is None:
        raise NotFound()
    return found


def latest(case_id: int, purpose: str) -> dict[str, Invitation]:
    """The last link sent about each matter of a case."""
    rows = Invitation.objects.filter(case_id=case_id, purpose=purpose)
    rows = rows.select_related("delivery", "handed_by", "made_by")
    return {one.key: one for one in rows.order_by("id")}


def state_of(one: Invitation, at: datetime) -> str:
    """used, revoked, expired, opened, sent (or shown, or handed out), queued (on its way), failed (to be sent), office
    (to be handed out)."""
    if one.used_at is not None:
        return "used"
    if one.revoked_at is not None:
        return "revoked"
    if at >= one.expires_at:
        return "expired"
    if one.opened_at is not None:
        return "opened"
    if one.handed_at is not None or one.way == Invitation.Way.SHOWN:
        return "sent"
    if one.delivery is None:
        return "office"
    return {"sent": "sent", "dead": "failed"}.get(one.delivery.state, "queued")
