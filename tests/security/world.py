"""The house that the trust tests walk through: two cities that don't know each other, an edition in every stage,
somebody of every role in every place, and in every secret field a word that occurs nowhere else.

`house()` builds it (a few seconds; the fixture of conftest.py keeps it for a module). Everybody is invented.
"""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
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
from tests.security.tokens import Tokens

from gongjiang.documents.pdf.fonts import compile_pdf
from gongjiang.kernel.actor import nobody, platform
from gongjiang.models import (
    ActivityEntry,
    Assignment,
    Bestowal,
    Case,
    CultivationFile,
    Edition,
    Expert,
    File,
    Finding,
    Grant,
    Honour,
    Judgement,
    LearningRound,
    Meeting,
    Message,
    NamingDocument,
    Notice,
    NoticeEntry,
    Objection,
    Opinion,
    Organisation,
    PersonQuestion,
    PowerScore,
    PracticeTask,
    Register,
    RegistryEntry,
    RegistryImport,
    ScoreSheet,
    StageList,
    StageRow,
    Subject,
    TrainingEvent,
    TrainingPlace,
    TrainingSession,
    User,
)
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.cultivation.files import AREA as CULTIVATION
from gongjiang.services.evidence.storage import keep
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.people.sealing import seal_text, sealed
from gongjiang.services.public_notices.object import submit_objection

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
    _evidence(built)
    _scoring(built)
    _notice(built)
    _honour(built)
    _training(built)
    _list(built)
    _remarks(built)
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


def _evidence(built: House) -> None:
    """A file of each of these cases; its bytes are what somebody hostile would upload."""
    for key in ("draft", "qualify", "scored", "far", "rival"):
        stored = default_storage.save(f"trust-{key}.bin", ContentFile(b"<html><script>alert(1)</script></html>"))
        built.files[key] = File.objects.create(
            case=built.filed[key].case,
            attachment="consent",
            title=built.tokens.word(f"secret:{key}:file"),
            name="同意书<script>.pdf",
            kind="pdf",
            size=38,
            pages=1,
            digest="0" * 64,
            stored=stored,
            uploaded_by=built.filed[key].case.filer,
            uploaded_at=AT,
        )


#: Who was given what to judge. The silent one hasn't declared, the dismissed one's grant is taken back.
JUDGED = {
    "judge.declared": "scored",
    "judge.silent": "scored",
    "judge.other": "elsewhere",
    "judge.dismissed": "scored",
}


def _scoring(built: House) -> None:
    process = built.filed["scored"].case.process
    for username, key in JUDGED.items():
        expert = Expert.objects.create(
            process=process,
            stage="expert",
            user=built.user(username),
            employer=built.tokens.word(f"expert:{username}"),
            declared_at=None if username == "judge.silent" else AT,
            declared={},
        )
        given = Assignment.objects.create(expert=expert, case=built.filed[key].case, stage="expert")
        ScoreSheet.objects.create(
            assignment=given,
            scores={"lead": built.tokens.score(f"score:{username}")},
            remark=built.tokens.word(f"remark:{username}"),
            saved_at=AT,
            submitted_at=None if username == "judge.other" else AT,
        )
        built.things[f"expert:{username}"] = expert
        built.things[f"assignment:{username}"] = given


def _notice(built: House) -> None:
    filed = built.filed["noticed"]
    shows = [
        {"id": name, "label": label}
        for name, label in (
            ("name", "姓名"),
            ("gender", "性别"),
            ("employer", "单位"),
            ("post", "职务"),
            ("trade", "工种"),
        )
    ]
    values = filed.case.values
    for slug, first in (("notice-2026", AT.date()), ("not-yet-2026", AT.date() + timedelta(days=30))):
        notice = Notice.objects.create(
            process=filed.case.process,
            stage="notice",
            slug=slug,
            ordinal=1 if slug == "notice-2026" else 2,
            title="公示" if slug == "notice-2026" else built.tokens.word("early:title"),
            issuer="选树工作领导小组",
            body="现予公示。",
            contact={"phone": "0000-0000000"},
            shows=shows,
            published_at=AT,
            first_day=first,
            last_day=first + timedelta(days=7),
            days=[(first + timedelta(days=n)).isoformat() for n in range(8)],
        )
        entry = NoticeEntry.objects.create(
            notice=notice,
            case=filed.case,
            shown={one["id"]: values[one["id"]] for one in shows},
            position=1,
            starts_on=first,
            ends_on=first + timedelta(days=7),
        )
        built.things[f"notice:{slug}"] = notice
        built.things[f"entry:{slug}"] = entry
    tokens = built.tokens
    submit_objection(
        actor=nobody(),
        at=AT,
        entry_id=built.things["entry:notice-2026"].pk,
        signed="named",
        name=tokens.name("objector:name"),
        contact=tokens.mobile("objector:mobile"),
        text=tokens.word("objector:text") + "所列年限与事实不符，有考勤记录可查。",
        files=[(tokens.word("objector:file") + ".pdf", io.BytesIO(compile_pdf({"main.typ": b"x"})))],
    )
    built.things["objection"] = Objection.objects.get()


