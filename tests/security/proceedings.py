"""What happens to the nominations of the house: files, experts, a notice with an objection, what people wrote."""

import io
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.factories import AT
from tests.security.cast import House

from gongjiang.documents.pdf.fonts import compile_pdf
from gongjiang.kernel.actor import nobody
from gongjiang.models import (
    Assignment,
    Expert,
    File,
    Finding,
    Judgement,
    Meeting,
    Message,
    Notice,
    NoticeEntry,
    Objection,
    Opinion,
    ScoreSheet,
    StageList,
    StageRow,
)
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.public_notices.object import submit_objection


def evidence(built: House) -> None:
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


def scoring(built: House) -> None:
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


def notice(built: House) -> None:
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


def remarks(built: House) -> None:
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
