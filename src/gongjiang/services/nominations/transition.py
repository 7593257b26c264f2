"""The one place where a case's row changes state: compare and set, gates, seats, flow, audit, messages.

Legal moves are the table of the stage's type; nobody skips a stage (TRUST 3, 4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused, Stale
from gongjiang.models import Case, CaseParty, Entry, StageRow
from gongjiang.rules.nominations.flow import Step, goes_on, return_targets, returned_to
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState, Move, RowState
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.asking import ask_opinions, tell_of_return
from gongjiang.services.nominations.authority import files, is_applicant, may_act
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.gates import Passage, pass_gates
from gongjiang.services.nominations.revisions import keep_revision
from gongjiang.services.nominations.rows import apply_steps, end_others, let_through, states_of
from gongjiang.services.nominations.seats import seats_of
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.quotas.guard import release_seats, take_seats


@dataclass(frozen=True)
class Taken:
    """What a move did."""

    case: Case
    row: StageRow
    opened: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(default=())


def move_of(stage: Stage, action: str) -> Move:
    """The move of a stage's type by its action; BadInput if the type has none such."""
    moves: tuple[Move, ...] = getattr(stage, "moves", ())
    for one in moves:
        if one.action == action:
            return one
    raise BadInput(f"“{stage.shown}”没有“{action}”这一步。", f"No action {action} here.", place=stage.shown)


def repeated(request_key: str | None) -> bool:
    """Was this very request carried out already?"""
    return request_key is not None and Entry.objects.filter(request_key=request_key).exists()


def same_step(request_key: str | None, case: Case, action: str) -> None:
    """A request key names one step for ever: used for another, it is refused rather than passed over in silence."""
    if not Entry.objects.filter(request_key=request_key, action=action, case_id=case.pk).exists():
        raise BadInput("这个请求编号已用于另一件事，请刷新页面再办。", "The request key belongs to another step.")


