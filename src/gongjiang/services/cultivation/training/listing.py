"""Events as lists: all that one sees, what comes for one artisan, who comes to one event."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import iso_day
from gongjiang.models import CultivationFile, Honour, Organisation, TrainingEvent, TrainingPlace, TrainingSession
from gongjiang.rules.cultivation.audience import COMING, may_come
from gongjiang.services.cultivation.keeping import kept_by
from gongjiang.services.cultivation.scope import visible_to as honours_visible_to
from gongjiang.services.cultivation.training.queries import (
    audience_of,
    candidate_of,
    get_event,
    running,
    runs,
    visible_to,
)

State = TrainingPlace.State
PAGE = 50
WAYS = {"coming": "未结束", "past": "已结束", "draft": "筹备中", "cancelled": "已取消"}


@dataclass(frozen=True)
class Page:
    """A page of events with the numbers of each way of looking; `mine`: place of one's own honour by event."""

    rows: tuple[TrainingEvent, ...]
    counts: dict[str, int]
    mine: dict[int, str]
    after: str


def events(actor: Actor, at: datetime, *, way: str = "coming", text: str = "", kind: str = "", after: str = "") -> Page:
    """Events that the actor sees: those to come soonest first, the others latest first. Three queries."""
    today = timezone.localtime(at).date()
    seen = visible_to(actor)
    counts = seen.aggregate(**{key: Count("pk", filter=_way(key, today)) for key in WAYS})
    rows = seen.filter(_way(way if way in WAYS else "coming", today))
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(host__icontains=text) | Q(place__icontains=text))
    if kind:
        rows = rows.filter(kind=kind)
    soonest = way not in {"past", "cancelled"}
    day, _, key = after.partition("_")
    begin = iso_day(day)
    if begin is not None and key.isdecimal() and len(key) < 19:
        rows = rows.filter(
            Q(first__gt=begin) | Q(first=begin, pk__gt=int(key))
            if soonest
            else Q(first__lt=begin) | Q(first=begin, pk__lt=int(key))
        )
    order = ("first", "pk") if soonest else ("-first", "-pk")
    found = list(rows.select_related("organisation").order_by(*order)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    held = TrainingPlace.objects.filter(
        event__in=[one.pk for one in found], honour__subject__user_id=actor.user_id or 0
    )
    mine = dict(held.values_list("event_id", "state"))
    return Page(tuple(found[:PAGE]), counts, mine, f"{last.first.isoformat()}_{last.pk}" if last else "")


@dataclass(frozen=True)
class EventView:
    """One event with all that its page shows. `places`: those the actor may see, in the order of signing up;
    `own`: honours of the actor with their place, if any, and why one may not sign up; `runs`: it is theirs to run."""

    event: TrainingEvent
    sessions: tuple[TrainingSession, ...]
    materials: tuple[CultivationFile, ...]
    places: tuple[TrainingPlace, ...]
    counts: dict[str, int]
    own: tuple[tuple[Honour, TrainingPlace | None, str], ...]
    runs: bool
    keeps: bool
    for_whom: tuple[str, ...]


def event_view(actor: Actor, at: datetime, event_id: int) -> EventView:
    """NotFound for an event that one doesn't see. A fixed number of queries."""
    event = get_event(actor, event_id)
    mine = runs(actor, event)
    attended = Count("presence", filter=Q(presence__here=True))
    sessions = tuple(event.sessions.annotate(here=attended).order_by("starts", "pk"))
    materials = tuple(event.files.filter(removed_at=None).order_by("pk"))
    counts = dict(event.places.values_list("state").annotate(n=Count("pk")).order_by())
    editions = list(event.editions.order_by("pk"))
    return EventView(
        event=event,
        sessions=sessions,
        materials=materials,
        places=tuple(places_seen(actor, event)),
        counts=counts,
        own=_own(actor, at, event, [one.pk for one in editions]),
        runs=mine,
        keeps=mine or kept_by(actor).exists(),
        for_whom=tuple(one.title for one in editions),
    )


def places_seen(actor: Actor, event: TrainingEvent, limit: int = 1000) -> QuerySet[TrainingPlace]:
    """Places at an event: all for who runs it, those of one's own artisans for others; who left comes last."""
    rows = TrainingPlace.objects.filter(event=event)
    if not runs(actor, event):
        rows = rows.filter(honour__in=honours_visible_to(actor))
    came = Count("presence", filter=Q(presence__here=True))
    rows = rows.annotate(sat=came, gone=Q(state=State.LEFT))
    related = ("honour__case__applying_unit", "honour__subject")
    return rows.select_related(*related).order_by("gone", "state", "at", "pk")[:limit]


def could_come(actor: Actor, at: datetime, event: TrainingEvent, text: str = "", limit: int = 50) -> list[Honour]:
    """Artisans whom the actor may sign up or invite and who have no place yet, by name. Two queries."""
    seen = honours_visible_to(actor) if runs(actor, event) else kept_by(actor)
    there = TrainingPlace.objects.filter(event=event, honour=OuterRef("pk")).exclude(state=State.LEFT)
    rows = seen.filter(~Exists(there), state__in=COMING)
    editions = [one.pk for one in event.editions.all()]
    if editions and not event.invited_only:
        rows = rows.filter(edition__in=editions)
    if event.level and not event.invited_only:
        rows = rows.filter(level=event.level)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(case__applying_unit__name__icontains=text))
    related = ("subject", "case__applying_unit", "edition__organiser")
    return list(rows.distinct().select_related(*related).order_by("name", "pk")[:limit])


