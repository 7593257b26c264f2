"""Who takes which part for one case: the applying unit, the receiving union, their departments, the nominator."""

import re
from collections.abc import Iterable, Mapping

from gongjiang.kernel.errors import BadInput
from gongjiang.models import EditionRole, Organisation
from gongjiang.rules.programmes.stage_types.apply import Apply, Route
from gongjiang.services.organisations.tree import ancestors
from gongjiang.services.programmes.programme import Programme


def holders(programme: Programme, roles: frozenset[str]) -> dict[str, list[Organisation]]:
    """Organisations that hold these roles in the edition, by role, in the order they were bound."""
    found: dict[str, list[Organisation]] = {}
    rows = EditionRole.objects.filter(edition=programme.edition, role__in=roles).select_related("organisation")
    for row in rows.order_by("id"):
        found.setdefault(row.role, []).append(row.organisation)
    return found


def route_of(programme: Programme, name: str) -> tuple[Apply, Route | None]:
    """The apply stage and route by name; a stage without routes has none."""
    for stage in programme.stages:
        if isinstance(stage, Apply):
            if not stage.routes and not name:
                return stage, None
            for route in stage.routes:
                if route.id == name:
                    return stage, route
    raise BadInput(f"本届没有“{name}”这种申报方式。", "No such way in.", place="申报方式")


def may_take(programme: Programme, route: Route | None, unit: Organisation) -> bool:
    """May this unit use this way in? Persons and employers from anywhere; a named role only from who holds it."""
    if route is None:
        return True
    levels = {one.id: one.level for one in programme.pack.roles}
    by = programme.expand(route.by)
    if any(levels.get(role) in {"person", "employer"} for role in by):
        return True
    return any(one.pk == unit.pk for group in holders(programme, by).values() for one in group)


def receivers(programme: Programme, route: Route | None, unit: Organisation) -> list[Organisation]:
    """Organisations that this unit may hand a nomination to, nearest first."""
    roles = programme.expand(route.to) if route is not None and route.to else programme.nominating
    rows = holders(programme, roles)
    held = {one.pk: one for group in rows.values() for one in group}
    chain = [one for one in ancestors(unit) if one.pk in held]
    rest = [one for pk, one in held.items() if pk not in {near.pk for near in chain}]
    return chain + sorted(rest, key=lambda one: one.pk)


def resolve_parties(
    programme: Programme,
    route: Route | None,
    unit: Organisation,
    receiver: Organisation | None,
    employer: Organisation | None = None,
) -> dict[str, Organisation]:
    """Role → organisation for a new case.

    The roles of the route's `by` go to the applying unit, other roles of level employer to the person's
    `employer` (the applying unit, where that is one), or to the office within it that is called so (its discipline
    inspection, its Party committee); a role held by the employer's corporate group, or within it, to that; a role
    that the receiver holds to the receiver; others to the nearest organisation above the unit that holds them, else
    to one that stands beside or under the receiver (the departments of its level).
    """
    bound: dict[str, list[Organisation]] = {}
    for row in EditionRole.objects.filter(edition=programme.edition, per_case=True).select_related("organisation"):
        bound.setdefault(row.role, []).append(row.organisation)
    found: dict[str, Organisation] = {}
    works_at = employer or (unit if unit.level == Organisation.Level.EMPLOYER else None)
    files = programme.expand(route.by) if route is not None else frozenset()
    inner = _inner(works_at)
    for role in programme.pack.roles:
        if role.id in files and role.level != "person":
            found[role.id] = unit
        elif role.level == "employer" and works_at is not None:
            found[role.id] = office_within(role.shown, inner) or works_at
    rivals = programme.expand(route.to) if route is not None else frozenset()
    for name, held in bound.items():
        chosen = _of_group(held, works_at) or _holder(
            held, unit, receiver, only_receiver=name in rivals, aside=name not in programme.nominating
        )
        if chosen is not None:
            found.setdefault(name, chosen)
    return found


def _inner(employer: Organisation | None) -> list[Organisation]:
    """Offices right under an employer; none for a union's own staff."""
    if employer is None or employer.level != Organisation.Level.EMPLOYER:
        return []
    return list(Organisation.objects.filter(parent=employer, active=True).order_by("id"))


def office_within(label: str, offices: Iterable[Organisation]) -> Organisation | None:
    """The office whose name has the words of the role: 企业纪检监察部门 is 某公司纪检监察室."""
    core = _GENERAL.sub("", label)
    return next((one for one in offices if len(core) > 1 and core in one.name), None)


_GENERAL = re.compile(r"企业|本级|所在|单位|部门|（[^）]*）")


def _of_group(held: Iterable[Organisation], employer: Organisation | None) -> Organisation | None:
    """Whoever of the holders is the employer's corporate group, or stands under it (its union)."""
    group = employer.corp_group_id if employer is not None else None
    if group is None:
        return None
    return next((one for one in held if group in (one.pk, one.parent_id)), None)


def _holder(
    held: list[Organisation], unit: Organisation, receiver: Organisation | None, *, only_receiver: bool, aside: bool
) -> Organisation | None:
    """Who of the holders has this part in the case.

    A role that could receive the nomination belongs to the receiver alone: other unions see nothing of
    it. A nominating body stands above the receiver or the unit. Departments stand under or beside it.
    """
    by_id = {one.pk: one for one in held}
    if receiver is not None and receiver.pk in by_id:
        return receiver
    if only_receiver:
        return None
    if receiver is not None and aside:
        for one in held:
            if one.parent_id == receiver.pk:
                return one
    chain = [*reversed(receiver.ancestor_ids if receiver is not None else []), *reversed(unit.ancestor_ids)]
    near = next((by_id[pk] for pk in chain if pk in by_id), None)
    if near is not None or receiver is None or not aside:
        return near
    return next((one for one in held if one.parent_id == receiver.parent_id and one.parent_id is not None), None)


def nominator_of(
    programme: Programme, parties: Mapping[str, Organisation], unit: Organisation, receiver: Organisation | None
) -> Organisation:
    """Whose quota the case counts in: the receiver if it nominates, else the party of a nominating role,
    else the applying unit."""
    nominating = [parties[role] for role in parties if role in programme.nominating]
    if receiver is not None and receiver in nominating:
        return receiver
    return nominating[0] if nominating else unit
