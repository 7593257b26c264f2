"""Rounds of 测—学—践—评: begun, measured, closed; and what of them is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import ActivityEntry, CultivationFile, Honour, LearningRound, PowerScore, PracticeTask
from gongjiang.rules.cultivation.audience import COMING
from gongjiang.rules.cultivation.cycle import Measured, Moment, Round, Step, in_order, steps
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.services.cultivation.keeping import need_other, powers_of
from gongjiang.services.cultivation.scope import get_honour, row_about
from gongjiang.services.honours.note import note_honour

TEACHING = (*sorted(KEEPING), Hand.MENTOR)
"""Who measures and sets tasks."""
MOST = 20


@dataclass(frozen=True)
class RoundView:
    """A round with what of it is done. `measured`: scores by moment, as far as there are."""

    round: LearningRound
    steps: tuple[Step, ...]
    tasks: tuple[PracticeTask, ...]
    measured: Mapping[str, Mapping[str, Decimal]]
    hours: Decimal


def rounds_of(honour: Honour) -> list[RoundView]:
    """All rounds of an honour, the newest first. Whoever asks must see the honour. A fixed number of queries."""
    files = Prefetch("files", CultivationFile.objects.filter(removed_at=None).order_by("pk"))
    tasks = Prefetch("tasks", PracticeTask.objects.order_by("pk").prefetch_related(files))
    rows = list(LearningRound.objects.filter(honour=honour).prefetch_related("scores", tasks).order_by("-ordinal"))
    gained = _hours(honour, rows)
    return [_view(one, gained.get(one.pk, Decimal(0))) for one in rows]


def measured_of(views: Iterable[RoundView]) -> list[Measured]:
    """All measures in order, for the radar and the lines."""
    found = []
    for view in views:
        for moment, scores in view.measured.items():
            day = max(one.on for one in view.round.scores.all() if one.moment == moment)
            found.append(Measured(view.round.ordinal, Moment(moment), day, scores))
    return in_order(found)


@transaction.atomic
def begin_round(
    *, actor: Actor, at: datetime, honour_id: int, title: str, begun: date, hours: Decimal
) -> LearningRound:
    """Another round; the one before must be closed. NotFound, NotAllowed, BadInput, Refused."""
    honour = get_honour(actor, honour_id)
    need_other(actor, honour, *sorted(KEEPING))
    Honour.objects.select_for_update().get(pk=honour.pk)
    if honour.state not in COMING:
        raise Refused("称号已经终止或暂停，不再开始新的一轮。", "The honour doesn't stand.")
    if begun < honour.from_date:
        raise BadInput("不能早于命名或列为培育对象的日期。", "Before the honour.", place="开始日期")
    if not 0 <= hours <= 2000:
        raise BadInput("学时应在 0 到 2000 之间。", "Hours out of range.", place="应学学时")
    before = LearningRound.objects.filter(honour=honour).order_by("-ordinal").first()
    if before is not None and before.ended is None:
        raise Refused(f"“{before.title}”还没有结束，请先结束这一轮。", "One round at a time.")
    if before is not None and before.ended is not None and begun < before.ended:
        raise BadInput("不能早于上一轮的结束日期。", "Before the last round ended.", place="开始日期")
    ordinal = before.ordinal + 1 if before is not None else 1
    if ordinal > MOST:
        raise Refused(f"最多 {MOST} 轮。", "Too many rounds.")
    said = clean(title).strip()[:60] or f"第{ordinal}轮"
    made = LearningRound.objects.create(
        honour=honour, ordinal=ordinal, title=said, begun=begun, hours=hours, by_id=actor.user_id, at=at
    )
    _audit(actor, at, made, "round.begin")
    return made


@transaction.atomic
def end_round(*, actor: Actor, at: datetime, round_id: int, on: date) -> LearningRound:
    """Close a round that was evaluated, all its tasks settled."""
    one = seen_round(actor, round_id, lock=True)
    need_other(actor, one.honour, *sorted(KEEPING))
    if one.ended is not None:
        return one
    if on < one.begun:
        raise BadInput("结束日期早于开始日期。", "It ends before it begins.", place="结束日期")
    if not one.scores.filter(moment=Moment.EVALUATION).exists():
        raise Refused("还没有评价，不能结束这一轮。", "Evaluate it first.")
    if one.tasks.exclude(state=PracticeTask.State.ACCEPTED).exists():
        raise Refused("还有实践任务没有验收，请先验收或删去。", "Tasks are open.")
    one.ended = on
    one.save(update_fields=["ended"])
    _audit(actor, at, one, "round.end")
    return one


@transaction.atomic
def measure(
    *, actor: Actor, at: datetime, round_id: int, moment: str, on: date, scores: Mapping[str, Decimal]
) -> LearningRound:
    """Scores of some or all powers at one moment of a round that runs; those given again take the old ones' place,
    which the audit log keeps. The evaluation comes after the entry test. Raises as above."""
    one = seen_round(actor, round_id, lock=True)
    need_other(actor, one.honour, *TEACHING)
    if one.ended is not None:
        raise Refused("这一轮已经结束，分数不能再改。", "The round is closed.")
    if moment not in PowerScore.Moment.values or not scores:
        raise BadInput("请至少填一项分数。", "Give a score.", place="分数")
    if strange := set(scores) - set(powers_of(one.honour)):
        raise BadInput(f"没有“{min(strange)}”这一力。", "No such power.", place="分数")
    if not one.begun <= on <= timezone.localtime(at).date():
        raise BadInput("日期应在这一轮开始之后、今天以前。", "A day within the round.", place="日期")
    if moment == Moment.EVALUATION and not one.scores.filter(moment=Moment.ENTRY).exists():
        raise Refused("先记入学测评，才能评价。", "Test before you evaluate.")
    before = {row.power: str(row.score) for row in one.scores.filter(moment=moment)}
    said = {"round": one, "moment": moment, "on": on, "by_id": actor.user_id, "at": at}
    PowerScore.objects.bulk_create(
        [PowerScore(**said, power=power, score=score) for power, score in scores.items()],
        update_conflicts=True,
        unique_fields=["round", "moment", "power"],
        update_fields=["score", "on", "by", "at"],
    )
    changed = {power: [before.get(power), str(score)] for power, score in scores.items()}
    _audit(actor, at, one, "round.measure", moment=str(moment), scores=changed)
    return one


def seen_round(actor: Actor, round_id: int, *, lock: bool = False) -> LearningRound:
    """One round of an honour that the actor sees, perhaps locked; NotFound for others."""
    return row_about(actor, LearningRound.objects.all(), "honour", round_id, lock=lock)


def _view(one: LearningRound, hours: Decimal) -> RoundView:
    measured: dict[str, dict[str, Decimal]] = {}
    for row in sorted(one.scores.all(), key=lambda row: row.pk):
        measured.setdefault(row.moment, {})[row.power] = row.score
    tasks = tuple(one.tasks.all())
    accepted = sum(row.state == PracticeTask.State.ACCEPTED for row in tasks)
    facts = Round(
        tested=Moment.ENTRY in measured,
        wanted=one.hours,
        hours=hours,
        tasks=len(tasks),
        accepted=accepted,
        evaluated=Moment.EVALUATION in measured,
        over=one.ended is not None,
    )
    return RoundView(one, steps(facts), tasks, measured, hours)


def _hours(honour: Honour, rows: list[LearningRound]) -> dict[int, Decimal]:
    """Confirmed learning hours of each round's days, out of the one log."""
    if not rows:
        return {}
    within = {
        f"r{one.pk}": Sum("hours", filter=Q(on__gte=one.begun) & (Q(on__lte=one.ended) if one.ended else Q()))
        for one in rows
    }
    said = _confirmed(honour).aggregate(**within)
    return {one.pk: said[f"r{one.pk}"] or Decimal(0) for one in rows}


