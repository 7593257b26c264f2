"""The house that the trust tests walk through: two cities that don't know each other, an edition in every stage,
somebody of every role in every place, and in every secret field a word that occurs nowhere else.

`house()` builds it (a few seconds; the fixture of conftest.py keeps it for a module). Everybody is invented.
"""

from datetime import timedelta
from typing import Any

from tests.factories import (
    AT,
    ORGANISATIONS,
    World,
    case_at,
    load_calendar,
    opened_edition,
    programme_at,
    set_clock,
    small_world,
)
from tests.security.afterwards import followed, honour, list, training
from tests.security.cast import PLACES, ROLES, UNIT_PARTIES, Filed, House, Person
from tests.security.guided import guided
from tests.security.proceedings import evidence, notice, remarks, scoring
from tests.security.reported import reports
from tests.security.tokens import Tokens

from gongjiang.kernel.actor import platform
from gongjiang.models import (
    Grant,
    User,
)
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.people.sealing import sealed


def house() -> House:
    """The whole world at `AT`."""
    load_calendar()
    world, rival = small_world(), _rival()
    built = House(world, rival, Tokens())
    built.editions = {
        "main": opened_edition(world, slug="main-2026"),
        "second": opened_edition(world, slug="second-2026"),
        "rival": opened_edition(rival, slug="rival-2026"),
    }
    set_clock(AT)
    _people(built)
    _cases(built)
    evidence(built)
    scoring(built)
    notice(built)
    honour(built)
    training(built)
    followed(built)
    guided(built)
    reports(built)
    list(built)
    remarks(built)
    return built


def _rival() -> World:
    """Another city: the same tree under other names, nobody of it known here."""
    world = World()
    for key, (name, level, kind, above) in ORGANISATIONS.items():
        world.organisations[key] = add_organisation(
            actor=platform(),
            at=AT,
            name=f"澄川{name}",
            short_name=f"澄川{key}"[:20],
            level=level,
            kind=kind,
            parent=world.organisations.get(above or ""),
        )
    return world


def _people(built: House) -> None:
    for place in PLACES:
        for role in ROLES:
            _person(built, Person(f"{role}.{place}", role, place))
    _person(built, Person("officer.office", "officer", "office"))
    _person(built, Person("approver.group", "approver", "group"))
    _person(built, Person("filer.rival_plant", "filer", "rival_plant"))
    _person(built, Person("judge.declared", "expert", "panel", "judge"))
    _person(built, Person("judge.silent", "expert", "panel", "judge"))
    _person(built, Person("judge.other", "expert", "panel", "judge"))
    _person(built, Person("judge.dismissed", "expert", "panel", "revoked"))
    _person(built, Person("filer.left", "filer", "plant", "revoked"))
    _person(built, Person("no.grant"))
    _person(built, Person("revoked", "officer", "county", "revoked"))
    _person(built, Person("gone", "officer", "county", "inactive"))
    _person(built, Person("second.officer", "officer", "city", "second"))
    _person(built, Person("second.observer", "observer", "county", "second"))


def _person(built: House, one: Person) -> None:
    user = User.objects.create(
        username=one.username, full_name=built.tokens.name(f"user:{one.username}"), is_active=one.special != "inactive"
    )
    built.world.people[one.username] = user
    built.people[one.username] = one
    if one.role:
        Grant.objects.create(
            user=user,
            organisation=built.organisation(one.place),
            role=one.role,
            edition=built.editions["second"] if one.special == "second" else None,
            since=AT - timedelta(days=30),
            until=AT - timedelta(days=1) if one.special == "revoked" else None,
        )


def _cases(built: House) -> None:
    _file(built, "draft", "main", "plant", "apply", filer="filer.plant")
    _file(built, "left", "main", "plant", "qualify", filer="filer.left")
    _file(built, "qualify", "main", "plant", "qualify", filer="filer.plant")
    _file(built, "far", "main", "far_plant", "qualify", filer="filer.far_plant")
    _file(built, "scored", "main", "plant", "expert", filer="filer.plant", judges={"judge.declared"})
    _file(built, "elsewhere", "main", "dyeing", "expert", filer="filer.dyeing", judges={"judge.other"})
    _file(built, "noticed", "main", "dyeing", "notice", filer="filer.dyeing", public=True)
    _file(built, "named", "main", "plant", "name", filer="filer.plant", state=CaseState.NAMED, public=True)
    _file(built, "second", "second", "plant", "qualify", filer="filer.plant")
    _file(built, "rival", "rival", "rival_plant", "qualify", filer="filer.rival_plant")


def _file(
    built: House,
    key: str,
    edition: str,
    unit: str,
    stage: str,
    *,
    filer: str,
    judges: set[str] | None = None,
    public: bool = False,
    state: str = "",
) -> None:
    world = built.rival if unit.startswith("rival_") else built.world
    world.people[filer] = built.user(filer)
    title = built.tokens.name(f"title:{key}")
    case = case_at(
        world, built.editions[edition], stage, title, unit=unit.removeprefix("rival_"), filer=filer, state=state
    )
    words = programme_at(built.editions[edition]).pack.vocabulary
    case.values = sealed(_values(built, key, title), words)
    case.subject.values = case.values
    case.subject.save()
    case.save()
    built.filed[key] = Filed(case, edition, unit, UNIT_PARTIES[unit], stage == "apply", frozenset(judges or ()), public)


def _values(built: House, key: str, title: str) -> dict[str, Any]:
    """A form in which every text and number is a word of its own."""
    tokens = built.tokens
    return {
        "name": title,
        "gender": "男",
        "birth": "1980-06",
        "id_number": tokens.identity(f"id:{key}"),
        "mobile": tokens.mobile(f"mobile:{key}"),
        "native_place": tokens.word(f"secret:{key}:native_place"),
        "employer": tokens.word(f"shown:{key}:employer"),
        "post": tokens.word(f"shown:{key}:post"),
        "trade": tokens.word(f"shown:{key}:trade"),
        "deeds": tokens.word(f"secret:{key}:deeds") + "<script>alert(1)</script>{{ settings.SECRET_KEY }}",
        "brief": tokens.word(f"secret:{key}:brief"),
        "main_honours": tokens.word(f"secret:{key}:honours"),
        "resume": [
            {"id": "r1", "from": "1998-09", "to": "", "org": tokens.word(f"secret:{key}:resume"), "post": "焊工"}
        ],
        "experts": [
            {
                "id": "e1",
                "name": "温测微",
                "id_number": tokens.identity(f"id:{key}:expert"),
                "mobile": tokens.mobile(f"mobile:{key}:expert"),
            }
        ],
        "works_in_city": "yes",
        "years_in_trade": "12",
        "years_in_city": "8",
        "on_frontline": "yes",
        "union_member": "yes",
    }
