"""Which honours somebody may see: what is public, and what the office that keeps the register sees besides.

Honours conferred here and rows of imported lists are one register: a row that tells an honour conferred here a second
time is left out.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, ExtractYear, Substr

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import EditionRole, Honour, RegistryEntry
from gongjiang.services.registry.authority import entries_seen, keeps

#: Honours that the public sees; a revoked or suspended one is not in the register.
PUBLIC: Final = (Honour.State.STANDS, Honour.State.TRAINEE, Honour.State.ENDED)
HIDDEN: Final = (Honour.State.SUSPENDED, Honour.State.REVOKED)


@dataclass(frozen=True)
class Scope:
    """Honours and imported rows that may be seen. `inside`: with numbers, birth months and what no longer stands."""

    honours: QuerySet[Honour]
    listed: QuerySet[RegistryEntry]
    inside: bool = False


def public_scope() -> Scope:
    """What anybody may see: the fields that notices published, rows of lists that their keepers made public."""
    rows = RegistryEntry.objects.filter(standing=True, source__public=True, honour_state__in=PUBLIC)
    return Scope(public_honours(), once(rows))


def keeper_scope(actor: Actor) -> Scope:
    """What the keepers of registers see: all honours of the programmes that their organisations run or have a part
    in, and the rows of lists that they may read. NotFound for others."""
    if not keeps(actor):
        raise NotFound()
    return Scope(honours_inside(actor), once(entries_seen(actor)), inside=True)


def public_honours() -> QuerySet[Honour]:
    """What anybody may see of what was conferred here."""
    return Honour.objects.exclude(state__in=HIDDEN)  # said so, a database reads them in order, newest first


def honours_inside(actor: Actor) -> QuerySet[Honour]:
    """Honours, whatever became of them, of editions that the actor's organisations organise or hold a part of."""
    if actor.is_platform:
        return Honour.objects.all()
    if not keeps(actor):
        return Honour.objects.none()
    ours = actor.organiser_ids(*HANDLING)
    part = EditionRole.objects.filter(organisation_id__in=ours, per_case=False).values("edition")
    return Honour.objects.filter(Q(edition__organiser_id__in=ours) | Q(edition__in=part))


def once(rows: QuerySet[RegistryEntry]) -> QuerySet[RegistryEntry]:
    """Without what an honour conferred here says of the same person, register and year."""
    said = (
        Honour.objects.filter(subject=OuterRef("subject"))
        .filter(Q(register=OuterRef("source__register__code")) | Q(programme=OuterRef("source__register__code")))
        .annotate(in_year=Cast(ExtractYear("from_date"), CharField()))
        .filter(in_year=Substr(OuterRef("date"), 1, 4))
    )
    return rows.exclude(Exists(said))
