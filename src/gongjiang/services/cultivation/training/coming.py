"""Who comes to an event: invite, sign up, wait, leave. Seats are counted in the event's own row, under its lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.models import Honour, TrainingEvent, TrainingPlace
from gongjiang.rules.cultivation.audience import may_come
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.services.audit.append import Told, append_many
from gongjiang.services.cultivation.scope import hands_of, need
from gongjiang.services.cultivation.scope import visible_to as honours_visible_to
from gongjiang.services.cultivation.training.queries import audience_of, candidate_of, get_event, own_event, runs
from gongjiang.services.messages.send import tell_all

State = TrainingPlace.State
MOST = 500
"""Artisans in one go."""


@dataclass(frozen=True)
class Outcome:
    """What became of one artisan: `state` of the place, or '' with why not."""

    honour: Honour
    state: str
    why: str = ""


@transaction.atomic
def sign_up(*, actor: Actor, at: datetime, event_id: int, honour_ids: Iterable[int]) -> tuple[Outcome, ...]:
    """Artisans get a seat, or wait for one in the order of signing up. By themselves, by who looks after them, or by
    who runs the event. Each gets an answer; nobody is refused for another's sake. NotFound for an event that one
    doesn't see; honours that one doesn't see are passed over."""
    event = _locked(get_event(actor, event_id).pk)
    audience, today = audience_of(event), timezone.localtime(at).date()
    there = {one.honour_id: one for one in TrainingPlace.objects.filter(event=event, honour_id__in=_some(honour_ids))}
    organiser = runs(actor, event)
    free = None if event.seats is None else event.seats - event.taken
    found: list[Outcome] = []
    taken: list[Outcome] = []
    for honour in _honours(actor, honour_ids):
        place = there.get(honour.pk)
        if place is not None and place.state in {State.SIGNED, State.WAITING}:
            found.append(Outcome(honour, place.state, "早已报名。"))
            continue
        if not organiser and not hands_of(actor, honour) & {Hand.ARTISAN, *KEEPING}:
            found.append(Outcome(honour, "", "由本人或所在单位报名。"))
            continue
        invited = place is not None and place.invited
        decision = may_come(audience, candidate_of(honour, invited=invited), today)
        if not decision.allowed:
            found.append(Outcome(honour, "", decision.reasons[0].text))
            continue
        seated = sum(one.state == State.SIGNED for one in taken)
        taken.append(Outcome(honour, State.SIGNED if free is None or seated < free else State.WAITING))
        found.append(taken[-1])
    _seat(event, sum(one.state == State.SIGNED for one in taken))
    _set(actor, at, event, taken, {key for key, place in there.items() if place.invited})
    _audit(actor, at, event, "training.sign", taken)
    _tell_signed(actor, at, event, found)
    return tuple(found)


@transaction.atomic
def invite(*, actor: Actor, at: datetime, event_id: int, honour_ids: Iterable[int]) -> tuple[Outcome, ...]:
    """Who runs a published event asks artisans to come; they or their units answer by signing up."""
    event = own_event(actor, event_id, lock=True)
    if event.state != TrainingEvent.State.OPEN:
        raise Refused("活动发布以后才能邀请。", "Publish it first.")
    there = {one.honour_id: one for one in TrainingPlace.objects.filter(event=event, honour_id__in=_some(honour_ids))}
    audience, today = audience_of(event), timezone.localtime(at).date()
    found: list[Outcome] = []
    for honour in _honours(actor, honour_ids):
        place = there.get(honour.pk)
        decision = may_come(audience, candidate_of(honour, invited=True), today)
        if place is not None and place.state != State.LEFT:
            found.append(Outcome(honour, place.state, "早已邀请或报名。"))
        elif not decision.allowed:
            found.append(Outcome(honour, "", decision.reasons[0].text))
        else:
            found.append(Outcome(honour, State.INVITED))
    asked = [one for one in found if one.state and not one.why]
    _set(actor, at, event, asked, {one.honour.pk for one in asked})
    _audit(actor, at, event, "training.invite", asked)
    people = [one.honour.subject.user_id for one in asked if one.honour.subject.user_id is not None]
    units = [one.honour.case.applying_unit_id for one in asked if one.honour.case is not None]
    text = f"邀请参加“{event.title}”，请报名或回复不参加。"
    tell_all(at=at, text=text, link=f"training:{event.pk}", user_ids=people, organisation_ids=filter(None, units))
    return tuple(found)


@transaction.atomic
def leave(*, actor: Actor, at: datetime, event_id: int, honour_id: int, reason: str = "") -> TrainingPlace:
    """Give a seat or an invitation back; the first who waits moves up. By the artisan, who looks after them, or who
    runs the event. A seat given back needs a reason. NotFound, NotAllowed, BadInput, Refused once it is over."""
    event = _locked(get_event(actor, event_id).pk)
    places = TrainingPlace.objects.select_related("honour__subject", "honour__case", "honour__edition__organiser")
    place = places.filter(event=event, honour_id=honour_id).first()
    if place is None:
        raise NotFound()
    if not runs(actor, event):
        if not honours_visible_to(actor).filter(pk=honour_id).exists():
            raise NotFound()
        need(actor, place.honour, Hand.ARTISAN, *sorted(KEEPING))
    if place.state == State.LEFT:
        return place
    if timezone.localtime(at).date() > event.last:
        raise Refused("活动已经结束，没有到的由主办单位在签到名单上记。", "It is over.")
    if place.presence.filter(here=True).exists():
        raise Refused("已经签到，不能再退出。", "Attended already.")
    said = reason.strip()[:200]
    if place.state == State.SIGNED and not said:
        raise BadInput("请写一句为什么不能参加，便于主办单位安排。", "Give the reason.", place="理由")
    if place.state == State.SIGNED:
        _seat(event, -1)
    place.state, place.by_id, place.at, place.version = State.LEFT, actor.user_id, at, place.version + 1
    place.save(update_fields=["state", "by", "at", "version"])
    event.refresh_from_db()
    fill_up(actor, at, event)
    _audit(actor, at, event, "training.leave", [Outcome(place.honour, State.LEFT)], reason=said)
    return place


def fill_up(actor: Actor, at: datetime, event: TrainingEvent) -> None:
    """Those who wait move up while there are seats, the earliest first. Inside the caller's transaction, the event
    locked."""
    if event.state != TrainingEvent.State.OPEN:
        return
    waiting = TrainingPlace.objects.filter(event=event, state=State.WAITING).order_by("at", "id")
    free = None if event.seats is None else max(0, event.seats - event.taken)
    moved = list(waiting.select_related("honour__subject")[:free])
    _seat(event, len(moved))
    rows = TrainingPlace.objects.filter(pk__in=[one.pk for one in moved], state=State.WAITING)
    rows.update(state=State.SIGNED, version=F("version") + 1)
    if moved:
        ids = [one.honour.subject.user_id for one in moved if one.honour.subject.user_id is not None]
        tell_all(
            at=at, text=f"“{event.title}”有了名额，您已由候补转为报名。", link=f"training:{event.pk}", user_ids=ids
        )
        _audit(actor, at, event, "training.move_up", [Outcome(one.honour, State.SIGNED) for one in moved])


def told_people(places: "QuerySet[TrainingPlace]") -> list[int]:
    """Accounts of the artisans of these places."""
    held = places.filter(honour__subject__user__isnull=False)
    return list(held.values_list("honour__subject__user_id", flat=True))


def _locked(event_id: int) -> TrainingEvent:
    return TrainingEvent.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=event_id)


def _seat(event: TrainingEvent, many: int) -> None:
    """Take so many seats (give back, below zero), compared with what was counted under the lock. The row's own CHECK
    holds the maximum."""
    if not many:
        return
    rows = TrainingEvent.objects.filter(pk=event.pk, taken=event.taken)
    if not rows.update(taken=F("taken") + many):
        raise Stale("刚刚有人报名，请再试一次。", "Seats were taken meanwhile.")
    event.taken += many


def _some(honour_ids: Iterable[int]) -> list[int]:
    found = list(dict.fromkeys(honour_ids))
    if len(found) > MOST:
        raise BadInput(f"一次最多 {MOST} 人，请分几次。", "Too many at once.", place="人员")
    return found


def _honours(actor: Actor, honour_ids: Iterable[int]) -> list[Honour]:
    rows = honours_visible_to(actor).filter(pk__in=_some(honour_ids)).distinct()
    return list(rows.select_related("subject", "case", "edition__organiser").order_by("pk"))


def _set(actor: Actor, at: datetime, event: TrainingEvent, done: list[Outcome], invited: set[int]) -> None:
    """Places as they are now, new or not."""
    said = {"event": event, "by_id": actor.user_id, "at": at}
    TrainingPlace.objects.bulk_create(
        [TrainingPlace(**said, honour=one.honour, state=one.state, invited=one.honour.pk in invited) for one in done],
        update_conflicts=True,
        unique_fields=["event", "honour"],
        update_fields=["state", "invited", "by", "at"],
    )


def _tell_signed(actor: Actor, at: datetime, event: TrainingEvent, found: list[Outcome]) -> None:
    """An artisan whom somebody else signed up learns of it."""
    ids = [
        one.honour.subject.user_id
        for one in found
        if one.state and not one.why and one.honour.subject.user_id not in (None, actor.user_id)
    ]
    tell_all(at=at, text=f"已为您报名“{event.title}”。", link=f"training:{event.pk}", user_ids=filter(None, ids))


def _audit(
    actor: Actor, at: datetime, event: TrainingEvent, action: str, done: list[Outcome], reason: str = ""
) -> None:
    told = [
        Told(
            event.pk,
            {
                "title": event.title,
                "honour": one.honour.pk,
                "state": str(one.state),
                **({"reason": reason} if reason else {}),
            },
            one.honour.case_id,
        )
        for one in done
    ]
    append_many(actor=actor, at=at, action=action, kind="training", told=told)