def upcoming(honour: Honour, at: datetime, limit: int = 6) -> list[tuple[TrainingEvent, TrainingPlace | None]]:
    """What comes for one artisan: events they have a place at, and those they may still sign up for. Three queries."""
    today = timezone.localtime(at).date()
    held = {
        one.event_id: one
        for one in TrainingPlace.objects.filter(honour=honour, event__last__gte=today).exclude(state=State.LEFT)
    }
    candidate = candidate_of(honour)
    rows = TrainingEvent.objects.filter(state=TrainingEvent.State.OPEN, last__gte=today)
    rows = rows.filter(Q(pk__in=held) | Q(organisation_id__in=candidate.around, invited_only=False))
    rows = rows.prefetch_related(Prefetch("editions")).order_by("first", "pk")[: limit * 5]
    found: list[tuple[TrainingEvent, TrainingPlace | None]] = []
    for event in rows:
        place = held.get(event.pk)
        if place is None:
            audience = audience_of(event, [one.pk for one in event.editions.all()])
            if not may_come(audience, candidate, today).allowed:
                continue
        found.append((event, place))
    return found[:limit]


def choices_of(actor: Actor) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """In whose name the actor may hold an event, and for which editions: (id, name). Two queries."""
    organisations = Organisation.objects.filter(pk__in=running(actor)).exclude(kind="body").order_by("pk")
    named = honours_visible_to(actor).exclude(edition=None)
    editions = named.order_by("-edition_id").values_list("edition_id", "edition__title").distinct()[:50]
    return list(organisations.values_list("pk", "name")), list(editions)


def _own(
    actor: Actor, at: datetime, event: TrainingEvent, editions: list[int]
) -> tuple[tuple[Honour, TrainingPlace | None, str], ...]:
    if actor.user_id is None:
        return ()
    held = Honour.objects.filter(subject__user_id=actor.user_id).select_related("edition__organiser", "case")
    places = {one.honour_id: one for one in event.places.filter(honour__subject__user_id=actor.user_id)}
    found = []
    for honour in held.order_by("-from_date", "-pk"):
        place = places.get(honour.pk)
        candidate = candidate_of(honour, invited=place is not None and place.invited)
        decision = may_come(audience_of(event, editions), candidate, timezone.localtime(at).date())
        found.append((honour, place, "" if decision.allowed else decision.reasons[0].text))
    return tuple(found)


def _way(key: str, today: date) -> Q:
    opened = Q(state=TrainingEvent.State.OPEN)
    return {
        "coming": opened & Q(last__gte=today),
        "past": opened & Q(last__lt=today),
        "draft": Q(state=TrainingEvent.State.DRAFT),
        "cancelled": Q(state=TrainingEvent.State.CANCELLED),
    }[key]


@dataclass(frozen=True)
class Listed:
    """One line of a session's list. `how`: how it is known that they were there."""

    place: TrainingPlace
    here: bool
    how: str


def session_list(session: TrainingSession) -> list[Listed]:
    """Everybody who has a seat, by name, with whether they were there. Whoever asks runs the event. Two queries."""
    places = TrainingPlace.objects.filter(event=session.event_id, state=State.SIGNED)
    known = {one.place_id: one for one in session.presence.all()}
    rows = places.select_related("honour__case__applying_unit").order_by("honour__name", "pk")
    return [
        Listed(one, one.pk in known and known[one.pk].here, known[one.pk].get_how_display() if one.pk in known else "")
        for one in rows
    ]
