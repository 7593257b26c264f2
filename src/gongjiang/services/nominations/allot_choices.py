"""Between whom somebody may move places now: what the forms of the matrix offer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, Sum

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import EditionRole, Organisation, PlaceChange
from gongjiang.rules.programmes.schema.words import Role
from gongjiang.services.nominations.allot import may_allot
from gongjiang.services.nominations.matrix import Sheet, UnitRow
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import may_organise

#: So many bodies below are offered; the nearest first.
MOST = 200


@dataclass(frozen=True, slots=True)
class Giving:
    """A unit's row that may give on: the bodies below it, and what each of them holds from it."""

    sheet: Sheet
    row: UnitRow
    giver: Organisation
    takers: tuple[Organisation, ...]
    held: tuple[tuple[Organisation, int], ...]


@dataclass(frozen=True, slots=True)
class Entering:
    """For the issuing office: roles under which a body may enter by approval, bodies that may, those that have."""

    roles: tuple[Role, ...]
    candidates: tuple[Organisation, ...]
    entered: tuple[EditionRole, ...]
    may: bool
    may_grant: bool


def givings(actor: Actor, programme: Programme, sheets: Sequence[Sheet]) -> tuple[Giving, ...]:
    """Rows that this person may allot from or recall to. Two queries."""
    rows = [
        (sheet, row, row.unit)
        for sheet in sheets
        if sheet.allots
        for row in sheet.rows
        if row.unit is not None and not actor.is_platform and may_allot(actor, programme, row.unit)
    ]
    if not rows:
        return ()
    wanted = Q()
    for _, _, unit in rows:
        wanted |= Q(path__startswith=unit.path)
    below = list(Organisation.objects.filter(wanted, active=True).exclude(kind__in=["department", "body", "group"]))
    below.sort(key=lambda one: (one.path.count("/"), one.path))
    sums = (
        PlaceChange.objects.filter(process=programme.process, other__in={row.name for _, row, _ in rows})
        .values_list("pool", "other", "group")
        .annotate(sum=Sum("places"))
        .order_by("group")
    )
    net = {(pool, other, group): places for pool, other, group, places in sums if places > 0}
    by_name = {one.short_name: one for one in reversed(below)}
    found = []
    for sheet, row, unit in rows:
        listed = {one.name for one in sheet.rows if one.most}
        takers = [one for one in below if one.path.startswith(unit.path) and one.pk != unit.pk]
        held = [
            (by_name[g], n) for (pool, o, g), n in net.items() if pool == sheet.pool and o == row.name and g in by_name
        ]
        found.append(
            Giving(sheet, row, unit, tuple(one for one in takers if one.short_name not in listed)[:MOST], tuple(held))
        )
    return tuple(found)


def entering(actor: Actor, programme: Programme) -> Entering:
    """Who has entered by approval, and, for the issuing office, who may. Two queries."""
    organiser = programme.edition.organiser
    held = EditionRole.objects.filter(edition=programme.edition, role__in=programme.nominating)
    rows = list(held.select_related("organisation").order_by("id"))
    roles = tuple(
        one
        for one in programme.pack.roles
        if one.id in programme.nominating and one.level not in {"person", "employer"}
    )
    may = may_organise(actor, organiser)
    bound = {row.organisation_id for row in rows}
    levels = {one.level for one in roles if one.level}
    free = Organisation.objects.filter(active=True, level__in=levels).exclude(pk__in=bound | {organiser.pk})
    candidates = tuple(free.exclude(kind="body").order_by("path")[:MOST]) if may else ()
    entered = tuple(row for row in rows if row.approved_by)
    return Entering(roles, candidates, entered, may, may and organiser.pk in actor.organiser_ids("approver"))


def unit_by_id(pk: int) -> Organisation:
    """An organisation that a form named. Raises NotFound."""
    found = Organisation.objects.filter(pk=pk, active=True).first()
    if found is None:
        raise NotFound()
    return found
