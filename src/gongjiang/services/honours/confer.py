"""Confer: the document that names, and for everybody on it an honour in the register (ledger G-14, X-06)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Edition, Honour, NamingDocument, NoticeEntry, Process
from gongjiang.rules.assessment.due import last_day
from gongjiang.rules.honours.naming import read_number
from gongjiang.rules.programmes.schema.process import Term
from gongjiang.services.audit.append import append
from gongjiang.services.audit.checkpoints import make_checkpoint
from gongjiang.services.honours.decree import words_of
from gongjiang.services.honours.naming import Named, Naming, name_stage, prepare
from gongjiang.services.honours.owe import owe
from gongjiang.services.nominations.authority import may_decide
from gongjiang.services.nominations.transition import carry_out, move_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.tallies import recount


@transaction.atomic
def confer(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    number: str,
    title: str = "",
    addressee: str = "",
    body: str = "",
    issued_on: date | None = None,
    without: str = "",
) -> NamingDocument:
    """Name everybody who is open at this stage. `number`: the document's number (文号); `body`: its paragraphs, one a
    line (blank: the usual words).

    Only approvers of the stage's `by`. While others are still held on a notice, `without` says why they are
    not waited for; they can be named by a later document. Raises Refused with every gate's reasons.
    """
    stage = name_stage(programme, stage_id)
    if not may_decide(actor, programme, stage.by):
        who = "、".join(programme.role_label(one) for one in stage.by)
        raise NotAllowed(f"命名由{who}的审批人员办理。", "Approvers of the conferring body do this.")
    Edition.objects.select_for_update().filter(organiser_id=programme.edition.organiser_id).order_by("pk").first()
    Process.objects.select_for_update().get(pk=programme.process.pk)
    today = timezone.localtime(at).date()
    day = issued_on or today
    if day > today:
        raise BadInput("发文日期不能晚于今天。", "The document can't be dated ahead.", place="发文日期")
    if not clean(number).strip():
        raise BadInput("请填写文号。", "Give the document's number.", place="文号")
    numbered = read_number(clean(number), day.year)
    naming = prepare(programme, stage_id)
    _check(naming, day, without)
    _not_taken(programme, numbered)
    words = {"title": title, "addressee": addressee, "body": body}
    document = _issued(actor, at, naming, numbered, day, words)
    honours = [_name(actor, at, naming, one, document, n) for n, one in enumerate(naming.named, 1)]
    owe(at, programme, honours, naming.facts)
    recount(one.pk for one in honours)
    append(
        actor=actor,
        at=at,
        action="honours.confer",
        kind="naming",
        key=document.pk,
        edition_id=programme.edition.pk,
        data={
            "stage": stage.id,
            "number": document.number,
            "issued_on": day.isoformat(),
            "cases": [one.case.pk for one in naming.named],
            "without": without.strip(),
            "held": [case.pk for case, _ in naming.held],
        },
    )
    about = f"{programme.edition.title} {stage.shown} 命名"
    make_checkpoint(actor=actor, at=at, about=about, edition_id=programme.edition.pk)
    return document


def _issued(
    actor: Actor, at: datetime, naming: Naming, number: str, day: date, words: dict[str, str]
) -> NamingDocument:
    """The document with its words, as typed or as usual."""
    said = {key: clean(text).strip() for key, text in words.items()}
    return NamingDocument.objects.create(
        process=naming.programme.process,
        number=number,
        title=(said["title"] or naming.title)[:160],
        addressee=said["addressee"][:200],
        body=said["body"][:4000] or words_of(naming),
        issuers=list(naming.issuers),
        issued_on=day,
        by_id=actor.user_id,
        at=at,
    )


def _not_taken(programme: Programme, number: str) -> None:
    used = NamingDocument.objects.filter(number=number, process__edition__organiser_id=programme.edition.organiser_id)
    if used.exists():
        raise BadInput(f"文号{number}已经用在另一份命名文件上，请核对。", "The number is taken.", place="文号")


def _check(naming: Naming, day: date, without: str) -> None:
    place = naming.stage.shown
    if naming.held and not without.strip():
        names = "；".join(f"{case.title}：{why}" for case, why in naming.held[:5])
        raise Refused(
            f"还有 {len(naming.held)} 人不能一并命名（{names}）。请等办结，或写明不等候的理由，他们以后另行发文。",
            "Some are still held on the notice.",
            place=place,
        )
    if not naming.named:
        raise Refused("还没有可以命名的人：公示期满并且没有未办结的异议，才到这一步。", "Nobody to name.", place=place)
    nowhere = [one.case.title for one in naming.named if not one.tier]
    if nowhere:
        raise Refused(f"{'、'.join(nowhere[:5])}还没有确定档次，不能命名。", "No tier was given.", place=place)
    lost = [one.case.title for one in naming.named if one.case.subject_id is None]
    if lost:
        raise Refused(f"{'、'.join(lost[:5])}没有对应的人员记录，不能命名。", "No subject record.", place=place)
    last = (
        NoticeEntry.objects.filter(case_id__in=[one.case.pk for one in naming.named])
        .exclude(state=NoticeEntry.State.STRUCK)
        .order_by("-ends_on")
        .values_list("ends_on", flat=True)
        .first()
    )
    if last is not None and day <= last:
        raise BadInput(
            "发文日期不能早于公示期满。", "The document can't be dated before the notice ended.", place=place
        )


def _name(actor: Actor, at: datetime, naming: Naming, one: Named, document: NamingDocument, n: int) -> Honour:
    programme, case = naming.programme, one.case
    carry_out(
        actor=actor,
        at=at,
        programme=programme,
        case=case,
        row=one.row,
        stage=naming.stage,
        move=move_of(naming.stage, "confer"),
        reason=document.number,
        facts=naming.facts[case.pk],
        position=n,
        data={"document": document.pk, "tier": one.tier},
    )
    if case.standing != one.tier:
        Case.objects.filter(pk=case.pk).update(standing=one.tier)
    return Honour.objects.create(
        subject=case.subject,  # type: ignore[misc]  # `_check` refuses a case without one
        case=case,
        edition=programme.edition,
        document=document,
        programme=programme.pack.id,
        register=naming.stage.registers or "",
        level=programme.pack.pack.level,
        award=case.award,
        tier=one.tier,
        title=one.title,
        name=case.title,
        shown=one.shown,
        state=programme.award(case.award).confers,
        from_date=_begins(programme, case.award, document.issued_on),
        until=_ends(programme, case.award, document.issued_on),
    )


def _term(programme: Programme, award: str) -> Term | None:
    return next((one for one in programme.pack.term if not one.award or award in one.award), None)


def _begins(programme: Programme, award: str, day: date) -> date:
    """The honour begins with the document; a term that the notice dates begins on its own day."""
    term = _term(programme, award)
    return day if term is None or term.from_ == "name" else date.fromisoformat(str(term.from_))


def _ends(programme: Programme, award: str, day: date) -> date | None:
    """The last day of the term (培育期、管理期), where the notice sets one and it has not gone by."""
    term = _term(programme, award)
    last = None if term is None else last_day(term, day, programme.value)
    return last if last is not None and last >= _begins(programme, award, day) else None
