"""Who was named in the house, what they do since then, and a list from elsewhere."""

import io
from datetime import date, timedelta

from tests.factories import AT
from tests.security.cast import House

from gongjiang.models import (
    ActivityEntry,
    Bestowal,
    Claim,
    CultivationFile,
    Explanation,
    Honour,
    LearningRound,
    NamingDocument,
    PersonQuestion,
    PowerScore,
    PracticeTask,
    ProcessOutcome,
    Register,
    RegistryEntry,
    RegistryImport,
    Subject,
    TrainingEvent,
    TrainingPlace,
    TrainingSession,
)
from gongjiang.services.cultivation.files import AREA as CULTIVATION
from gongjiang.services.evidence.storage import keep
from gongjiang.services.people.sealing import seal_text


def honour(built: House) -> None:
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


def training(built: House) -> None:
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


def followed(built: House) -> None:
    """What an assessment of theirs left to be done: an explanation, and money to give back."""
    honour, tokens = built.things["honour"], built.tokens
    outcome = ProcessOutcome.objects.create(
        case=honour.case, honour=honour, edition=built.editions["main"], process="yearly", label="年度考核",
        tier="poor", tier_label="不合格", basis="望工发〔2026〕2号", decided_on=AT.date(), at=AT,
    )  # fmt: skip
    Explanation.objects.create(
        outcome=outcome, due_on=AT.date(), text=tokens.word("secret:named:explanation"), answered_at=AT
    )
    Claim.objects.create(honour=honour, outcome=outcome, payee=honour.name, scope="unspent", paid=100, at=AT)


def list(built: House) -> None:
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
