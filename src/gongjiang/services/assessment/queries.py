"""Who sees what of processes: the organiser's people all, an artisan and their unit what concerns them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, Edition, Honour, ProcessOutcome
from gongjiang.rules.programmes.schema.process import Process
from gongjiang.services.assessment.due import RUNNING, Ahead, ahead, due_of
from gongjiang.services.cultivation.scope import visible_to as honours_seen
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.nominations.queries import visible_to as cases_seen
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.programmes.publish_edition import may_organise
from gongjiang.services.programmes.queries import get_edition


def visible_to(actor: Actor) -> QuerySet[ProcessOutcome]:
    """Outcomes of the honours whose cultivation the actor sees."""
    return ProcessOutcome.objects.filter(honour__in=honours_seen(actor))


def processes_of(actor: Actor, edition_id: int, at: datetime) -> tuple[Edition, tuple[Ahead, ...], bool]:
    """An edition's processes for whoever runs it, and whether they may open a round. NotFound for others."""
    edition = get_edition(actor, edition_id)
    may = may_organise(actor, edition.organiser)
    if edition.parent_id is not None or not (may or _has_part(actor, edition)):
        raise NotFound()
    return edition, ahead(edition, at), may


def round_of(actor: Actor, edition_id: int) -> Programme:
    """The programme of a round, for whoever runs it. NotFound for others, and for an edition that is none."""
    edition = get_edition(actor, edition_id)
    if edition.parent_id is None or not (may_organise(actor, edition.organiser) or _has_part(actor, edition)):
        raise NotFound()
    return programme_of(main_process(edition))


def _has_part(actor: Actor, edition: Edition) -> bool:
    """Does one of the actor's organisations hold a part in the whole edition?"""
    held = edition_parties(programme_of(main_process(edition)))
    ours = actor.organisation_ids("officer", "approver", "observer", edition_id=edition.pk)
    return any(ours & ids for ids in held.values())


@dataclass(frozen=True)
class Coming:
    """A process in an artisan's calendar: the case under way, or from which day it is due."""

    spec: Process
    on: date | None
    again: bool
    case: Case | None


@dataclass(frozen=True)
class Record:
    """An artisan's assessments: what comes, what came of the past ones, the latest first."""

    coming: tuple[Coming, ...]
    past: tuple[ProcessOutcome, ...]


def record_of(actor: Actor, honour: Honour) -> Record:
    """For whoever sees the honour's cultivation; a running case only for those who see it."""
    running = {
        one.process.name: one
        for one in cases_seen(actor)
        .filter(over=honour, state__in=RUNNING)
        .select_related("process__edition")
        .order_by("pk")
    }
    coming = [
        Coming(spec, due.on, due.again, running.get(spec.id))
        for spec, due in due_of(honour)
        if due.on is not None or due.running
    ]
    past = visible_to(actor).filter(honour=honour).select_related("edition").order_by("-pk")
    return Record(tuple(coming), tuple(past[:50]))
