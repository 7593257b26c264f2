"""Reading matters: who sees which, the list, one with all that its page needs, a unit's record."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Inquiry, Organisation
from gongjiang.rules.inquiries.steps import RUNNING
from gongjiang.services.nominations.queries import visible_to as cases_visible_to

#: Grants that see the matters of the bodies that decide: those who handle them, and discipline beside them.
SEEING = ("officer", "approver", "observer")
SOURCES = [(value, str(label)) for value, label in Inquiry.Source.choices]
RELATED = (
    "process__edition__pack",
    "process__edition__organiser",
    "case__subject",
    "case__applying_unit",
    "case__nominator",
    "honour__subject",
    "honour__document",
    "honour__case__applying_unit",
    "unit",
    "objection",
    "opened_by",
    "stated_by",
    "proposed_by",
    "confirmed_by",
)


def visible_to(actor: Actor) -> QuerySet[Inquiry]:
    """Matters of the bodies in which one handles or watches, and of the editions one's office organises; once they
    were told, those about oneself or one's unit. Each while the grant stands."""
    if actor.is_platform:
        return Inquiry.objects.all()
    if actor.user_id is None:
        return Inquiry.objects.none()
    seen = _seen(actor, None)
    for edition_id in actor.edition_ids:
        seen |= Q(process__edition_id=edition_id) & _seen(actor, edition_id)
    return Inquiry.objects.filter(seen)


def _seen(actor: Actor, edition_id: int | None) -> Q:
    """Nobody reads about themselves or their own unit before they were told, whatever office they hold."""
    theirs = _concerned(actor, edition_id)
    inside = _inside(actor.organisation_ids(*SEEING, edition_id=edition_id))
    return (Q(notified_at__isnull=False) & theirs) | (inside & ~theirs)


def _inside(organisations: set[int]) -> Q:
    body = Inquiry.bodies.through.objects.filter(inquiry_id=OuterRef("pk"), organisation_id__in=organisations)
    return Q(Exists(body)) | Q(process__edition__organiser_id__in=organisations)


def _concerned(actor: Actor, edition_id: int | None) -> Q:
    """About oneself, from one's own filing, or about one's unit."""
    filing = actor.organisation_ids("filer", "officer", "approver", edition_id=edition_id)
    office = actor.organisation_ids("officer", "approver", edition_id=edition_id)
    mine = Q(case__subject__user_id=actor.user_id) | Q(honour__subject__user_id=actor.user_id)
    mine |= Q(case__filer_id=actor.user_id) | Q(honour__case__filer_id=actor.user_id)
    mine |= Q(case__applying_unit_id__in=filing) | Q(honour__case__applying_unit_id__in=filing)
    return mine | Q(unit_id__in=office)


def get_inquiry(actor: Actor, inquiry_id: int) -> Inquiry:
    """One matter with what its pages need; NotFound for others."""
    found = visible_to(actor).select_related(*RELATED).prefetch_related("bodies", "files").filter(pk=inquiry_id).first()
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Page:
    """A page of matters, newest first; `after` is the key of the next page, 0 at the end."""

    rows: tuple[Inquiry, ...]
    after: int


def matters(actor: Actor, *, over: bool = False, after: int = 0, limit: int = 50) -> Page:
    """Those that run, or those that are `over`."""
    rows = visible_to(actor).filter(state__in=["decided", "closed"] if over else sorted(RUNNING))
    if after:
        rows = rows.filter(pk__lt=after)
    rows = rows.select_related("case", "honour", "unit", "process__edition").order_by("-pk")
    found = list(rows[: limit + 1])
    return Page(tuple(found[:limit]), found[limit - 1].pk if len(found) > limit else 0)


def counts(actor: Actor) -> tuple[int, int]:
    """How many run, how many are over."""
    rows = dict(visible_to(actor).values_list("state").annotate(n=Count("id")).order_by("state"))
    running = sum(n for state, n in rows.items() if state in RUNNING)
    return running, sum(rows.values()) - running


@dataclass(frozen=True)
class Noted:
    """One line in a unit's record."""

    inquiry_id: int
    number: str
    day: date
    edition: str
    about: str
    situation: str
    done: tuple[str, ...]


def record_of(unit_id: int, limit: int = 20) -> list[Noted]:
    """What was decided against a unit, the latest first: for who looks at what it puts forward again. Whoever asks
    must already see a nomination of the unit."""
    rows = (
        Inquiry.objects.filter(unit_id=unit_id, state=Inquiry.State.DECIDED, upheld=True)
        .exclude(kind=Inquiry.Kind.REINSTATEMENT)
        .select_related("process__edition", "case", "honour")
        .order_by("-decided_at", "-pk")[:limit]
    )
    return [_noted(one) for one in rows]


def _noted(one: Inquiry) -> Noted:
    about = one.case.title if one.case is not None else one.honour.name if one.honour is not None else ""
    day = timezone.localtime(one.decided_at).date() if one.decided_at else timezone.localtime(one.opened_at).date()
    return Noted(one.pk, one.number, day, one.process.edition.title, about, one.situation, tuple(one.done))


def unit_seen(actor: Actor, unit_id: int) -> Organisation | None:
    """The unit, for its own office and for who handles nominations it has a part in; None for others."""
    unit = Organisation.objects.filter(pk=unit_id).first()
    if unit is None or not (actor.is_platform or actor.has(*SEEING)):
        return None
    if actor.is_platform or actor.has(*SEEING, organisation_id=unit.pk):
        return unit
    part = Q(nominator=unit) | Q(applying_unit=unit)
    return unit if cases_visible_to(actor).filter(part, submitted_at__isnull=False).exists() else None
