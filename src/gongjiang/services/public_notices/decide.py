"""Decide an objection: one of the pack's outcomes, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, NoticeEntry, Objection, StageRow
from gongjiang.rules.honours.effects import Step, steps_of, unfit
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.publish import Outcome, Publish
from gongjiang.services.nominations.answer_for import cancel_places, places_of
from gongjiang.services.nominations.transition import carry_out, move_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.authority import require_handler, taking
from gongjiang.services.public_notices.build import after_commit
from gongjiang.services.public_notices.handle import State, held, require_state, write
from gongjiang.services.public_notices.publish import lock
from gongjiang.services.public_notices.steps import Kind
from gongjiang.services.public_notices.substitute import MovedUp, move_up
from gongjiang.services.public_notices.telling import tell_parties


@dataclass(frozen=True)
class Decided:
    """The matter as decided, whether the person was struck, and who took the place."""

    objection: Objection
    struck: bool = False
    moved: MovedUp | None = None


@transaction.atomic
def decide(
    *,
    actor: Actor,
    at: datetime,
    objection_id: int,
    outcome: str,
    answer: str,
    finding: str = "",
    basis: str = "",
    version: int | None = None,
) -> Decided:
    """Close the matter with an outcome of the pack. `answer` is what the objector reads; `finding` stays inside;
    `basis`: the meeting or document in which the body decided, without which nobody is struck.

    An outcome that strikes somebody is for approvers. Raises Refused when nothing was verified yet,
    BadInput for an outcome that the pack doesn't have or a missing answer.
    """
    objection, programme, stage = held(objection_id, version)
    chosen = _outcome(stage, outcome)
    steps = steps_of(chosen.effects)
    require_handler(actor, programme, stage, objection.entry.case, deciding=Step.STRIKE in steps)
    require_state(objection, State.ADMITTED, State.VERIFYING)
    found = clean(finding).strip() or objection.finding
    if not found:
        raise Refused("请先写明核实情况，再作决定。", "Say first what was found.", place="核实情况")
    told = clean(answer).strip()
    if not told:
        raise BadInput("请写明给反映人的答复。", "Write the answer.", place="答复")
    ground = clean(basis).strip()[:200]
    if Step.STRIKE in steps and not ground:
        raise BadInput("取消资格由集体决定，请写明会议或文号。", "Name the decision it rests on.", place="决定依据")
    lock(programme)
    struck, moved = False, None
    about = objection.entry.case
    places = places_of(programme, about) if Step.CANCEL_PLACE in steps else []
    if Step.STRIKE in steps:
        struck = _strike(actor, at, programme, stage, objection.entry.case, f"{objection.receipt}：{chosen.label}")
    if struck and places:
        why = f"{objection.receipt}：{chosen.label}"
        cancel_places(actor=actor, at=at, programme=programme, case=about, seats=places, reason=why)
    if struck and Step.MOVE_UP in steps:
        moved = move_up(actor=actor, at=at, programme=programme, stage=stage, struck=objection.entry.case)
    if struck:
        tell_parties(objection.entry.case, at, f"{objection.entry.case.title}在公示期间经核实取消资格。")
        Case.objects.filter(pk=objection.entry.case_id).update(standing="")  # falls by this recorded effect only
    if moved is not None and moved.case is not None:
        tell_parties(moved.case, at, f"{moved.case.title}按次序递补，进入公示。")
    if not struck and Step.ANSWER in steps:
        tell_parties(about, at, f"对{about.title}公示的异议已核实办结：{chosen.label}，人选不变。")
    write(
        actor,
        at,
        programme,
        objection,
        "decide",
        (Kind.DECIDE, "；".join(one for one in (chosen.label, ground) if one)),
        state=State.DECIDED,
        outcome=chosen.id,
        finding=found[:4000] + (f"\n{moved.sentence}" if moved is not None else ""),
        answer=told[:4000],
        basis=ground,
        decided_at=at,
        decided_by_id=actor.user_id,
    )
    return Decided(objection, struck, moved)


def _outcome(stage: Publish, name: str) -> Outcome:
    """An outcome that can be carried out: an edition whose pack names others doesn't open."""
    known = taking(stage).outcomes
    for one in known:
        if one.id == name:
            problems = unfit(one.effects)
            if problems:
                raise Refused("；".join(problems), "This outcome can't be carried out.", place=one.label)
            return one
    raise BadInput(f"处理结果只能选：{'、'.join(one.label for one in known)}", "No such outcome.", place="处理结果")


def _strike(actor: Actor, at: datetime, programme: Programme, stage: Publish, case: Case, reason: str) -> bool:
    """取消资格, once: a second matter about the same person finds them struck already. Restarts nobody's clock."""
    row = StageRow.objects.get(case=case, stage=stage.id)
    if row.state == RowState.STRUCK:
        return False
    carry_out(
        actor=actor,
        at=at,
        programme=programme,
        case=case,
        row=row,
        stage=stage,
        move=move_of(stage, "strike"),
        reason=reason,
        data={"standing": case.standing},
    )
    entries = NoticeEntry.objects.filter(case=case, notice__stage=stage.id)
    entries.exclude(state=NoticeEntry.State.STRUCK).update(state=NoticeEntry.State.STRUCK, note="经核实取消资格")
    after_commit(entries.values_list("notice_id", flat=True), at)
    return True