def _confirmed(honour: Honour) -> "QuerySet[ActivityEntry]":
    return ActivityEntry.objects.filter(honour=honour, state=ActivityEntry.State.CONFIRMED)


@dataclass(frozen=True)
class Learnt:
    """What the log comes to: `kinds`: (kind, how often, hours, people)."""

    kinds: tuple[tuple[str, int, Decimal, int], ...]

    @property
    def times(self) -> int:
        """Entries in all."""
        return sum(n for _, n, _, _ in self.kinds)

    @property
    def hours(self) -> Decimal:
        """Learning hours in all."""
        return sum((hours for _, _, hours, _ in self.kinds), Decimal(0))

    @property
    def people(self) -> int:
        """People reached in all."""
        return sum(people for _, _, _, people in self.kinds)


def learnt(honour: Honour) -> Learnt:
    """Sums of the confirmed entries by kind. One query."""
    rows = _confirmed(honour).values("kind").annotate(n=Count("id"), h=Sum("hours"), p=Sum("people")).order_by("kind")
    return Learnt(tuple((row["kind"], row["n"], row["h"] or Decimal(0), row["p"] or 0) for row in rows))


def _audit(actor: Actor, at: datetime, one: LearningRound, action: str, **data: object) -> None:
    told = {"honour": one.honour_id, "title": one.title, **data}
    note_honour(actor, at, one.honour, action, told, kind="round", key=one.pk)
