"""谁推荐谁负责: what follows a verified breach. The person is out, the unit's place falls away (J-09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, PlaceChange, StageRow
from gongjiang.rules.honours.effects import Step
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState, RowState
from gongjiang.rules.quotas.adapt import NOMINATOR
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.rows import end_others, states_of
from gongjiang.services.nominations.seats import list_seats
from gongjiang.services.programmes.programme import Programme
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


def carry_out_breach(
    *, actor: Actor, at: datetime, programme: Programme, case: Case, breach: Breach, finding: str
) -> HeldToAccount:
    """What follows from it: the person out of the running, a place of the unit cancelled, each once a case. The case
    is locked; who may ask for this is settled by the caller (services/inquiries: two approvers)."""
    lost = PlaceChange.objects.filter(case=case, kind=PlaceChange.Kind.CANCELLED).exists()
    seats = places_of(programme, case) if Step.CANCEL_PLACE in breach.steps and not lost else []
    if Step.STRIKE in breach.steps and case.state in LIVE:
        _strike(actor, at, programme, case, breach, finding)
    reason = f"{breach.when}{f'（{breach.clause}）' * bool(breach.clause)}：{finding.strip()}"
    cancelled, kept = cancel_places(actor=actor, at=at, programme=programme, case=case, seats=seats, reason=reason)
    return HeldToAccount(case, cancelled, kept)


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
