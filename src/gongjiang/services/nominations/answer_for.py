"""谁推荐谁负责: what follows a verified breach. The person is out, the unit's place falls away (J-09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, PlaceChange, StageRow
from gongjiang.rules.honours.effects import Step, steps_of, unfit
from gongjiang.rules.programmes.schema.stage import Accountability
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState, RowState
from gongjiang.rules.quotas.adapt import NOMINATOR
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.authority import is_applicant, may_act
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.rows import end_others, states_of
from gongjiang.services.nominations.seats import list_seats
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.quotas.changes import change_places
from gongjiang.services.quotas.guard import SeatAsked, release_seats


@dataclass(frozen=True)
class HeldToAccount:
    """Who was struck, which places were cancelled, and which could not be (others hold them)."""

    case: Case
    cancelled: tuple[PlaceChange, ...]
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Breach:
    """What was found to have happened: its name in the pack, in words, the clause ('' for none), what follows."""

    id: str
    when: str
    clause: str
    steps: tuple[Step, ...]


@transaction.atomic
def hold_to_account(*, actor: Actor, at: datetime, case_id: int, breach: str, finding: str) -> HeldToAccount:
    """Carry out an item of the pack's `accountability` on a case, once it is verified (`finding`: what was found).

    By approvers of the body that it names. Raises BadInput without a finding, Refused for what has ended
    already and for effects that this version can't carry out.
    """
    case = lock_case(case_id)
    programme = programme_of(case.process)
    spec = _breach(programme, breach)
    if not may_act(actor, programme, case, spec.by, deciding=True) or is_applicant(actor, case):
        raise NotAllowed(f"由{'、'.join(programme.role_label(one) for one in spec.by)}的审批人员查实后办理。")
    if not finding.strip():
        raise BadInput("请写明查实的情况。", "Say what was found.", place="查实情况")
    if case.state not in LIVE or case.state == CaseState.NAMED:
        raise Refused(f"{case.title}的申报已经结束，不能再撤销推荐资格。", "This nomination has ended.")
    breach_of = Breach(spec.id, spec.when, spec.clause or "", steps_of(spec.effects))
    return carry_out_breach(actor=actor, at=at, programme=programme, case=case, breach=breach_of, finding=finding)


def carry_out_breach(
    *, actor: Actor, at: datetime, programme: Programme, case: Case, breach: Breach, finding: str
) -> HeldToAccount:
    """What follows from it: the person out of the running (once), a place of the unit cancelled. The case is locked;
    who may ask for this is settled by the caller."""
    seats = places_of(programme, case) if Step.CANCEL_PLACE in breach.steps else []
    if Step.STRIKE in breach.steps and case.state in LIVE:
        _strike(actor, at, programme, case, breach, finding)
    reason = f"{breach.when}{f'（{breach.clause}）' * bool(breach.clause)}：{finding.strip()}"
    cancelled, kept = cancel_places(actor=actor, at=at, programme=programme, case=case, seats=seats, reason=reason)
    return HeldToAccount(case, cancelled, kept)


def breaches_for(actor: Actor, programme: Programme, case: Case) -> list[Accountability]:
    """What this person could hold the case's recommenders to account for now."""
    if case.state not in LIVE or case.state in {CaseState.DRAFT, CaseState.NAMED} or is_applicant(actor, case):
        return []
    return [
        one
        for one in programme.pack.accountability
        if one.effects
        and Step.STRIKE in steps_of(one.effects)
        and not unfit(one.effects)
        and may_act(actor, programme, case, one.by, deciding=True)
    ]


def places_of(programme: Programme, case: Case) -> list[SeatAsked]:
    """The places of its unit that a case takes, or would take: hard pools that count by nominator alone."""
    facts = facts_of_one(programme, case)
    by_unit = {one.id for one in programme.pack.pools if one.per == (NOMINATOR,)}
    stages = dict.fromkeys(one.on for one in programme.pack.pools if one.id in by_unit)
    return [seat for on in stages for seat in list_seats(programme, case, facts, on) if seat.pool in by_unit]


def cancel_places(
    *, actor: Actor, at: datetime, programme: Programme, case: Case, seats: Sequence[SeatAsked], reason: str
) -> tuple[tuple[PlaceChange, ...], tuple[str, ...]]:
    """One place fewer in each count, once the case has given its own back; also told: counts that others fill."""
    cancelled, kept = [], []
    for seat in seats:
        try:
            made = change_places(
                actor=actor,
                at=at,
                process=programme.process,
                seat=seat,
                places=-1,
                kind=PlaceChange.Kind.CANCELLED,
                reason=reason,
                case=case,
            )
        except Refused as refusal:
            kept.append(refusal.text)
        else:
            cancelled.append(made)
    return tuple(cancelled), tuple(kept)


def _breach(programme: Programme, breach: str) -> Accountability:
    spec = next((one for one in programme.pack.accountability if one.id == breach), None)
    if spec is None:
        raise NotFound(f"通知没有“{breach}”这种责任。", "No such accountability.")
    if problems := unfit(spec.effects):
        raise Refused("；".join(problems), "Its effects can't be carried out.", place=spec.when)
    return spec


def _strike(actor: Actor, at: datetime, programme: Programme, case: Case, breach: Breach, finding: str) -> None:
    """Struck where it stands; wherever else it stood it ends. Its places are free before one of them falls away."""
    before = states_of(case)
    after = dict(before)
    standing = {RowState.OPEN, RowState.ALTERNATE}
    row = StageRow.objects.filter(case=case, state__in=standing).order_by("-id").first()
    if row is not None:
        StageRow.objects.filter(pk=row.pk).update(
            state=RowState.STRUCK, version=row.version + 1, moved_at=at, moved_by_id=actor.user_id, note=finding[:500]
        )
        after[row.stage] = str(RowState.STRUCK)
        end_others(case, row, at, after)
    Case.objects.filter(pk=case.pk).update(state=CaseState.DISQUALIFIED, standing="", version=case.version + 1)
    release_seats(case=case)
    moved = {"stage": row.stage, "to": str(RowState.STRUCK)} if row is not None else {}
    append(
        actor=actor,
        at=at,
        action="case.disqualify",
        kind="case",
        key=case.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={
            "state": CaseState.DISQUALIFIED.value,
            "rows": {name: state for name, state in after.items() if before.get(name) != state},
            "breach": breach.id,
            "clause": breach.clause,
            "finding": finding.strip(),
            **moved,
        },
    )
    case.refresh_from_db()
