"""Attendance: by the code of a session, within its time, or by the organiser's list. Hours go into the log."""

import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.models import Honour, SessionPresence, TrainingEvent, TrainingPlace, TrainingSession
from gongjiang.rules.cultivation.presence import TRIES, Attended, Heard, in_window, judge, sum_of
from gongjiang.services.audit.append import Told, append_many
from gongjiang.services.cultivation import log
from gongjiang.services.cultivation.training.sessions import own_session

Signed = TrainingPlace.State.SIGNED


def now_open(actor: Actor, at: datetime) -> list[tuple[TrainingSession, SessionPresence | None]]:
    """Sessions in whose time we are and at which the actor has a seat, with what is known of them. Two queries."""
    held = TrainingPlace.objects.filter(
        honour__subject__user_id=actor.user_id or 0, state=Signed, event__state=TrainingEvent.State.OPEN
    )
    rows = TrainingSession.objects.filter(event__places__in=held, starts__lt=at + timedelta(hours=1), ends__gt=at)
    found = [one for one in rows.select_related("event").distinct() if in_window(one.starts, one.ends, at)]
    known = {one.session_id: one for one in SessionPresence.objects.filter(place__in=held, session__in=found)}
    return [(one, known.get(one.pk)) for one in sorted(found, key=lambda one: (one.starts, one.pk))]


def sign_in(*, actor: Actor, at: datetime, session_id: int, code: str) -> TrainingSession:
    """The artisan types the code of a session. A wrong one counts, and five are the end of guessing.
    NotFound without a seat there; Refused outside its time or after the last try; BadInput for a wrong code."""
    heard, session, left = _hear(actor=actor, at=at, session_id=session_id, code=code)
    if heard is Heard.TAKEN:
        return session
    if heard is Heard.WRONG and left:
        raise BadInput(f"签到码不对，还可以试 {left} 次。", "A wrong code.", place="签到码")
    words = {
        Heard.EARLY: "还没有到签到时间，开始前 30 分钟起可以签到。",
        Heard.OVER: "签到时间已过，请主办单位在名单上补记。",
    }
    text = words.get(heard, f"签到码已经错了 {TRIES} 次，请到主办单位的签到名单上签到。")
    raise Refused(text, "No code is taken now.", place="签到码")


@transaction.atomic
def _hear(*, actor: Actor, at: datetime, session_id: int, code: str) -> tuple[Heard, TrainingSession, int]:
    """What becomes of a code: a try that failed is kept as well, so nothing is raised in here."""
    session = TrainingSession.objects.select_related("event").filter(pk=session_id).first()
    mine = TrainingPlace.objects.filter(
        event_id=session.event_id if session else 0, state=Signed, honour__subject__user_id=actor.user_id or 0
    )
    place = mine.select_for_update(of=("self",)).select_related("honour").order_by("pk").first()
    if session is None or place is None or session.event.state != TrainingEvent.State.OPEN:
        raise NotFound("没有找到这次签到。请先报名，或请主办单位在名单上记。")
    known, _ = SessionPresence.objects.get_or_create(session=session, place=place)
    if known.here:
        return Heard.TAKEN, session, 0
    typed = "".join(unicodedata.normalize("NFKC", code).split())
    heard = judge(typed, session.code, known.tries, session.starts, session.ends, at)
    if heard is Heard.WRONG:
        SessionPresence.objects.filter(pk=known.pk, tries__lt=TRIES).update(tries=known.tries + 1)
    elif heard is Heard.TAKEN:
        known.here, known.how, known.by_id, known.at = True, SessionPresence.How.CODE, actor.user_id, at
        known.save(update_fields=["here", "how", "by", "at"])
        _write(actor, at, session.event, [place])
        _audit(actor, at, session, "training.present", [place])
    return heard, session, max(0, TRIES - known.tries - 1)


@transaction.atomic
def tick(
    *, actor: Actor, at: datetime, session_id: int, shown: Collection[int], here: Collection[int]
) -> tuple[int, int]:
    """The organiser's list: of the places `shown`, those in `here` were there. How many came on, how many went off.
    Only what differs is written, so two lists of different people don't undo each other."""
    session = own_session(actor, session_id)
    if session.starts > at:
        raise Refused("还没有开始，不能先记签到。", "It hasn't begun.")
    rows = TrainingPlace.objects.select_for_update(of=("self",)).filter(event=session.event, pk__in=shown, state=Signed)
    places = list(rows.select_related("honour").order_by("pk"))
    seen = SessionPresence.objects.filter(session=session, place__in=places, here=True)
    were = set(seen.values_list("place_id", flat=True))
    on = [one for one in places if one.pk in here and one.pk not in were]
    off = [one for one in places if one.pk in were and one.pk not in here]
    said = {"session": session, "by_id": actor.user_id, "at": at}
    SessionPresence.objects.bulk_create(
        [SessionPresence(**said, place=one, here=True, how=SessionPresence.How.LIST) for one in on]
        + [SessionPresence(**said, place=one, here=False, how="") for one in off],
        update_conflicts=True,
        unique_fields=["session", "place"],
        update_fields=["here", "how", "by", "at"],
    )
    _write(actor, at, session.event, [*on, *off])
    _audit(actor, at, session, "training.present", on)
    _audit(actor, at, session, "training.absent", off)
    return len(on), len(off)


def source_of(event: TrainingEvent) -> str:
    """How the log names an event as where an entry comes from."""
    return f"camp:{event.pk}"


def _write(actor: Actor, at: datetime, event: TrainingEvent, places: Collection[TrainingPlace]) -> None:
    """Entries in the log follow from the sessions that were attended: changed with them, gone without."""
    rows = SessionPresence.objects.filter(place__in=[one.pk for one in places], here=True).select_related("session")
    sat: dict[int, list[Attended]] = {}
    for row in rows:
        sat.setdefault(row.place_id, []).append(_attended(row.session))
    done: list[tuple[Honour, log.Doing]] = []
    for place in places:
        total = sum_of(sat.get(place.pk, ()))
        if total is not None:
            doing = log.Doing(
                kind=event.kind, title=event.title, on=total.on, until=total.until, hours=total.hours,
                power=event.power, place=event.place[:80], host=event.host,
            )  # fmt: skip
            done.append((place.honour, doing))
    log.record_many(actor=actor, at=at, done=done, source=source_of(event))
    absent = [one.honour for one in places if one.pk not in sat]
    log.retract(actor=actor, at=at, honours=absent, source=source_of(event))


def _attended(one: TrainingSession) -> Attended:
    last = timezone.localtime(one.ends - timedelta(microseconds=1)).date()
    return Attended(timezone.localtime(one.starts).date(), last, Decimal(one.hours))


def _audit(actor: Actor, at: datetime, session: TrainingSession, action: str, places: list[TrainingPlace]) -> None:
    told = [
        Told(
            session.event_id,
            {"title": session.event.title, "session": session.title, "honour": one.honour_id},
            one.honour.case_id,
        )
        for one in places
    ]
    append_many(actor=actor, at=at, action=action, kind="training", told=told)


def loggable(honour: Honour, event_id: int | None) -> TrainingEvent | None:
    """A published event at which this honour has a seat, to be entered in its log by hand; None otherwise."""
    if event_id is None:
        return None
    places = TrainingPlace.objects.filter(honour=honour, state=Signed, event_id=event_id)
    place = places.exclude(event__state=TrainingEvent.State.DRAFT).select_related("event").first()
    return place.event if place is not None else None
