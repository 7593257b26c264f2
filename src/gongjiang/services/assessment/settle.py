"""Settle a round: who came out at which tier, the decision's number, and everything that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Edition, Honour, NamingDocument, Process, ProcessOutcome, StageRow
from gongjiang.rules.assessment.follow import Following, follow, said
from gongjiang.rules.honours.naming import read_number
from gongjiang.rules.programmes.schema.process import Process as Spec
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.assessment.due import RUNNING
from gongjiang.services.assessment.effects import Deed, by_people, carry_out
from gongjiang.services.audit.append import append
from gongjiang.services.audit.checkpoints import make_checkpoint
from gongjiang.services.honours.certificates.authority import naming_roles
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import may_decide
from gongjiang.services.programmes.programme import Programme, whole_pack
from gongjiang.services.programmes.windows import today_of


@dataclass(frozen=True)
class Ready:
    """One case about to be settled, with what follows."""

    case: Case
    following: Following
    tries: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Settling:
    """A round before it is settled: who is ready, who is still under way, who came out without a tier."""

    programme: Programme
    spec: Spec
    ready: tuple[Ready, ...]
    waiting: tuple[Case, ...]
    out: tuple[Case, ...]
    done: tuple[ProcessOutcome, ...]

    @property
    def confers(self) -> bool:
        """Does a document name somebody?"""
        return any(effect.word == "confer" for one in self.ready for effect in one.following.effects)


def process_of(edition: Edition) -> Spec:
    """What the pack says of the process that this is a round of."""
    return next(one for one in whole_pack(edition).processes if one.id == edition.follows)


def may_settle(actor: Actor, programme: Programme) -> bool:
    """Approvers of the body that the process names (`by`), else of the body that confers."""
    roles = process_of(programme.edition).by or naming_roles(programme, joint=False)
    organiser = programme.edition.organiser_id
    return may_decide(actor, programme, roles) or (
        not roles and actor.has("approver", organisation_id=organiser, edition_id=programme.edition.pk)
    )


def settling(programme: Programme, decided_on: date) -> Settling:
    """Where a round stands. Reads only."""
    spec = process_of(programme.edition)
    cases = list(
        Case.objects.filter(process=programme.process).select_related("over__subject", "subject").order_by("number")
    )
    ends = {one.id for one in programme.stages if one.type == "name"}
    rows = StageRow.objects.filter(process=programme.process, state__in=[RowState.OPEN, RowState.WAITING])
    busy = set(rows.exclude(stage__in=ends).values_list("case_id", flat=True))
    tried = _tried(programme, cases)
    labels = {one.id: one.shown for one in whole_pack(programme.edition).benefits}
    ready, waiting, out = [], [], []
    for case in cases:
        if case.state == CaseState.RUNNING and case.standing and case.pk not in busy:
            tries = tried.get(case.over_id or 0, 0)
            found = follow(spec.tiers, case.standing, tries, decided_on, programme.value)
            ready.append(Ready(case, found, tries, _words(spec, found, labels)))
        elif case.state in RUNNING:
            waiting.append(case)
        elif case.state != CaseState.SETTLED:
            out.append(case)
    done = ProcessOutcome.objects.filter(edition=programme.edition).select_related("case", "explanation")
    done = done.prefetch_related("claims").order_by("pk")
    return Settling(programme, spec, tuple(ready), tuple(waiting), tuple(out), tuple(done))


def _words(spec: Spec, found: Following, labels: dict[str, str]) -> tuple[str, ...]:
    """What follows, in words; what stays for people says so."""
    if found.again_on is not None:
        return (f"{long_date(found.again_on)}起再考核一次",)
    return tuple(
        said(one, labels) + "（由人工办理）" * by_people(one, about_units=spec.about == "unit") for one in found.effects
    )


@transaction.atomic
def settle(
    *, actor: Actor, at: datetime, programme: Programme, number: str, decided_on: date | None = None, title: str = ""
) -> list[ProcessOutcome]:
    """Settle everybody who is ready, on one decision (`number`: 文号). The round ends with its last case.

    Raises NotAllowed, BadInput (no number, a day ahead), Refused (nobody is ready).
    """
    if not may_settle(actor, programme):
        raise NotAllowed("由作出决定的单位的审批人员办结。", "Approvers of the deciding body settle it.")
    Process.objects.select_for_update().get(pk=programme.process.pk)
    day = decided_on or today_of(at)
    if day > today_of(at):
        raise BadInput("决定日期不能晚于今天。", "The decision can't be dated ahead.", place="决定日期")
    if not clean(number).strip():
        raise BadInput("请填写决定的文号。", "Give the decision's number.", place="文号")
    numbered = read_number(clean(number), day.year)
    found = settling(programme, day)
    if not found.ready:
        raise Refused("还没有可以办结的人：各环节办完、定了档次，才到这一步。", "Nobody is ready.")
    document = _document(actor, at, found, numbered, day, title) if found.confers else None
    outcomes = [_settle(actor, at, found, one, numbered, day, document) for one in found.ready]
    if not found.waiting:
        Edition.objects.filter(pk=programme.edition.pk).update(state=Edition.State.CLOSED)
    append(
        actor=actor,
        at=at,
        action="round.settle",
        kind="edition",
        key=programme.edition.pk,
        edition_id=programme.edition.pk,
        data={"number": numbered, "cases": {one.case.number: one.tier for one in outcomes}},
    )
    make_checkpoint(actor=actor, at=at, about=f"{programme.edition.title} 办结", edition_id=programme.edition.pk)
    return outcomes


def _tried(programme: Programme, cases: Iterable[Case]) -> dict[int, int]:
    """How often each honour was tried in a row with the end “again”: of the last outcome of this process."""
    honours = [one.over_id for one in cases if one.over_id is not None]
    rows = ProcessOutcome.objects.filter(
        honour_id__in=honours, process=programme.edition.follows, edition__parent=programme.edition.parent
    )
    told = rows.exclude(edition=programme.edition).order_by("pk").values_list("honour_id", "tries", "again_on")
    return {honour or 0: tries + 1 if again is not None else 0 for honour, tries, again in told}


def _document(actor: Actor, at: datetime, found: Settling, number: str, day: date, title: str) -> NamingDocument:
    edition = found.programme.edition
    above = edition.parent or edition
    taken = NamingDocument.objects.filter(number=number, process__edition__organiser_id=edition.organiser_id)
    if taken.exists():
        raise BadInput(f"文号{number}已经用在另一份命名文件上，请核对。", "The number is taken.", place="文号")
    return NamingDocument.objects.create(
        process=found.programme.process,
        number=number,
        title=(clean(title).strip() or f"关于{above.title}{found.spec.shown}结果的决定")[:160],
        body=f"经考核，下列人员合格，现予认定，并颁发证书（{above.title}）。",
        issuers=[edition.organiser.name],
        issued_on=day,
        by_id=actor.user_id,
        at=at,
    )


def _settle(
    actor: Actor, at: datetime, found: Settling, one: Ready, number: str, day: date, document: NamingDocument | None
) -> ProcessOutcome:
    case, following = one.case, one.following
    outcome = ProcessOutcome.objects.create(
        case=case,
        honour=case.over,
        edition=found.programme.edition,
        process=found.spec.id,
        label=found.spec.shown[:80],
        tier=following.tier,
        tier_label=following.label[:40],
        tries=one.tries,
        again_on=following.again_on,
        basis=number,
        decided_on=day,
        by_id=actor.user_id,
        at=at,
    )
    rows = StageRow.objects.filter(case=case, state=RowState.OPEN)
    rows.update(state=RowState.DONE, moved_at=at, moved_by_id=actor.user_id)
    Case.objects.filter(pk=case.pk).update(state=CaseState.SETTLED, version=case.version + 1)
    if following.again_on is None:
        deed = Deed(actor, at, found.programme, _honour(case), outcome, document)
        told = [(effect, carry_out(deed, effect)) for effect in following.effects if effect.word != "retry"]
        outcome.effects = [{"word": effect.word, "said": done} for effect, done in told if done]
        labels = {benefit.id: benefit.shown for benefit in whole_pack(found.programme.edition).benefits}
        outcome.manual = [said(effect, labels) for effect, done in told if not done]
    outcome.save(update_fields=["effects", "manual"])
    append(
        actor=actor,
        at=at,
        action="case.settle",
        kind="case",
        key=case.pk,
        case_id=case.pk,
        edition_id=found.programme.edition.pk,
        data={"tier": following.tier, "number": number, "effects": [effect["said"] for effect in outcome.effects]},
    )
    _tell(outcome, case, at)
    return outcome


def _honour(case: Case) -> Honour | None:
    """The honour that a case is about, held; None for one about a unit."""
    if case.over_id is None:
        return None
    rows = Honour.objects.select_for_update(of=("self",)).select_related("subject", "document")
    return rows.get(pk=case.over_id)


def _tell(outcome: ProcessOutcome, case: Case, at: datetime) -> None:
    words = f"{case.title}的{outcome.label}结果：{outcome.tier_label}（{outcome.basis}）。"
    if outcome.again_on is not None:
        words += f"{outcome.again_on:%Y-%m-%d}起再考核一次。"
    user = case.subject.user_id if case.subject is not None else None
    tell(at=at, text=words, user_id=user, headline="考核结果已出")
    tell(at=at, text=words, organisation_id=case.nominator_id, headline="考核结果已出")
