"""Whose figures somebody sees. A union sees what it and the unions under it organise and whom it nominated; a
department or body the editions in which it holds a part."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import EditionRole, Honour, ListedMark, Organisation, PersonQuestion
from gongjiang.rules.honours.tallying import edition_scope, organisation_scope
from gongjiang.services.cultivation.scope import visible_to

Kind = Organisation.Kind
COUNTING = (Kind.UNION, Kind.DEPARTMENT, Kind.BODY)


@dataclass(frozen=True)
class Seat:
    """An organisation whose figures are shown. `scopes`: where they are kept; `own`: its honours, for lists;
    `editions`: those in which a department or body holds a part."""

    organisation: Organisation
    scopes: tuple[str, ...]
    own: Q
    editions: tuple[int, ...] = ()

    def honours(self, actor: Actor) -> QuerySet[Honour]:
        """Those of its honours that the actor may see one by one."""
        return visible_to(actor).filter(self.own, mark__isnull=False).distinct()

    def listed(self) -> "QuerySet[ListedMark]":
        """People of registers that the union or those under it brought in. Whoever counts them may read the list."""
        if self.organisation.kind != Kind.UNION:
            return ListedMark.objects.none()
        return ListedMark.objects.filter(path__startswith=self.organisation.path)


def asked_about() -> Q:
    """Of people of registers: those of whom it is asked whether they are somebody else."""
    open_ones = PersonQuestion.objects.filter(state=PersonQuestion.State.OPEN)
    return Q(subject__in=open_ones.values("one")) | Q(subject__in=open_ones.values("other"))


def seats(actor: Actor) -> list[Organisation]:
    """Organisations that the actor handles matters of and that have figures, unions first. One query."""
    found = Organisation.objects.filter(kind__in=COUNTING)
    if actor.is_platform:
        return list(found.filter(parent=None).order_by("path"))
    ids = actor.organiser_ids(*HANDLING)
    rows = list(found.filter(pk__in=ids).order_by("path"))
    unions = {one.pk for one in rows if one.kind == Kind.UNION}
    return sorted(
        (one for one in rows if one.kind != Kind.BODY or one.parent_id not in unions),
        key=lambda one: one.kind != "union",
    )


def seat_of(actor: Actor, organisation_id: int | None) -> tuple[Seat, list[Organisation]]:
    """The organisation asked for (the first of one's own, if none), and all of one's own. A union's people look into
    the unions under it as well. NotFound for others."""
    mine = seats(actor)
    chosen = next((one for one in mine if organisation_id in (None, one.pk)), None)
    if chosen is None and organisation_id is not None:
        paths = [one.path for one in mine if one.kind == Kind.UNION]
        asked = Organisation.objects.filter(pk=organisation_id, kind=Kind.UNION).first()
        chosen = asked if asked is not None and any(asked.path.startswith(one) for one in paths) else None
    if chosen is None:
        raise NotFound()
    return counted_for(chosen), mine


def counted_for(organisation: Organisation) -> Seat:
    """Where its figures are kept, and which honours they are of."""
    if organisation.kind == Kind.UNION:
        own = Q(mark__path__startswith=organisation.path) | Q(mark__nominator=organisation.pk)
        return Seat(organisation, (organisation_scope(organisation.pk),), own)
    held = EditionRole.objects.filter(organisation=organisation, per_case=False)
    editions = sorted(set(held.values_list("edition_id", flat=True)))
    return Seat(
        organisation, tuple(edition_scope(one) for one in editions), Q(mark__edition__in=editions), tuple(editions)
    )


def counts_artisans(actor: Actor, organisation_id: int | None) -> bool:
    """Has the organisation that somebody acts for figures of its own? No query: for the navigation."""
    return any(
        one.role in HANDLING and one.kind in COUNTING and one.edition_id is None
        for one in actor.grants
        if one.organisation_id == organisation_id
    )
