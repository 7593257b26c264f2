"""Practice tasks of a round: set, handed in with evidence, accepted or given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import LearningRound, PracticeTask
from gongjiang.services.cultivation import log
from gongjiang.services.cultivation.files import Owner, Sent, keep_files
from gongjiang.services.cultivation.keeping import need_other, powers_of
from gongjiang.services.cultivation.scope import row_about
from gongjiang.services.cultivation.training.rounds import TEACHING, seen_round
from gongjiang.services.honours.note import note_honour
from gongjiang.services.messages.send import tell

State = PracticeTask.State
OPEN = frozenset({State.SET, State.RETURNED})
MOST = 50


@dataclass(frozen=True)
class Asked:
    """What a task asks; `hours`: the learning hours it counts once accepted."""

    title: str
    what: str = ""
    power: str = ""
    due: date | None = None
    hours: Decimal = Decimal(0)


@transaction.atomic
def set_task(*, actor: Actor, at: datetime, round_id: int, asked: Asked) -> PracticeTask:
    """A task in a round that runs. NotFound, NotAllowed, BadInput, Refused."""
    one = seen_round(actor, round_id, lock=True)
    need_other(actor, one.honour, *TEACHING)
    _running(one)
    title, what = clean(asked.title).strip(), clean(asked.what).strip()
    if not title or len(title) > 80:
        raise BadInput("请写任务的名称，80 字以内。", "Name the task.", place="任务")
    if len(what) > 500:
        raise BadInput("最多 500 字。", "Too long.", place="要求")
    if asked.power and asked.power not in powers_of(one.honour):
        raise BadInput("请选择对应的一力。", "No such power.", place="对应")
    if asked.due is not None and asked.due < timezone.localtime(at).date():
        raise BadInput("期限已经过了。", "The day has gone by.", place="完成期限")
    if not 0 <= asked.hours <= 500:
        raise BadInput("学时应在 0 到 500 之间。", "Hours out of range.", place="学时")
    if one.tasks.count() >= MOST:
        raise Refused(f"一轮最多 {MOST} 项任务。", "Too many tasks.")
    task = PracticeTask.objects.create(
        round=one, title=title, what=what, power=asked.power, due=asked.due, hours=asked.hours,
        by_id=actor.user_id, at=at,
    )  # fmt: skip
    _audit(actor, at, task, "task.set")
    _tell_artisan(at, task, f"有一项新的实践任务：{task.title}")
    return task


@transaction.atomic
def drop_task(*, actor: Actor, at: datetime, task_id: int, version: int) -> LearningRound:
    """Take back a task that nobody has worked on."""
    task = seen_task(actor, task_id, lock=True)
    need_other(actor, task.round.honour, *TEACHING)
    _at(task, version)
    if task.state != State.SET:
        raise Refused("已经提交过的任务不能删去，可以退回或验收。", "It was handed in.")
    _audit(actor, at, task, "task.drop")
    task.delete()
    return task.round


@transaction.atomic
def hand_in(
    *, actor: Actor, at: datetime, task_id: int, version: int, text: str, files: Sequence[Sent] = ()
) -> PracticeTask:
    """The artisan hands in what was done, with evidence. Nobody does it for them."""
    task = seen_task(actor, task_id, lock=True)
    if task.round.honour.subject.user_id != actor.user_id or actor.user_id is None:
        raise NotAllowed("实践任务由本人提交。", "The artisan hands it in.")
    _running(task.round)
    _at(task, version)
    if task.state not in OPEN:
        raise Stale("已经提交，请等待验收。", "Handed in already.")
    said = clean(text).strip()
    if not said or len(said) > 1000:
        raise BadInput("请写完成情况，1000 字以内。", "Say what was done.", place="完成情况")
    task.text, task.state, task.handed_at = said, State.HANDED, at
    _save(task, "text", "state", "handed_at")
    keep_files(actor=actor, at=at, owner=Owner(task=task), files=files)
    _audit(actor, at, task, "task.hand_in")
    if task.by_id is not None:
        link = f"growth:{task.round.honour_id}"
        tell(at=at, user_id=task.by_id, text=f"{task.round.honour.name}提交了实践任务“{task.title}”。", link=link)
    return task


@transaction.atomic
def judge_task(
    *, actor: Actor, at: datetime, task_id: int, version: int, accepted: bool, note: str = ""
) -> PracticeTask:
    """A mentor or who looks after the artisan accepts what was handed in, then it stands in the log; or gives it back
    with what is missing."""
    task = seen_task(actor, task_id, lock=True)
    need_other(actor, task.round.honour, *TEACHING)
    _at(task, version)
    if task.state != State.HANDED:
        raise Stale("这项任务不在待验收，请刷新。", "Nothing to judge.")
    said = clean(note).strip()[:300]
    if not accepted and not said:
        raise BadInput("请写明要修改什么。", "Say what to mend.", place="验收意见")
    task.note, task.state = said, State.ACCEPTED if accepted else State.RETURNED
    _save(task, "note", "state")
    if accepted:
        on = timezone.localtime(task.handed_at or at).date()
        doing = log.Doing(
            kind="practice", title=task.title, on=on, hours=task.hours or None, power=task.power, note=task.text[:500]
        )
        log.record(actor=actor, at=at, honour=task.round.honour, doing=doing, source=f"practice:{task.pk}")
    _audit(actor, at, task, "task.accept" if accepted else "task.return", note=said)
    _tell_artisan(at, task, f"实践任务“{task.title}”{'已验收' if accepted else '退回修改'}。")
    return task


def seen_task(actor: Actor, task_id: int, *, lock: bool = False) -> PracticeTask:
    """One task of an honour that the actor sees, perhaps locked; NotFound for others."""
    return row_about(actor, PracticeTask.objects.all(), "round__honour", task_id, lock=lock)


def _running(one: LearningRound) -> None:
    if one.ended is not None:
        raise Refused("这一轮已经结束。", "The round is closed.")


def _at(task: PracticeTask, version: int) -> None:
    if task.version != version:
        raise Stale("这项任务刚刚变了，请刷新后重试。", "It changed meanwhile.")


def _save(task: PracticeTask, *fields: str) -> None:
    task.version += 1
    task.save(update_fields=[*fields, "version"])


def _tell_artisan(at: datetime, task: PracticeTask, text: str) -> None:
    link = f"growth:{task.round.honour_id}"
    tell(at=at, user_id=task.round.honour.subject.user_id, text=text, link=link)


def _audit(actor: Actor, at: datetime, task: PracticeTask, action: str, **data: object) -> None:
    honour = task.round.honour
    note_honour(actor, at, honour, action, {"honour": honour.pk, "title": task.title, **data}, kind="task", key=task.pk)
