"""The actor that every service takes: who acts, with the grants that stand at that time."""

from dataclasses import dataclass, field

#: Grants with which somebody may handle matters of an organisation.
HANDLING = frozenset({"officer", "approver"})


@dataclass(frozen=True, slots=True)
class GrantFact:
    """One standing grant. `path` is the organisation's place in the tree."""

    role: str
    organisation_id: int
    organisation: str
    path: str
    level: str
    edition_id: int | None = None
    kind: str = ""


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

    def organisation_ids(self, *roles: str, edition_id: int | None = None) -> set[int]:
        """Organisations in which one of these roles (any, if none is named) was granted.

        A grant limited to an edition counts only where that edition is asked for.
        """
        return {
            one.organisation_id
            for one in self.grants
            if (not roles or one.role in roles) and one.edition_id in (None, edition_id)
        }

    def organiser_ids(self, *roles: str) -> set[int]:
        """Organisations whose programmes one has a hand in: by a grant there, or in a body of its own that
        stands right under it (the leading group and its office, 设在市总工会). Limited grants give none."""
        found = self.organisation_ids(*roles)
        for one in self.grants:
            line = [int(part) for part in one.path.split("/") if part]
            if one.kind == "body" and one.edition_id is None and (not roles or one.role in roles) and len(line) > 1:
                found.add(line[-2])
        return found

    @property
    def edition_ids(self) -> set[int]:
        """Editions to which some of the grants are limited."""
        return {one.edition_id for one in self.grants if one.edition_id is not None}


def platform() -> Actor:
    """The platform itself: what happens by the clock, and sample data."""
    return Actor(user_id=None, name="平台", is_platform=True)


def nobody() -> Actor:
    """A visitor of the public pages."""
    return Actor(user_id=None, name="访客")
