"""Places that differ by kind of unit (2 to 3 for a city, 1 to 2 for an industrial union), as a rehearsal fills them."""

from collections.abc import Iterator, Mapping

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.services.programmes.programme import Programme


def places_by_role(programme: Programme) -> Mapping[str, int]:
    """The most that a unit may send, by the role that makes it a nominating unit; empty where no pool says so.

    Such a pool counts per nominator, in a pool of those whose nominator holds the role
    (`where: {field: case.city_union, filled: true}`).
    """
    found: dict[str, int] = {}
    pools = {one.id: one for one in programme.pack.pools}
    for pool in programme.pack.pools:
        role = _role_of(pools.get(pool.in_ or "", pool))
        if role in programme.nominating and pool.force == "hard" and pool.per == ("case.nominator",):
            try:
                value = programme.value(pool.at_most)
                most = None if value is None else int(exact(value))
            except BadInput:
                continue  # a share is no number of places
            if most is not None:
                found[role] = min(most, found.get(role, most))
    return found


def standing_by(programme: Programme, role: str) -> int:
    """How many more a unit puts up so that somebody stands by: one, where a list of the units' takes alternates."""
    for stage in programme.stages:
        if stage.per == ("case.nominator",) and role in programme.expand(stage.by) and stage.keep is not None:
            more = programme.value(stage.keep.alternates)
            if more is not None:
                return min(1, int(exact(more)))
    return 0


def by_kind_of_unit(programme: Programme, roles: Mapping[str, str], awards: list[str]) -> list[tuple[str, str]]:
    """(award, unit) in turns: every unit's places and whoever stands by. `roles`: the role of each unit by its name."""
    limits = places_by_role(programme)

    def turns() -> Iterator[tuple[str, str]]:
        room = {unit: limits[role] + standing_by(programme, role) for unit, role in roles.items() if role in limits}
        for award in awards:
            for n in range(max(room.values(), default=0)):
                yield from ((award, unit) for unit, most in room.items() if n < most)

    return list(turns())


def _role_of(pool: Pool) -> str:
    where = pool.where or {}
    field = where.get("field")
    return field.removeprefix("case.") if isinstance(field, str) and where.get("filled") is True else ""