@transaction.atomic
def move(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    stage_id: str,
    action: str,
    version: int | None = None,
    reason: str = "",
    back_to: str = "",
    request_key: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> Taken:
    """Take one move with one case.

    `version` is the case's version that the person saw: another one raises Stale. `back_to` names the
    stage of a return (default: the nearest upstream). Moves that belong to a whole list are refused
    here: they are made by closing the list. The same `request_key` again changes nothing.
    """
    case = lock_case(case_id)
    programme = programme_of(case.process)
    stage = programme.stage(stage_id)
    row = case.rows.filter(stage=stage_id).first()
    if row is None:
        raise Refused(f"{case.title}还没有到“{stage.shown}”。", "The case has not reached this stage.")
    chosen = move_of(stage, action)
    if repeated(request_key):
        same_step(request_key, case, f"case.{action}")
        return Taken(case, row)
    if chosen.whole_list:
        raise Refused(f"“{chosen.label}”须随整份名单一并决定。", "This is decided with the whole list.")
    if version is not None and version != case.version:
        raise Stale("此页已过期：记录已被他人修改。您填的内容还在，请对照后再办。", "Somebody changed this record.")
    authorise(actor, programme, case, stage, chosen)
    return carry_out(
        actor=actor,
        at=at,
        programme=programme,
        case=case,
        row=row,
        stage=stage,
        move=chosen,
        reason=reason,
        back_to=back_to,
        request_key=request_key,
        data=data,
    )


def lock_case(case_id: int) -> Case:
    """The case, locked for this transaction, with its process and pack (the pack's texts stay where they are)."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("process__edition__pack", "subject")
        .defer("process__edition__pack__source", "process__edition__pack__notice_text")
        .prefetch_related(Prefetch("parties", CaseParty.objects.select_related("organisation")))
        .get(pk=case_id)
    )
    known = {one.organisation_id: one.organisation for one in case.parties.all()}
    for name in ("nominator", "applying_unit"):  # nearly always among the parties: then it is not read twice
        found = known.get(getattr(case, f"{name}_id"))
        if found is not None:
            setattr(case, name, found)
    return case


def authorise(actor: Actor, programme: Programme, case: Case, stage: Stage, chosen: Move) -> None:
    """Raise NotAllowed unless the actor holds the part, and never with their own case beyond filing it."""
    if stage.type == "apply" or chosen.who == "applicant":
        if files(actor, case):
            return
    elif stage.fills and chosen.target is RowState.DONE and files(actor, case):
        return  # they fill it in: others' opinions and the rules let it through
    elif may_act(actor, programme, case, stage.by):
        if not is_applicant(actor, case):
            return
        raise NotAllowed(
            f"不能办理自己填报或与自己有关的{programme.called}。", "Nobody decides on their own nomination."
        )
    raise NotAllowed(
        f"“{stage.shown}”由{'、'.join(programme.role_label(one) for one in stage.by)}办理。", "Not your part."
    )


def carry_out(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    case: Case,
    row: StageRow,
    stage: Stage,
    move: Move,
    reason: str = "",
    back_to: str = "",
    request_key: str | None = None,
    data: Mapping[str, Any] | None = None,
    facts: Facts | None = None,
    position: int | None = None,
) -> Taken:
    """The move itself, once who and which are settled. Also used, case by case, by closing a list."""
    if move.reason and not reason.strip():
        raise BadInput(f"“{move.label}”须写明理由。", "Give a reason.", place="理由")
    _must_stand(case, row, stage, move)
    facts = facts or facts_of_one(programme, case, submitted=True if move.action == "submit" else None)
    decision = pass_gates(Passage(programme, case, row, stage, move, facts, at))
    if not decision.allowed:
        raise Refused(
            f"还不能{move.label}：" + "；".join(one.text.rstrip("。") for one in decision.reasons) + "。",
            "A rule of the programme forbids this step.",
            reasons=decision.reasons,
            place=case.title,
        )
    if stage.fills and move.target is RowState.DONE:
        keep_revision(case, actor, at)
    if move.target is RowState.DONE:
        take_seats(case=case, seats=seats_of(programme, case, stage, facts), at=at)
    before = states_of(case)
    steps = _steps(stage, move, back_to, programme.stages, before)
    _set_row(row, move.target, actor, at, reason, position)
    _set_case(case, move, at)
    after = before | {stage.id: str(move.target)}
    opened = apply_steps(case, steps, at, after)
    if goes_on(stage, move.target, standing=bool(case.standing)):
        opened += let_through(programme, case, at, facts, after)
    elif move.target in {RowState.OUT, RowState.STRUCK}:
        end_others(case, row, at, after)
        if not move.whole_list:  # whom a later list drops had their place on the earlier one all the same
            release_seats(case=case)
    handed_in = stage if move.action == "submit" and stage.type == "apply" else None
    ask_opinions(programme, case, opened, facts, at, telling=not move.whole_list, handed_in=handed_in)
    tell_of_return(programme, case, stage, move, opened, reason, at)
    changed = {name: state for name, state in after.items() if before.get(name) != state}
    record(actor, at, programme, case, stage, move, reason, opened, request_key, {"rows": changed, **(data or {})})
    return Taken(case, row, opened, tuple(one.text for one in decision.reasons))


def _must_stand(case: Case, row: StageRow, stage: Stage, move: Move) -> None:
    """The case is in the running and stands where the move begins; else say what happened instead."""
    if case.state not in LIVE:
        raise Refused(f"{case.title}的申报已经结束，不能再“{move.label}”。", "This nomination has ended.")
    if row.state == move.source:
        return
    if row.state == RowState.WAITING:
        raise Refused(f"{case.title}还没有到“{stage.shown}”。", "The case has not reached this stage.")
    raise Refused(f"{case.title}在“{stage.shown}”已经办过，不能再“{move.label}”。", "This step was taken already.")


def _steps(
    stage: Stage, move: Move, back_to: str, stages: Sequence[Stage], held: Mapping[str, str]
) -> tuple[Step, ...]:
    """Rows that a return sets; nothing for other moves."""
    if move.action != "return":
        return ()
    rows = {name: RowState(state) for name, state in held.items()}
    targets = return_targets(stages, stage.id, rows)
    target = back_to or (targets[-1] if targets else "")
    if target not in targets:
        raise BadInput("请选择退回到哪一步。", "Say which step it goes back to.", place="退回到")
    return returned_to(stages, target, rows)


def _set_row(row: StageRow, state: RowState, actor: Actor, at: datetime, note: str, position: int | None) -> None:
    """Compare and set: somebody who was faster wins, and the loser is told."""
    changes: dict[str, Any] = {
        "state": state,
        "version": row.version + 1,
        "moved_at": at,
        "moved_by_id": actor.user_id,
        "note": note[:500],
        "position": row.position if position is None else position,
    }
    if not StageRow.objects.filter(pk=row.pk, version=row.version, state=row.state).update(**changes):
        raise Stale("另一位同事刚刚办理了这一步，请刷新后再看。", "Somebody else took this step.")
    for name, value in changes.items():
        setattr(row, name, value)


def _set_case(case: Case, move: Move, at: datetime) -> None:
    changes: dict[str, Any] = {"version": case.version + 1}
    if move.case is not None:
        changes["state"] = move.case
    elif case.state == CaseState.RETURNED:
        changes["state"] = CaseState.RUNNING
    if move.action == "submit":
        changes["submitted_at"] = at
    try:
        with transaction.atomic():
            done = Case.objects.filter(pk=case.pk, version=case.version).update(**changes)
    except IntegrityError:
        raise Refused(
            f"{case.title}在本届已由同一单位推荐过，不能重复推荐。", "A live case for this person exists already."
        ) from None
    if not done:
        raise Stale("此页已过期：记录已被他人修改。", "Somebody changed this record.")
    for name, value in changes.items():
        setattr(case, name, value)


def record(
    actor: Actor,
    at: datetime,
    programme: Programme,
    case: Case,
    stage: Stage,
    move: Move,
    reason: str,
    opened: tuple[str, ...],
    request_key: str | None,
    data: Mapping[str, Any] | None,
) -> None:
    """The audit entry of a move: rule version, input version, reason (TRUST 12)."""
    append(
        actor=actor,
        at=at,
        action=f"case.{move.action}",
        kind="case",
        key=case.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        request_key=request_key,
        data={
            "stage": stage.id,
            "from": move.source.value,
            "to": move.target.value,
            "state": str(case.state),
            "reason": reason,
            "opened": list(opened),
            "pack": programme.edition.pack.digest[:16],
            "version": case.version,
            **(data or {}),
        },
    )
