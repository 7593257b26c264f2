"""What whoever was chosen owes afterwards: until when, what changed meanwhile, who approved it (ledger J-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, DutyChange, Honour, StageRow
from gongjiang.rules.honours.obligations import judge_change, last_day
from gongjiang.rules.programmes.schema.obligation import Obligation
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import files, is_applicant, may_act, parties_of
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import Programme, programme_of

State = DutyChange.State


@dataclass(frozen=True)
class Change:
    """A declared change as the page shows it. `asks`: whose turn it is, '' for nobody's; `late`: its day has come and
    nobody has approved it."""

    row: DutyChange
    told: tuple[tuple[str, str], ...]
    asks: str
    asks_label: str
    may_decide: bool
    late: bool


@dataclass(frozen=True)
class Duty:
    """An obligation of one person: what is kept, from when until when."""

    spec: Obligation
    kept: str
    begun: date
    until: date
    over: bool
    changes: tuple[Change, ...]
    may_declare: bool
    approvers: tuple[str, ...]


def duties(actor: Actor, at: datetime, programme: Programme, case: Case, rows: Mapping[str, StageRow]) -> list[Duty]:
    """Obligations of a case that was chosen; nothing before."""
    today = timezone.localtime(at).date()
    found: list[Duty] = []
    specs = [one for one in programme.pack.obligations if not one.award or case.award in one.award]
    declared = list(DutyChange.objects.filter(case=case).order_by("id")) if specs else []
    for spec in specs:
        begun = begun_on(programme, case, spec, rows)
        if begun is None:
            continue
        mine = [one for one in declared if one.obligation == spec.id]
        until = last_day(spec, begun, programme.params)
        waiting = any(one.state == State.WAITING for one in mine)
        by = spec.approval.by if spec.approval is not None else ()
        found.append(
            Duty(
                spec,
                _kept(case, spec, mine),
                begun,
                until,
                today > until,
                tuple(_change(actor, programme, case, spec, one, today) for one in mine),
                not waiting and today <= until and _may_declare(actor, programme, case),
                tuple(programme.role_label(one) for one in by),
            )
        )
    return found


def begun_on(programme: Programme, case: Case, spec: Obligation, rows: Mapping[str, StageRow]) -> date | None:
    """The day from which it binds: the naming, or the day on which the body above said yes; None before."""
    honour = Honour.objects.filter(case=case).exclude(state=Honour.State.REVOKED).first()
    if honour is not None:
        return honour.from_date
    last = programme.stages[-1]
    row = rows.get(last.id)
    if spec.begins != "selected" or getattr(last, "await_", None) is None or row is None:
        return None
    if row.state != RowState.DONE or row.moved_at is None:
        return None
    return timezone.localtime(row.moved_at).date()


@transaction.atomic
def declare_change(
    *, actor: Actor, at: datetime, case_id: int, obligation: str, after: str, on: date, reason: str
) -> DutyChange:
    """Say that what must be kept will change; the approvers of the pack decide. Raises Refused for a hard obligation,
    for one that doesn't bind on that day, and while another change waits."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    spec = _spec(programme, obligation)
    if not _may_declare(actor, programme, case):
        raise NotAllowed("变更由所在单位或推荐单位报告。", "Not yours to declare.")
    begun = begun_on(programme, case, spec, {one.stage: one for one in case.rows.all()})
    if begun is None:
        raise Refused(f"{case.title}还没有入选，不受“{spec.shown}”约束。", "Not chosen yet.")
    if not after.strip():
        raise BadInput("请写明变更为什么。", "Say what it changes to.", place="变更为")
    if not reason.strip():
        raise BadInput("请写明变更的理由。", "Give a reason.", place="理由")
    before = _kept(case, spec, DutyChange.objects.filter(case=case, obligation=spec.id).order_by("id"))
    decision = judge_change(
        spec, begun=begun, on=on, before=before, after=after.strip(), approved=None, params=programme.params
    )
    if decision.allowed:
        raise Refused("与原来相同，或不在期限以内，不需报批。", "No approval is needed.", place=spec.shown)
    if spec.approval is None:
        raise Refused("；".join(one.text for one in decision.reasons), "It can't change.", reasons=decision.reasons)
    try:
        with transaction.atomic():
            made = DutyChange.objects.create(
                case=case,
                obligation=spec.id,
                before=before[:120],
                after=after.strip()[:120],
                on=on,
                reason=reason.strip()[:500],
                declared_by_id=actor.user_id,
                declared_at=at,
            )
    except IntegrityError:
        raise Refused("上一次变更还没有批复。", "Another change waits.", place=spec.shown) from None
    _record(actor, at, programme, made, "declare")
    _ask_next(at, programme, case, spec, made)
    return made


