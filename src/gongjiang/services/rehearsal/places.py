"""Places that a pack gives each nominating unit, and how many nominees a rehearsal takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.rules.nominations.form_plan_needs import possible
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.base import param_name
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.quotas.tables import read_limits, rows_of
from gongjiang.services.nominations.seats import list_size
from gongjiang.services.programmes.programme import Programme

#: Nominees for each place of the first list, where no quota says a number: a fifth more than fit.
FOR_TEN_PLACES = 12
#: Nominees where a notice limits nothing at all.
UNLIMITED = 20


@dataclass(frozen=True)
class Quota:
    """Places by award and unit. `names`: units of the table in its order; `inside`: the unit whose row holds
    another; `apart`: units of a row that is only a sum."""

    names: tuple[str, ...] = ()
    inside: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    places: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    each: Mapping[str, int] = field(default_factory=dict)

    def of(self, award: str, unit: str) -> int | None:
        """A unit's places for an award, without those of the units inside its row; None without limit."""
        if award in self.places:
            return self.places[award].get(unit, 0)
        return self.each.get(award)


def awards_of(pack: Pack) -> list[str]:
    """Ids of the awards; a pack without any has one."""
    return [one.id for one in pack.awards] or ["main"]


def quotas(pack: Pack, params: Mapping[str, Any] | None = None) -> Quota:
    """What the hard pools per nominating unit say, whichever list they are on."""
    names: tuple[str, ...] = ()
    inside: Mapping[str, str] = {}
    apart: frozenset[str] = frozenset()
    places: dict[str, Mapping[str, int]] = {}
    each: dict[str, int] = {}
    here = Facts(pack.vocabulary, params={one.id: one.value for one in pack.params} | dict(params or {}))
    for pool in pack.pools:
        if pool.force != "hard" or tuple(pool.per) != ("case.nominator",) or pool.where or pool.in_:
            continue
        if not possible(pool.when, here, "person"):
            continue
        for award in pool.award or awards_of(pack):
            if pool.table is not None:
                rows = rows_of(pool.table, pack.tables[pool.table].rows, params or {})
                limits = read_limits(rows, apart=True)
                places[award] = {str(key[-1]): int(value) for key, value in limits.rows.items()}
                names, inside = _in_order(rows, places[award]), limits.within
                apart = frozenset(
                    name for row in rows.values() if isinstance(row, Mapping) for name in row.get("split", ())
                )
            elif (most := _most(pack, pool, params or {})) is not None:
                each[award] = min(most, each.get(award, most))
    return Quota(names, inside, apart, places, each)


def _in_order(rows: Mapping[str, Any], places: Mapping[str, int]) -> tuple[str, ...]:
    """Units in the order of the table, each before those inside its row."""
    found: list[str] = []
    for name, row in rows.items():
        inner = [*row.get("includes", ()), *row.get("split", ())] if isinstance(row, Mapping) else []
        found += [one for one in (str(name), *map(str, inner)) if one in places]
    return tuple(found)


def _most(pack: Pack, pool: Pool, params: Mapping[str, Any]) -> int | None:
    written = pool.at_most if pool.at_most is not None else pool.exactly
    name = param_name(written)
    if name is not None:
        written = params.get(name, next((one.value for one in pack.params if one.id == name), None))
    try:
        return None if written is None else int(exact(written))  # type: ignore[arg-type]
    except BadInput:
        return None  # a share needs the list: it is no number of places


def first_size(programme: Programme, award: str) -> int | None:
    """How many the first list of an award may hold; side by side lists are added up."""
    for stage in programme.stages:
        size = list_size(programme, stage.keep)
        if size is None or stage.type not in {"select", "panel"} or (stage.award and award not in stage.award):
            continue
        beside = [
            list_size(programme, other.keep) or 0
            for other in programme.stages
            if other.id != stage.id
            and other.from_
            and other.from_ == stage.from_
            and other.when
            and stage.when
            and (not other.award or award in other.award)
        ]
        return size + sum(beside)
    return None


def planned(programme: Programme, units: list[str], asked: int | None) -> list[tuple[str, str]]:
    """(award, unit) of each nominee: every unit's full quota, else a fifth more than the first list holds.

    `asked`: a number of our own; units then take turns, each within its quota as long as that is possible.
    """
    quota = quotas(programme.pack, programme.params)
    full: list[tuple[str, str]] = []
    for award in awards_of(programme.pack):
        limits = {unit: quota.of(award, unit) for unit in units}
        if any(one is not None for one in limits.values()):
            full += _turns(award, {unit: one for unit, one in limits.items() if one})
        else:
            size = first_size(programme, award)
            wanted = UNLIMITED if size is None else -(-size * FOR_TEN_PLACES // 10)
            full += [(award, unit) for unit in islice(cycle(units), wanted)]
    if asked is None:
        return full
    return list(islice(cycle(full), asked)) if asked > len(full) else _thinned(full, asked)


def _turns(award: str, limits: Mapping[str, int]) -> list[tuple[str, str]]:
    """Units in turns, so that a part of the list is fair to all."""
    most = max(limits.values(), default=0)
    return [(award, unit) for n in range(most) for unit, limit in limits.items() if n < limit]


def _thinned(full: list[tuple[str, str]], asked: int) -> list[tuple[str, str]]:
    """So many of a longer list, from each award its share."""
    by_award: dict[str, list[tuple[str, str]]] = {}
    for one in full:
        by_award.setdefault(one[0], []).append(one)
    found: list[tuple[str, str]] = []
    for n, rows in enumerate(by_award.values(), 1):
        share = asked - len(found) if n == len(by_award) else asked * len(rows) // len(full)
        found += rows[:share]
    return found
