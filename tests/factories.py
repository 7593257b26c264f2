"""Small worlds for tests: organisations, people with grants, editions and cases. Everybody here is invented.

    world = small_world()                    # organisations and people, no edition
    edition = opened_edition(world)          # nanning-2026, questions answered by their defaults
    case = case_at(world, edition, "qualify", "何焊平")       # a case standing at a stage
    world.actor("wen")                       # the actor of 温和礼, officer of the county union
    client = world.client("wen")             # signed in; the request clock is real unless `at` is given

The clock of a world is `AT` (2026-06-24 10:00). `case_at` writes rows directly: it is for reading pages and
queries; to walk the real way use the services.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.again import again

from gongjiang.catalogue.packs import find
from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.kernel.actor import Actor, platform
from gongjiang.models import (
    CalendarYear,
    Case,
    CaseParty,
    Edition,
    Grant,
    Organisation,
    SampleClock,
    StageRow,
    Subject,
    User,
)
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.nominations.parties import nominator_of, receivers, resolve_parties, route_of
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition

AT = timezone.make_aware(datetime(2026, 6, 24, 10, 0))
PASSWORD = "sample-pass-2026"

#: key: (name, level, kind, key of the parent)
ORGANISATIONS = {
    "city": ("望澜市总工会", "city", "union", None),
    "office": ("选树工作领导小组办公室", "city", "body", "city"),
    "group": ("选树工作领导小组", "city", "body", "city"),
    "panel": ("专家评审组", "city", "body", "city"),
    "miit": ("望澜市工信局", "city", "department", "city"),
    "sci": ("望澜市科技局", "city", "department", "city"),
    "hrss": ("望澜市人社局", "city", "department", "city"),
    "county": ("青屿区总工会", "county", "union", "city"),
    "county_discipline": ("青屿区纪检监察部门", "county", "department", "county"),
    "county_miit": ("青屿区工信局", "county", "department", "county"),
    "county_sci": ("青屿区科技局", "county", "department", "county"),
    "county_hrss": ("青屿区人社局", "county", "department", "county"),
    "county_population": ("青屿区人口计生部门", "county", "department", "county"),
    "other_county": ("远岸区总工会", "county", "union", "city"),
    "industry": ("望澜市机械产业工会", "industry", "union", "city"),
    "supervisor": ("望澜市机械行业主管局", "industry", "department", "industry"),
    "plant": ("澜江重工有限公司", "employer", "enterprise", "county"),
    "dyeing": ("青屿印染厂", "employer", "enterprise", "county"),
    "far_plant": ("远岸衡器厂", "employer", "enterprise", "other_county"),
}
SHORT = {"county": "青屿区", "other_county": "远岸区", "plant": "澜江重工", "dyeing": "青屿印染"}

#: username: (name, [(role, organisation)])
PEOPLE = {
    "lan": ("兰报材", [("filer", "plant")]),
    "yin": ("尹填表", [("filer", "dyeing")]),
    "yuan": ("袁远岸", [("officer", "other_county")]),
    "wen": ("温和礼", [("officer", "county")]),
    "jiang": ("蒋审", [("approver", "county")]),
    "ke": ("柯会签", [("department", "county_sci")]),
    "zhang": ("章有序", [("officer", "office"), ("officer", "city")]),
    "yan": ("严审定", [("approver", "office"), ("approver", "city"), ("approver", "group")]),
    "jia": ("贾评审", [("expert", "panel")]),
    "ji": ("纪监督", [("observer", "city")]),
    "guan": ("关单位", [("org_admin", "county")]),
    "xi": ("席系统", [("system_admin", "city")]),
}
ROLES = {
    "employer_unit": ["plant", "dyeing", "far_plant"],
    "applying_unit": ["plant", "dyeing", "far_plant"],
    "other_recommender": ["city"],
    "county_union": ["county", "other_county"],
    "industry_union": ["industry"],
    "county_discipline": ["county_discipline"],
    "county_miit": ["county_miit"],
    "county_sci": ["county_sci"],
    "county_hrss": ["county_hrss"],
    "county_population": ["county_population"],
    "supervisor": ["supervisor"],
    "supervisor_discipline": ["supervisor"],
    "supervisor_personnel": ["supervisor"],
    "expert_panel": ["panel"],
    "city_union": ["city"],
    "miit": ["miit"],
    "sci": ["sci"],
    "hrss": ["hrss"],
    "leading_group": ["group"],
    "office": ["office"],
}


@dataclass
class World:
    """Organisations by key, people by username."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Organisation:
        return self.organisations[key]

    def actor(self, username: str, at: datetime = AT) -> Actor:
        """Somebody's actor with all their grants."""
        return actor_of(self.people[username], at)

    def client(self, username: str | None, at: datetime | None = AT) -> Client:
        """A signed-in browser; the sample clock of the installation is set to `at` (None: the real clock)."""
        if at is not None:
            set_clock(at)
        client = Client()
        if username is not None:
            client.force_login(self.people[username], backend="django.contrib.auth.backends.ModelBackend")
        return client


def set_clock(at: datetime) -> None:
    """The sample clock stands at `at` now (and runs on)."""
    shift = int((at - timezone.now()).total_seconds()) + 1
    SampleClock.objects.update_or_create(pk=1, defaults={"offset_seconds": shift})


