"""Who is acting: a user's grants read from the database (Actor itself stands in the kernel)."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from gongjiang.kernel.actor import HANDLING, Actor, GrantFact, nobody, platform
from gongjiang.models import BlindPanel, Grant, StageList, User

__all__ = ["HANDLING", "Actor", "GrantFact", "actor_of", "nobody", "platform"]


def actor_of(user: User, at: datetime, active_id: int | None = None) -> Actor:
    """A user's actor at a time. `active_id` is the grant chosen on screen; without it the first.

    While somebody sits on a blind panel whose list is open, their other grants rest: what is hidden from a judge
    stays hidden whatever else they are (TRUST 9).
    """
    rows = (
        Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=at), user=user, since__lte=at, user__is_active=True)
        .select_related("organisation")
        .order_by("id")
    )
    facts = {
        row.pk: GrantFact(
            row.role,
            row.organisation_id,
            row.organisation.short_name,
            row.organisation.path,
            row.organisation.level,
            row.edition_id,
            row.organisation.kind,
        )
        for row in rows
    }
    if len({one.role == "expert" for one in facts.values()}) > 1 and _judges_blind(user):
        facts = {pk: one for pk, one in facts.items() if one.role == "expert"}
    active = facts.get(active_id) if active_id in facts else next(iter(facts.values()), None)
    return Actor(
        user_id=user.pk,
        name=user.full_name,
        grants=tuple(facts.values()),
        active=active,
        large_type=user.large_type,
        roles=frozenset(one.role for one in facts.values()),
    )


def _judges_blind(user: User) -> bool:
    """A seat, not declined, on a blind panel that hasn't closed its list."""
    closed = StageList.objects.filter(process=OuterRef("process"), stage=OuterRef("stage"), closed_at__isnull=False)
    seats = BlindPanel.objects.filter(
        process__experts__user=user, process__experts__stage=F("stage"), process__experts__declined_at=None
    )
    return seats.exclude(Exists(closed)).exists()
