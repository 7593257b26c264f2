"""Reading events: which somebody sees, which they run, for whom one is held."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotAllowed, NotFound
from gongjiang.models import EditionRole, Honour, TrainingEvent, TrainingPlace
from gongjiang.rules.cultivation.audience import Audience, Candidate
from gongjiang.services.cultivation.scope import AT_HOME, above

State = TrainingEvent.State
SEEING = (*AT_HOME, "observer")


def visible_to(actor: Actor) -> QuerySet[TrainingEvent]:
    """Events that one runs, whatever their state; published ones of the unions and units that reach the actor or an
    honour of theirs, that one was invited to, or that are held under one's union."""
    if actor.is_platform:
        return TrainingEvent.objects.all()
    if actor.anonymous:
        return TrainingEvent.objects.none()
    told = Q(organisation_id__in=_around(actor)) | Q(
        pk__in=TrainingPlace.objects.filter(honour__subject__user_id=actor.user_id or 0).values("event")
    )
    ours = actor.organisation_ids(*SEEING)
    if ours:
        taking_part = EditionRole.objects.filter(organisation_id__in=ours).values("edition__organiser")
        told |= Q(organisation_id__in=taking_part)
    for path in above(actor):
        told |= Q(organisation__path__startswith=path)
    return TrainingEvent.objects.filter(Q(organisation_id__in=running(actor)) | (~Q(state=State.DRAFT) & told))


def running(actor: Actor) -> set[int]:
    """Organisations in whose name the actor holds events."""
    return actor.organiser_ids(*HANDLING)


def runs(actor: Actor, event: TrainingEvent) -> bool:
    """Is the event the actor's to run?"""
    return actor.is_platform or event.organisation_id in running(actor)


def get_event(actor: Actor, event_id: int) -> TrainingEvent:
    """One event of those that are seen; NotFound for others."""
    event = visible_to(actor).select_related("organisation", "by").filter(pk=event_id).first()
    if event is None:
        raise NotFound()
    return event


def own_event(actor: Actor, event_id: int, *, lock: bool = False) -> TrainingEvent:
    """One event to work on, perhaps locked. NotFound, or NotAllowed for who only sees it."""
    event = get_event(actor, event_id)
    if not runs(actor, event):
        raise NotAllowed(f"这项活动由{event.organisation.name}办理。", "Not yours to run.")
    if lock:
        return TrainingEvent.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=event.pk)
    return event


def audience_of(event: TrainingEvent, editions: Iterable[int] | None = None) -> Audience:
    """For whom it is held; `editions` where they were read already."""
    named = event.editions.values_list("pk", flat=True) if editions is None else editions
    return Audience(
        organisation=event.organisation_id,
        begins=event.first,
        ends=event.last,
        editions=frozenset(named),
        level=event.level,
        invited_only=event.invited_only,
        last_day=event.last_day,
        open=event.state == State.OPEN,
    )


def candidate_of(honour: Honour, *, invited: bool = False) -> Candidate:
    """An artisan who might come; load the honour with edition__organiser and case."""
    return Candidate(honour.edition_id, honour.level, honour.state, frozenset(around(honour)), invited)


def around(honour: Honour) -> set[int]:
    """Organisations whose events reach an honour: the organiser of its edition and the unions over it, the unit that
    recommended, the enterprise."""
    found: set[int] = set()
    if honour.edition is not None:
        found |= set(honour.edition.organiser.ancestor_ids)
    if honour.case is not None:
        found |= {one for one in (honour.case.nominator_id, honour.case.applying_unit_id) if one is not None}
    return found


def _around(actor: Actor) -> set[int]:
    """Organisations over the actor's own, and those that reach the honours they hold. One query."""
    found = {int(one) for grant in actor.grants if grant.role in SEEING for one in grant.path.split("/") if one}
    held = Honour.objects.filter(subject__user_id=actor.user_id or 0).select_related("edition__organiser", "case")
    return found.union(*(around(one) for one in held))