def small_world() -> World:
    """The organisations and people above; grants since a month before `AT`. Passwords are `PASSWORD`."""
    return again("small_world", _small_world)


def _small_world() -> World:
    world = World()
    for key, (name, level, kind, above) in ORGANISATIONS.items():
        world.organisations[key] = add_organisation(
            actor=platform(),
            at=AT,
            name=name,
            short_name=SHORT.get(key, ""),
            level=level,
            kind=kind,
            parent=world.organisations.get(above or ""),
        )
    for username, (name, held) in PEOPLE.items():
        world.people[username] = person(world, username, name, *held)
    return world


def person(world: World, username: str, name: str, *held: tuple[str, str]) -> User:
    """One more account with grants (role, organisation's key). Signing in by form needs `with_password`."""
    user = User.objects.create(username=username, full_name=name)
    Grant.objects.bulk_create(
        Grant(user=user, organisation=world[one], role=role, since=AT - timedelta(days=30)) for role, one in held
    )
    world.people[username] = user
    return user


def with_password(user: User, password: str = PASSWORD) -> User:
    """The account can sign in by form (hashing is slow, so only where a test needs it)."""
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def load_calendar(*years: int) -> None:
    """The decreed working days of these years (2024 to 2026 unless said)."""
    decreed = decreed_calendar()
    for year in years or (2024, 2025, 2026):
        CalendarYear.objects.get_or_create(
            year=year,
            defaults={
                "holidays": sorted(one.isoformat() for one in decreed.holidays if one.year == year),
                "worked": sorted(one.isoformat() for one in decreed.worked if one.year == year),
                "source": f"{year}年节假日安排",
            },
        )


def prepared_edition(world: World, pack: str = "nanning-2026", slug: str = "", more: str = "") -> Edition:
    """An edition in preparation, nothing answered, nobody bound."""
    text = find(pack)
    return prepare_edition(
        actor=platform(),
        at=AT - timedelta(days=28),
        organiser=world["city"],
        source=text.text + more,
        filename=text.file,
        notice_text=text.notice or "",
        slug=slug or f"{pack}-{Edition.objects.count() + 1}",
    )


def opened_edition(world: World, answers: dict[str, Any] | None = None, slug: str = "", more: str = "") -> Edition:
    """nanning-2026, every question answered (defaults, or `answers`), parties bound, open since 27 May 2026. `more`:
    sections written under the pack's own."""
    placed = tuple((key, one.pk) for key, one in world.organisations.items())
    key = ("opened_edition", placed, repr(answers), slug, more)
    return again(key, lambda: _opened_edition(world, answers, slug, more))


def _opened_edition(world: World, answers: dict[str, Any] | None, slug: str, more: str) -> Edition:
    edition = prepared_edition(world, slug=slug, more=more)
    at = AT - timedelta(days=28)
    programme = programme_of(main_process(edition))
    for one in programme.questions:
        answer = (answers or {}).get(one.id, one.default)
        answer_question(
            actor=platform(), at=at, edition=edition, question=one.id, answer=answer, basis="领导小组办公室答复"
        )
        edition.refresh_from_db()
    for role, keys in ROLES.items():
        bind_role(actor=platform(), at=at, edition=edition, role=role, organisations=[world[one] for one in keys])
    open_edition(actor=platform(), at=at, edition=edition)
    edition.refresh_from_db()
    return edition


def programme_at(edition: Edition) -> Programme:
    """The programme of an edition's nomination process."""
    return programme_of(main_process(edition))


def case_at(
    world: World,
    edition: Edition,
    stage: str,
    title: str = "何焊平",
    *,
    unit: str = "plant",
    route: str = "单位推荐",
    filer: str = "lan",
    state: str = "",
    values: dict[str, Any] | None = None,
    at: datetime = AT - timedelta(days=5),
) -> Case:
    """A case whose row at `stage` is open and whose earlier rows are done; parties as the real start gives them."""
    programme = programme_at(edition)
    names = [one.id for one in programme.stages]
    _, way = route_of(programme, route)
    choices = receivers(programme, way, world[unit])
    receiver = choices[0] if choices else None
    parties = resolve_parties(programme, way, world[unit], receiver)
    drafting = programme.stage(stage).type == "apply"
    award = programme.awards[0].id
    case = Case.objects.create(
        process=programme.process,
        award=award,
        subject=Subject.objects.create(name=title, created_at=at),
        route=route,
        applying_unit=world[unit],
        nominator=nominator_of(programme, parties, world[unit], receiver),
        filer=world.people[filer],
        number=f"T-{edition.pk:03d}-{Case.objects.count() + 1:05d}",
        title=title,
        state=state or (CaseState.DRAFT if drafting else CaseState.RUNNING),
        values={"name": title, **(values or {})},
        created_at=at,
        submitted_at=None if drafting else at,
    )
    CaseParty.objects.bulk_create(CaseParty(case=case, role=role, organisation=org) for role, org in parties.items())
    StageRow.objects.bulk_create(
        StageRow(
            case=case,
            process=programme.process,
            stage=name,
            state=RowState.OPEN if name == stage else RowState.DONE,
            opened_at=at,
            moved_at=None if name == stage else at,
        )
        for name in names[: names.index(stage) + 1]
    )
    return case