@transaction.atomic
def decide_change(*, actor: Actor, at: datetime, change_id: int, agreed: bool, text: str = "") -> DutyChange:
    """The answer of the approver whose turn it is; the last yes, or the first no, settles it."""
    made = DutyChange.objects.select_for_update().filter(pk=change_id).first()
    if made is None:
        raise NotFound("没有这项变更。", "No such change.")
    case = lock_case(made.case_id)
    programme = programme_of(case.process)
    spec = _spec(programme, made.obligation)
    role = _turn(spec, made)
    if not role:
        raise Refused("这项变更已经批复。", "Settled already.")
    if not may_act(actor, programme, case, (role,), deciding=True) or is_applicant(actor, case):
        raise NotAllowed(f"现在由{programme.role_label(role)}的审批人员批复。", "Not yours to decide.")
    if not agreed and not text.strip():
        raise BadInput("不批准须写明理由。", "Say why.", place="意见")
    said = {"role": role, "agreed": agreed, "text": text.strip()[:300], "by": actor.user_id, "name": actor.name}
    made.decisions = [*made.decisions, {**said, "at": at.isoformat()}]
    if not agreed:
        made.state = State.REFUSED
    elif not _turn(spec, made):
        made.state = State.APPROVED
    made.version += 1
    made.save(update_fields=["decisions", "state", "version"])
    _record(actor, at, programme, made, "decide")
    if made.state == State.WAITING:
        _ask_next(at, programme, case, spec, made)
    else:
        text = f"{case.title}变更“{made.before}”为“{made.after}”：{made.get_state_display()}。"
        tell(at=at, text=text, link=f"case:{case.pk}", user_id=made.declared_by_id)
    return made


def _may_declare(actor: Actor, programme: Programme, case: Case) -> bool:
    return files(actor, case) or may_act(actor, programme, case, tuple(programme.nominating))


def _spec(programme: Programme, obligation: str) -> Obligation:
    spec = next((one for one in programme.pack.obligations if one.id == obligation), None)
    if spec is None:
        raise NotFound(f"通知没有“{obligation}”这项义务。", "No such obligation.")
    return spec


def _turn(spec: Obligation, made: DutyChange) -> str:
    """Whose turn it is, in the order of the pack; '' once it is settled."""
    by = spec.approval.by if spec.approval is not None else ()
    said = len(made.decisions)
    return by[said] if made.state == State.WAITING and said < len(by) else ""


def _kept(case: Case, spec: Obligation, changes: object) -> str:
    """What stands now: the last approved change, else what the form said."""
    approved = [one for one in changes if one.state == State.APPROVED]  # type: ignore[attr-defined]
    return str(approved[-1].after if approved else case.values.get(spec.keeps, ""))


def _change(actor: Actor, programme: Programme, case: Case, spec: Obligation, made: DutyChange, today: date) -> Change:
    role = _turn(spec, made)
    told = tuple(
        (
            programme.role_label(one["role"]),
            ("同意" if one["agreed"] else "不同意") + (f"：{one['text']}" * bool(one["text"])),
        )
        for one in made.decisions
    )
    may = bool(role) and may_act(actor, programme, case, (role,), deciding=True) and not is_applicant(actor, case)
    label = programme.role_label(role) if role else ""
    return Change(made, told, role, label, may, made.state != State.APPROVED and made.on <= today)


def _ask_next(at: datetime, programme: Programme, case: Case, spec: Obligation, made: DutyChange) -> None:
    role = _turn(spec, made)
    if role:
        text = f"请批复{case.title}的变更：“{made.before}”变更为“{made.after}”（{spec.clause}）。"
        for one in sorted(parties_of(programme, case).organisations(programme.expand((role,)))):
            tell(at=at, text=text, link=f"case:{case.pk}", organisation_id=one)


def _record(actor: Actor, at: datetime, programme: Programme, made: DutyChange, step: str) -> None:
    append(
        actor=actor,
        at=at,
        action=f"duty.{step}",
        kind="duty_change",
        key=made.pk,
        case_id=made.case_id,
        edition_id=programme.edition.pk,
        data={
            "obligation": made.obligation,
            "on": made.on.isoformat(),
            "state": made.state,
            "said": len(made.decisions),
        },
    )
