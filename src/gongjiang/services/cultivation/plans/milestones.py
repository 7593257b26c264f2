"""What became of a milestone: done, with a note and evidence; confirmed by a keeper; opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.models import Honour, Milestone
from gongjiang.rules.cultivation.hands import KEEPING, WORKING
from gongjiang.services.cultivation.files import Owner, Sent, keep_files
from gongjiang.services.cultivation.keeping import looks_after, need_other
from gongjiang.services.cultivation.scope import get_honour, need
from gongjiang.services.cultivation.writing import LIVING, words, write
from gongjiang.services.honours.note import note_honour
from gongjiang.services.messages.send import tell

State = Milestone.State


@dataclass(frozen=True)
class Done:
    """What is said of a milestone that is done."""

    on: date | None
    note: str = ""
    files: Sequence[Sent] = ()


def milestone_of(actor: Actor, honour_id: int, milestone_id: int) -> tuple[Honour, Milestone]:
    """One milestone of an honour that the actor sees."""
    honour = get_honour(actor, honour_id)
    row = Milestone.objects.filter(pk=milestone_id, honour=honour).first()
    if row is None:
        raise NotFound()
    row.honour = honour
    return honour, row


@transaction.atomic
def finish(
    *, actor: Actor, at: datetime, honour_id: int, milestone_id: int, version: int | None, done: Done
) -> Milestone:
    """It is done. Said by the artisan or a mentor it waits to be confirmed. Raises BadInput, Stale, Refused."""
    honour, row = milestone_of(actor, honour_id, milestone_id)
    hands = need(actor, honour, *sorted(WORKING))
    if honour.state not in LIVING or row.dropped:
        raise Refused("这个节点已不在执行中的方案里。", "Not in the plan in force.")
    if done.on is None:
        raise BadInput("请填写完成日期。", "Give the day.", place="完成日期")
    if not honour.from_date <= done.on <= timezone.localtime(at).date():
        raise BadInput("完成日期应在培育开始以后、今天以前。", "Between the begin and today.", place="完成日期")
    note = words(done.note, "完成情况")
    state = State.DONE if looks_after(hands) else State.CLAIMED
    _set(row, version, {State.OPEN}, state=state, done_on=done.on, note=note, by_id=actor.user_id, at=at)
    keep_files(actor=actor, at=at, owner=Owner(milestone=row), files=done.files)
    _audit(actor, at, row, "finish", {"files": len(done.files)})
    return row


@transaction.atomic
def confirm(*, actor: Actor, at: datetime, honour_id: int, milestone_id: int, version: int | None) -> Milestone:
    """Who looks after the artisan confirms what was said to be done."""
    honour, row = milestone_of(actor, honour_id, milestone_id)
    need_other(actor, honour, *sorted(KEEPING))
    _set(row, version, {State.CLAIMED}, state=State.DONE)
    _audit(actor, at, row, "confirm", {})
    return row


@transaction.atomic
def reopen(
    *, actor: Actor, at: datetime, honour_id: int, milestone_id: int, version: int | None, reason: str
) -> Milestone:
    """It is not done after all, for a reason that the artisan is told. Note and evidence stay to be mended."""
    honour, row = milestone_of(actor, honour_id, milestone_id)
    need_other(actor, honour, *sorted(KEEPING))
    why = words(reason, "理由", 200)
    _set(row, version, {State.CLAIMED, State.DONE}, state=State.OPEN, done_on=None)
    _audit(actor, at, row, "reopen", {"reason": why})
    text = f"培育节点“{row.title[:60]}”请补充后再报：{why}"
    tell(at=at, text=text, link="mine", user_id=honour.subject.user_id, headline="一个培育节点被退回")
    return row


def _set(row: Milestone, version: int | None, before: set[State], **changes: object) -> None:
    if row.state not in before:
        raise Refused(f"这个节点{row.get_state_display()}。", "Not from here.")
    write(row, "这个节点", version, **changes)


def _audit(actor: Actor, at: datetime, row: Milestone, action: str, data: dict[str, object]) -> None:
    told = {"honour": row.honour_id, "key": row.key, **data}
    note_honour(actor, at, row.honour, f"milestone.{action}", told, kind="milestone", key=row.pk)
