"""Sessions of an event: added, taken away, their codes."""

import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import TrainingEvent, TrainingSession
from gongjiang.rules.cultivation.presence import DIGITS, code_of
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.training.queries import own_event, visible_to

MOST = 200


@dataclass(frozen=True)
class Sitting:
    """One sitting as it is planned; `hours`: the learning hours it counts."""

    title: str
    starts: datetime
    ends: datetime
    hours: Decimal = Decimal(0)
    place: str = ""


@transaction.atomic
def add_sessions(*, actor: Actor, at: datetime, event_id: int, sittings: list[Sitting]) -> list[TrainingSession]:
    """More sessions. BadInput where one lies outside the days of the event."""
    event = own_event(actor, event_id, lock=True)
    if event.sessions.count() + len(sittings) > MOST:
        raise BadInput(f"一项活动最多 {MOST} 次。", "Too many sessions.", place="日程")
    for one in sittings:
        _check(event, one)
    made = [_make(event, one) for one in sittings]
    _audit(actor, at, event, "training.sessions", n=len(made))
    return made


@transaction.atomic
def remove_session(*, actor: Actor, at: datetime, session_id: int) -> TrainingEvent:
    """Take a session away that nobody has attended."""
    session = own_session(actor, session_id)
    if session.presence.filter(here=True).exists():
        raise Refused("已有人签到，不能删去这一次。", "Somebody attended it.")
    event = session.event
    _audit(actor, at, event, "training.session_gone", session=session.title)
    session.delete()
    return event


@transaction.atomic
def renew_code(*, actor: Actor, at: datetime, session_id: int) -> TrainingSession:
    """Another code, where the old one went around outside the room."""
    session = own_session(actor, session_id)
    session.code = _code()
    session.save(update_fields=["code"])
    _audit(actor, at, session.event, "training.code", session=session.title)
    return session


def own_session(actor: Actor, session_id: int) -> TrainingSession:
    """One session of an event that the actor runs; NotFound, NotAllowed."""
    seen = TrainingSession.objects.filter(event__in=visible_to(actor))
    session = seen.select_related("event__organisation").filter(pk=session_id).first()
    if session is None:
        raise NotFound()
    own_event(actor, session.event_id)
    return session


def add_whole(event: TrainingEvent) -> TrainingSession:
    """The one occasion of an activity: all of its days."""
    starts, ends = _days(event)
    return _make(event, Sitting(event.title, starts, ends))


def follow_days(event: TrainingEvent) -> None:
    """The one occasion of an activity moves with it; sessions of a camp keep their days."""
    if event.sessions.count() == 1 and event.kind not in {"camp", "course"}:
        starts, ends = _days(event)
        event.sessions.update(title=event.title, starts=starts, ends=ends)


def _days(event: TrainingEvent) -> tuple[datetime, datetime]:
    starts = timezone.make_aware(datetime.combine(event.first, time()))
    return starts, timezone.make_aware(datetime.combine(event.last + timedelta(days=1), time()))


def _check(event: TrainingEvent, one: Sitting) -> None:
    if not clean(one.title).strip():
        raise BadInput("请写这一次的内容。", "Give a title.", place="内容")
    if one.ends <= one.starts:
        raise BadInput("结束时间应晚于开始时间。", "It ends before it starts.", place="时间")
    first, last = timezone.localtime(one.starts).date(), timezone.localtime(one.ends).date()
    if first < event.first or last > event.last:
        raise BadInput(
            f"时间应在活动的日期（{event.first:%Y-%m-%d} 至 {event.last:%Y-%m-%d}）以内。",
            "Outside the event.",
            place="时间",
        )
    if not 0 <= one.hours <= 24 * 7:
        raise BadInput("学时应在 0 到 168 之间。", "Hours out of range.", place="学时")


def _make(event: TrainingEvent, one: Sitting) -> TrainingSession:
    return TrainingSession.objects.create(
        event=event, title=clean(one.title).strip()[:80], starts=one.starts, ends=one.ends, hours=one.hours,
        place=clean(one.place).strip()[:120], code=_code(),
    )  # fmt: skip


def _code() -> str:
    return code_of(secrets.randbelow(10**DIGITS))


def _audit(actor: Actor, at: datetime, event: TrainingEvent, action: str, **data: object) -> None:
    append(actor=actor, at=at, action=action, kind="training", key=event.pk, data={"title": event.title, **data})
