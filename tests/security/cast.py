"""Who and what the house of the trust tests holds, by key; what the tests know of a case without asking the product."""

from dataclasses import dataclass, field
from typing import Any

from tests.factories import (
    World,
)
from tests.security.tokens import Tokens

from gongjiang.models import (
    Case,
    Edition,
    File,
    Organisation,
    User,
)

#: Places seen from the plant that files: (its own, a sibling, its parent, beside the parent, under that, the
#: organiser, a department of the case, the organiser of another edition).
PLACES = ("plant", "dyeing", "county", "other_county", "far_plant", "city", "county_sci", "rival_city")
ROLES = ("filer", "officer", "approver", "expert", "department", "observer", "org_admin", "system_admin")


@dataclass(frozen=True)
class Person:
    """Somebody with one grant (role, place), or with a story of their own (`special`)."""

    username: str
    role: str = ""
    place: str = ""
    special: str = ""


@dataclass
class Filed:
    """A case with what the tests know of it without asking the product."""

    case: Case
    edition: str
    unit: str
    parties: frozenset[str]
    draft: bool = False
    judges: frozenset[str] = frozenset()
    public: bool = False


@dataclass
class House:
    """Everything by key."""

    world: World
    rival: World
    tokens: Tokens
    editions: dict[str, Edition] = field(default_factory=dict)
    filed: dict[str, Filed] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def organisation(self, place: str) -> Organisation:
        """By key; `rival_…` is the other city's."""
        return self.rival[place.removeprefix("rival_")] if place.startswith("rival_") else self.world[place]

    def user(self, username: str) -> User:
        return self.world.people[username]


UNIT_PARTIES = {
    "plant": frozenset(
        {"plant", "county", "county_discipline", "county_miit", "county_sci", "county_hrss", "county_population"}
    ),
    "far_plant": frozenset({"far_plant", "other_county"}),
    "rival_plant": frozenset({"rival_plant", "rival_county"}),
}
UNIT_PARTIES["dyeing"] = UNIT_PARTIES["plant"] - {"plant"} | {"dyeing"}
#: What the pack shows in public.
SHOWS = {"name": "姓名", "gender": "性别", "employer": "单位", "post": "职务", "trade": "工种"}
#: Organisations with a part in a whole edition (its organiser too).
WIDE = frozenset({"city", "office", "group", "panel", "miit", "sci", "hrss"})