def _honour(built: House) -> None:
    filed = built.filed["named"]
    document = NamingDocument.objects.create(
        process=filed.case.process, number="望工发〔2026〕1号", title="命名决定", issued_on=AT.date(), at=AT
    )
    honour = {
        "subject": filed.case.subject,
        "edition": built.editions["main"],
        "document": document,
        "programme": "nanning-2026",
        "register": "nanning-artisan",
        "level": "city",
        "award": filed.case.award,
        "from_date": date(2026, 6, 1),
    }
    shown = {"employer": {"label": "单位", "text": filed.case.values["employer"]}}
    built.things["honour"] = Honour.objects.create(
        **honour, case=filed.case, title="工匠", name=filed.case.title, shown=shown, state="stands"
    )
    Bestowal.objects.create(
        honour=built.things["honour"], benefit="bonus", label="奖励费", money=True, payee=filed.case.title, at=AT
    )
    revoked = honour | {"subject": built.filed["second"].case.subject}
    built.things["revoked"] = Honour.objects.create(
        **revoked, title="工匠", name=built.tokens.name("revoked:name"), shown={}, state="revoked"
    )


def _training(built: House) -> None:
    """A camp of the city with a session whose code only those who run it see; what an artisan did and learnt."""
    tokens, honour = built.tokens, built.things["honour"]
    event = TrainingEvent.objects.create(
        organisation=built.world["city"], kind="camp", title="训练营", first=AT.date(), last=AT.date(), state="open",
        seats=5, taken=1, at=AT,
    )  # fmt: skip
    TrainingSession.objects.create(
        event=event, title="第一课", starts=AT, ends=AT + timedelta(hours=2), code=tokens.short("meeting:code")
    )
    TrainingPlace.objects.create(event=event, honour=honour, state="signed", at=AT)
    entry = ActivityEntry.objects.create(
        honour=honour, kind="talk", title=tokens.word("secret:named:activity"), on=AT.date(), at=AT,
        note=tokens.word("secret:named:activity-note"),
    )  # fmt: skip
    one = LearningRound.objects.create(
        honour=honour, ordinal=1, title=tokens.word("secret:named:round"), begun=AT.date(), at=AT
    )
    PowerScore.objects.create(round=one, moment="entry", power="创新力", score=61, on=AT.date(), at=AT)
    task = PracticeTask.objects.create(round=one, title=tokens.word("secret:named:task"), at=AT)
    for owner in ({"event": event}, {"entry": entry}, {"task": task}):
        stored = keep("cultivation.pdf", io.BytesIO(b"<script>alert(1)</script>"), CULTIVATION)
        CultivationFile.objects.create(
            **owner, title="材料", name="材料.pdf", kind="pdf", size=25, digest="0" * 64, stored=stored, at=AT
        )


def _list(built: House) -> None:
    """A list from elsewhere with the person of a nomination, and a namesake who may be theirs."""
    register = Register.objects.create(code="city-star", label="望澜之星", level="city")
    source = RegistryImport.objects.create(
        register=register, organisation=built.world["city"], title="望澜之星名单", filename="名单.xlsx",
        digest="0" * 64, state="taken", at=AT, taken_at=AT,
    )  # fmt: skip
    subject = built.filed["qualify"].case.subject
    other = Subject.objects.create(name=built.tokens.name("listed:name"), created_at=AT)
    number = built.tokens.identity("id:listed")
    for row, (one, token) in enumerate(((subject, seal_text(number, "id_number")), (other, "")), 3):
        RegistryEntry.objects.create(
            source=source, row=row, subject=one, name=built.tokens.name(f"listed:{row}"), number=token,
            unit=built.tokens.word("listed:unit"), honour_state="stands", outcome="known", key=f"{row}", standing=True,
        )  # fmt: skip
    PersonQuestion.objects.create(one=other, other=subject, why="姓名相同", asked_at=AT)


def _remarks(built: House) -> None:
    """What people wrote about a case: reasons, findings, bases, records, messages."""
    tokens, case = built.tokens, built.filed["qualify"].case
    StageRow.objects.filter(case=case, stage="apply").update(note=tokens.word("secret:qualify:note"))
    Finding.objects.create(
        case=case, stage="qualify", point="会员身份", ok=False, remark=tokens.word("secret:qualify:finding"), at=AT
    )
    Judgement.objects.create(
        process=case.process,
        question="character",
        about="case",
        key=f"case:{case.pk}",
        case_id=case.pk,
        answer=True,
        basis=tokens.word("secret:qualify:basis"),
        at=AT,
    )
    Opinion.objects.update_or_create(
        case=case,
        sheet="county_sheet",
        party="sci",
        defaults={
            "organisation": built.world["county_sci"],
            "asked_at": AT,
            "verdict": "同意",
            "text": tokens.word("secret:qualify:opinion"),
            "given_at": AT,
        },
    )
    meeting = Meeting.objects.create(
        process=case.process,
        stage="initial",
        body="领导小组办公室评议",
        held_on=AT.date(),
        chair=tokens.name("meeting:chair"),
        record=tokens.word("meeting:record"),
        at=AT,
    )
    built.things["meeting"] = meeting
    scored = built.filed["scored"].case
    StageList.objects.create(
        process=scored.process,
        stage="initial",
        closed_at=AT,
        meeting=meeting,
        size=50,
        entered=2,
        kept=1,
        members=[scored.number],
        digest="0" * 64,
    )
    StageRow.objects.filter(case=scored, stage="initial").update(state=RowState.DONE, position=1)
    Message.objects.create(user=built.user("filer.plant"), at=AT, text=tokens.word("message:filer.plant"))
    Message.objects.create(organisation=built.world["county"], at=AT, text=tokens.word("message:county"))
    Message.objects.create(organisation=built.rival["city"], at=AT, text=tokens.word("message:rival_city"))
