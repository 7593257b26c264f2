"""Who was not contacted for how long, whoever was never contacted since the naming among them; open points; whose
mid-term check is owed. Read from the kept last days, never from the contacts themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.dates import iso_day
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import Concern, ContactRhythm, Edition, Honour, MidtermCheck
from gongjiang.rules.cultivation.contact import LONGEST, MONTHS, cutoff
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.contact.queries import LIVE, concerns_visible_to, honours_kept
from gongjiang.services.cultivation.scope import editions_run, others

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What is looked for: words of name or unit, an edition's id. Blank: all."""

    text: str = ""
    edition: str = ""


@dataclass(frozen=True)
class Page:
    """One page; `after`: (day, key) where the next begins, None at the end."""

    rows: tuple[Any, ...]
    after: tuple[str, int] | None


@dataclass(frozen=True)
class Counts:
    """How many there are of each on the page of contacts."""

    due: int
    every: int
    concerns: int
    midterm: int


def live(actor: Actor) -> QuerySet[Any]:
    """Honours whose holders are to be contacted, with `since`: the last contact, else the naming."""
    rows = honours_kept(actor).filter(state__in=LIVE)
    return rows.annotate(since=Coalesce("contact_latest__last", "from_date"))


def overdue(rows: QuerySet[Any], at: datetime, months: Mapping[int, int] | None = None) -> QuerySet[Any]:
    """Those of `rows` (with `since`) whose time is over, each edition by its own number of months."""
    return rows.filter(_late(at, rhythms() if months is None else months))


def _late(at: datetime, months: Mapping[int, int]) -> Q:
    today = timezone.localtime(at).date()
    late = Q(since__lt=cutoff(today, MONTHS)) & ~Q(edition_id__in=sorted(months))
    for n in sorted(set(months.values())):
        editions = sorted(pk for pk, each in months.items() if each == n)
        late |= Q(edition_id__in=editions, since__lt=cutoff(today, n))
    return late


def rhythms() -> dict[int, int]:
    """Editions whose office set a number of months of their own."""
    return dict(ContactRhythm.objects.values_list("edition_id", "months"))


def contact_page(
    actor: Actor, at: datetime, asked: Asked, *, every: bool = False, after: tuple[str, int] | None = None
) -> Page:
    """Who waits longest comes first: those whose time is over, or `every` one."""
    rows = _narrowed(live(actor) if every else overdue(live(actor), at), asked)
    if after is not None and (day := iso_day(after[0])) is not None:
        rows = rows.filter(Q(since__gt=day) | Q(since=day, pk__gt=after[1]))
    found = list(rows.order_by("since", "pk").values_list("pk", "since")[: PAGE + 1])  # whole rows of one page only
    shown = dict(found[:PAGE])
    whole = Honour.objects.select_related("edition", "case__applying_unit", "case__nominator", "contact_latest")
    held = whole.annotate(since=Coalesce("contact_latest__last", "from_date")).in_bulk(shown)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(held[pk] for pk in shown), (last[1].isoformat(), last[0]) if last is not None else None)


def open_concerns(actor: Actor, asked: Asked | None = None) -> QuerySet[Concern]:
    """Points that wait for an answer by who contacts, the earliest first."""
    kept = _narrowed(honours_kept(actor), asked or Asked()).values("pk")
    rows = concerns_visible_to(actor).filter(honour__in=kept, answered_at=None)
    return rows.select_related("honour__case__applying_unit").order_by("due", "pk")


