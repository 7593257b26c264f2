"""The actor that every service takes: a user with the grants that stand at a time."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from gongjiang.models import Grant, User

#: Grants with which somebody may handle matters of an organisation.
HANDLING = frozenset({"officer", "approver", "org_admin"})


@dataclass(frozen=True, slots=True)
class GrantFact:
    """One standing grant. `path` is the organisation's place in the tree."""

    role: str
    organisation_id: int
    organisation: str
    path: str
    level: str
    edition_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `grants` are all that stand; `active_role` is the one chosen on screen, for display."""

    user_id: int | None
    name: str
    grants: tuple[GrantFact, ...] = ()
    active: GrantFact | None = None
    is_platform: bool = False
    large_type: bool = False
    roles: frozenset[str] = field(default=frozenset())

    @property
    def anonymous(self) -> bool:
        """Nobody has signed in."""
        return self.user_id is None and not self.is_platform

    def has(self, *roles: str, organisation_id: int | None = None, edition_id: int | None = None) -> bool:
        """Does a grant with one of these roles stand, in this organisation if one is named?"""
        return any(
            one.role in roles
            and (organisation_id is None or one.organisation_id == organisation_id)
            and (edition_id is None or one.edition_id in (None, edition_id))
            for one in self.grants
        )

    def organisation_ids(self, *roles: str) -> set[int]:
        """Organisations in which one of these roles (any, if none is named) was granted."""
        return {one.organisation_id for one in self.grants if not roles or one.role in roles}


def platform() -> Actor:
    """The platform itself: what happens by the clock, and sample data."""
    return Actor(user_id=None, name="平台", is_platform=True)


def nobody() -> Actor:
    """A visitor of the public pages."""
    return Actor(user_id=None, name="访客")


def actor_of(user: User, at: datetime, active_id: int | None = None) -> Actor:
    """A user's actor at a time. `active_id` is the grant chosen on screen; without it the first."""
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
        )
        for row in rows
    }
    active = facts.get(active_id) if active_id in facts else next(iter(facts.values()), None)
    return Actor(
        user_id=user.pk,
        name=user.full_name,
        grants=tuple(facts.values()),
        active=active,
        large_type=user.large_type,
        roles=frozenset(one.role for one in facts.values()),
    )
