"""Decide an objection: one of the pack's outcomes, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
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
from gongjiang.services.public_notices.telling import tell_handlers, tell_parties


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

    An outcome that strikes somebody is only proposed by this: an approver who is somebody else confirms it. Raises
    Refused when nothing was verified yet, BadInput for an outcome that the pack doesn't have or a missing answer.
    """
    objection, programme, stage = held(objection_id, version)
    chosen = _outcome(stage, outcome)
    strikes = Step.STRIKE in steps_of(chosen.effects)
    require_handler(actor, programme, stage, objection.entry.case)
    require_state(objection, State.ADMITTED, State.VERIFYING)
    found = clean(finding).strip() or objection.finding
    if not found:
        raise Refused("请先写明核实情况，再作决定。", "Say first what was found.", place="核实情况")
    told = clean(answer).strip()
    if not told:
        raise BadInput("请写明给反映人的答复。", "Write the answer.", place="答复")
    ground = clean(basis).strip()[:200]
    objection.finding = found[:4000]
    if strikes:
        if not ground:
            raise BadInput("取消资格由集体决定，请写明会议或文号。", "Name the decision it rests on.", place="决定依据")
        return Decided(_propose(actor, at, programme, stage, objection, chosen, told[:4000], ground))
    if Step.ANSWER in steps_of(chosen.effects):
        about = objection.entry.case
        tell_parties(about, at, f"对{about.title}公示的异议已核实办结：{chosen.label}，人选不变。")
    _close(actor, at, programme, objection, chosen, told[:4000], ground)
    return Decided(objection)


@transaction.atomic
def confirm(*, actor: Actor, at: datetime, objection_id: int, version: int | None = None) -> Decided:
    """取消资格, second: an approver, another person than who proposed it. Decided, and carried out in the same moment.
    Refused while nothing is proposed."""
    objection, programme, stage = held(objection_id, version)
    require_handler(actor, programme, stage, objection.entry.case, deciding=True)
    require_state(objection, State.ADMITTED, State.VERIFYING)
    if objection.proposed_by_id is None:
        raise Refused("还没有人提出取消资格。", "Nobody has proposed it.")
    if actor.user_id is None or objection.proposed_by_id == actor.user_id:
        raise NotAllowed("取消资格须由另一位审批人员批准，提出的人不能自己批准。", "A second person must approve.")
    chosen = _outcome(stage, objection.proposed)
    steps = steps_of(chosen.effects)
    lock(programme)
    moved, about = None, objection.entry.case
    places = places_of(programme, about) if Step.CANCEL_PLACE in steps else []
    why = f"{objection.receipt}：{chosen.label}"
    struck = _strike(actor, at, programme, stage, about, why)
    if struck and places:
        cancel_places(actor=actor, at=at, programme=programme, case=about, seats=places, reason=why)
    if struck and Step.MOVE_UP in steps:
        moved = move_up(actor=actor, at=at, programme=programme, stage=stage, struck=about)
    if struck:
        tell_parties(about, at, f"{about.title}在公示期间经核实取消资格。")
        Case.objects.filter(pk=about.pk).update(standing="")  # falls by this recorded effect only
    if moved is not None and moved.case is not None:
        tell_parties(moved.case, at, f"{moved.case.title}按次序递补，进入公示。")
    if moved is not None:
        objection.finding += f"\n{moved.sentence}"
    _close(actor, at, programme, objection, chosen, objection.proposed_answer, objection.proposed_basis)
    return Decided(objection, struck, moved)


def _propose(
    actor: Actor, at: datetime, programme: Programme, stage: Publish, objection: Objection, chosen: Outcome,
    answer: str, basis: str,
) -> Objection:  # fmt: skip
    text = f"异议 {objection.receipt} 拟取消资格，须由另一位审批人员批准。"
    tell_handlers(programme, stage, at, text, objection.pk, unit=objection.entry.notice.unit_id)
    told = (Kind.SUGGEST, f"{chosen.label}；{basis}")
    return write(
        actor, at, programme, objection, "propose", told,
        state=State.VERIFYING, finding=objection.finding, proposed=chosen.id, proposed_answer=answer,
        proposed_basis=basis, proposed_by_id=actor.user_id,
    )  # fmt: skip


def _close(
    actor: Actor, at: datetime, programme: Programme, objection: Objection, chosen: Outcome, answer: str, basis: str
) -> None:
    """Decided; a proposal that came to nothing falls away."""
    strikes = Step.STRIKE in steps_of(chosen.effects)
    dropped = {} if strikes else {"proposed": "", "proposed_answer": "", "proposed_basis": "", "proposed_by_id": None}
    told = (Kind.DECIDE, "；".join(one for one in (chosen.label, basis) if one))
    write(
        actor, at, programme, objection, "decide", told,
        state=State.DECIDED, outcome=chosen.id, finding=objection.finding, answer=answer, basis=basis,
        decided_at=at, decided_by_id=actor.user_id, **dropped,
    )  # fmt: skip


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