def midterm_owed(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Trainees in the second half of their term who were not looked at since it began; the longest running first."""
    today = timezone.localtime(at).date()
    left = ExpressionWrapper(F("until") - Value(today), output_field=DurationField())
    gone = ExpressionWrapper(Value(today) - F("from_date"), output_field=DurationField())
    rows = honours_kept(actor).filter(state=Honour.State.TRAINEE, until__gte=today)
    rows = rows.annotate(left=left, gone=gone).filter(gone__gte=F("left"))
    return rows.exclude(Exists(MidtermCheck.objects.filter(honour=OuterRef("pk")))).order_by("until", "pk")


def midterm_checks(actor: Actor) -> QuerySet[MidtermCheck]:
    """All that were recorded, the newest first."""
    rows = MidtermCheck.objects.filter(honour__in=honours_kept(actor).values("pk"))
    return rows.select_related("honour__case__applying_unit", "honour__edition").order_by("-on", "-pk")


def counts(actor: Actor, at: datetime, asked: Asked) -> Counts:
    """For the tabs. Four queries."""
    rows = _narrowed(live(actor), asked)
    told = rows.aggregate(every=Count("pk"), due=Count("pk", filter=_late(at, rhythms())))
    midterm = _narrowed(midterm_owed(actor, at), asked).count()
    return Counts(told["due"], told["every"], open_concerns(actor, asked).count(), midterm)


@dataclass(frozen=True)
class Waiting:
    """What waits in one edition by recommending union: how many, since when at the earliest."""

    edition_id: int
    nominator_id: int | None
    n: int
    first: date


def waiting_contacts(actor: Actor, at: datetime) -> list[Waiting]:
    """For 待办, which stands on every page: overdue contacts by edition and recommending union. Those of the editions
    one runs and those one recommended elsewhere are asked for apart, so that each is read by its own index."""
    if not actor.organiser_ids(*HANDLING):
        return []
    run, months = list(editions_run(actor).values_list("pk", flat=True)), rhythms()
    since = Coalesce("contact_latest__last", "from_date")
    rows = others(Honour.objects.filter(state__in=LIVE, edition__isnull=False), actor).annotate(since=since)
    found: list[Waiting] = []
    if run:
        mine = overdue(rows.filter(edition_id__in=run), at, months).order_by().values_list("edition_id")
        found += [Waiting(pk, None, n, first) for pk, n, first in mine.annotate(n=Count("pk"), first=Min("since"))]
    ours = rows.filter(case__nominator_id__in=actor.organiser_ids(*HANDLING)).exclude(edition_id__in=run)
    told = overdue(ours, at, months).order_by().values_list("edition_id", "case__nominator_id")
    return [*found, *(Waiting(*one) for one in told.annotate(n=Count("pk"), first=Min("since")))]


def waiting_concerns(actor: Actor) -> list[Waiting]:
    """For 待办: open points by edition and recommending union, with the earliest day. One query."""
    if not actor.organiser_ids(*HANDLING):
        return []
    rows = Concern.objects.filter(answered_at=None, honour__edition__isnull=False, honour__in=honours_kept(actor))
    told = rows.order_by().values_list("honour__edition_id", "honour__case__nominator_id")
    return [Waiting(*one) for one in told.annotate(n=Count("pk"), first=Min("due"))]


def own_editions(actor: Actor) -> QuerySet[Edition]:
    """Editions whose number of months the actor's office sets: those it organises."""
    if actor.is_platform:
        return Edition.objects.all()
    return Edition.objects.filter(organiser_id__in=actor.organiser_ids(*HANDLING)).order_by("-pk")


def editions_kept(actor: Actor) -> list[tuple[int, str]]:
    """Editions of those whom the actor contacts, the newest first."""
    rows = Edition.objects.filter(pk__in=honours_kept(actor).values("edition")).order_by("-pk")
    return list(rows.values_list("pk", "title")[:200])


@transaction.atomic
def set_rhythm(*, actor: Actor, at: datetime, edition_id: int, months: int) -> ContactRhythm:
    """The office of the organiser says after how many months its artisans are due."""
    if not own_editions(actor).filter(pk=edition_id).exists():
        raise NotFound()
    if not 1 <= months <= LONGEST:
        raise BadInput(f"月数应在 1 到 {LONGEST} 之间。", "1 to 24 months.", place="月数")
    given = {"months": months, "by_id": actor.user_id, "at": at}
    made, _ = ContactRhythm.objects.update_or_create(edition_id=edition_id, defaults=given)
    append(
        actor=actor,
        at=at,
        action="contact.rhythm",
        kind="edition",
        key=edition_id,
        edition_id=edition_id,
        data={"months": months},
    )
    return made


def _narrowed(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    if asked.text:
        rows = rows.filter(Q(name__icontains=asked.text) | Q(case__applying_unit__name__icontains=asked.text))
    if asked.edition.isdecimal() and len(asked.edition) < 10:
        rows = rows.filter(edition_id=int(asked.edition))
    return rows
