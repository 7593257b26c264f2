"""Scores by power for everybody who comes to an event, from one sheet: 入学测评 or 结业评价 of a whole camp."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.models import LearningRound, PowerScore, TrainingEvent, TrainingPlace
from gongjiang.services.cultivation.keeping import powers_of
from gongjiang.services.cultivation.training.queries import own_event
from gongjiang.services.cultivation.training.rounds import begin_round, measure

MOST = 200
"""People on one sheet."""


@dataclass(frozen=True)
class Line:
    """One who comes: their running round, if any, and the scores it has at the moment asked for."""

    place: TrainingPlace
    round: LearningRound | None
    scores: Mapping[str, Decimal]


def score_sheet(actor: Actor, event_id: int, moment: str) -> tuple[TrainingEvent, tuple[str, ...], list[Line]]:
    """The event, its powers and everybody with a seat, by name. NotFound, NotAllowed. A fixed number of queries."""
    event = own_event(actor, event_id)
    related = ("honour__subject", "honour__case__applying_unit", "honour__edition__organiser")
    rows = TrainingPlace.objects.filter(event=event, state=TrainingPlace.State.SIGNED).select_related(*related)
    places = list(rows.order_by("honour__name", "pk")[:MOST])
    running = LearningRound.objects.filter(honour__in=[one.honour_id for one in places], ended=None)
    rounds = {one.honour_id: one for one in running}
    held: dict[int, dict[str, Decimal]] = {}
    for row in PowerScore.objects.filter(round__in=rounds.values(), moment=moment):
        held.setdefault(row.round_id, {})[row.power] = row.score
    powers = powers_of(places[0].honour) if places else ()
    return event, powers, [Line(one, rounds.get(one.honour_id), _held(rounds, held, one)) for one in places]


@transaction.atomic
def score_many(
    *,
    actor: Actor,
    at: datetime,
    event_id: int,
    moment: str,
    on: date,
    scores: Mapping[int, Mapping[str, Decimal]],
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Scores by place and power. Whoever has no round that runs begins one, named after the event. How many were
    measured, and (name, why not) of the others: nobody is refused for another's sake."""
    event, _, lines = score_sheet(actor, event_id, moment)
    if not any(scores.values()):
        raise BadInput("请至少填一个人的一项分数。", "Give a score.", place="分数")
    done, refused = 0, []
    for line in lines:
        given = scores.get(line.place.pk)
        if not given or given == line.scores:
            continue
        honour = line.place.honour
        try:
            with transaction.atomic():
                one = line.round or begin_round(
                    actor=actor, at=at, honour_id=honour.pk, title=event.title[:60], begun=min(on, event.first),
                    hours=Decimal(0),
                )  # fmt: skip
                measure(actor=actor, at=at, round_id=one.pk, moment=moment, on=on, scores=given)
            done += 1
        except GongjiangError as problem:
            refused.append((honour.name, problem.text))
    return done, tuple(refused)


def _held(
    rounds: Mapping[int, LearningRound], held: Mapping[int, Mapping[str, Decimal]], place: TrainingPlace
) -> Mapping[str, Decimal]:
    one = rounds.get(place.honour_id)
    return held.get(one.pk, {}) if one is not None else {}
