"""A unit's quotas in one edition: whose name is on each seat, who still stands outside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongjiang.kernel.rounding import exact
from gongjiang.models import Case, Organisation, PoolCount, PoolSeat
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.programmes.stage_types.moves import LIVE
from gongjiang.rules.quotas.tables import read_limits, rows_of
from gongjiang.services.nominations.seats import ground_of, list_seats
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Gauge:
    """A quota of the unit: places, the cases that hold them, those in the running that don't hold one yet; `least`
    where the notice gives a range."""

    label: str
    limit: int
    used: tuple[Case, ...]
    waiting: tuple[Case, ...]
    least: int | None = None


def gauges(
    programme: Programme, unit: Organisation, cases: Sequence[Case], facts: Mapping[int, Facts]
) -> tuple[Gauge, ...]:
    """Each hard quota grouped by unit; a handful of queries however many cases (all of this unit)."""
    counts = {(one.pool, one.group): one for one in PoolCount.objects.filter(process=programme.process)}
    seated: dict[int, set[int]] = {}
    for count_id, case_id in PoolSeat.objects.filter(case__in=[one.pk for one in cases]).values_list(
        "count_id", "case_id"
    ):
        seated.setdefault(count_id, set()).add(case_id)
    ground = ground_of(programme, cases, programme.pack.pools)
    found: list[Gauge] = []
    for pool in programme.pack.pools:
        if pool.force != "hard" or "case.nominator" not in pool.per:
            continue
        groups: dict[str, tuple[str, int, list[Case]]] = {}
        for case in cases:
            for seat in list_seats(programme, case, facts[case.pk], pool.on, ground=ground):
                if seat.pool == pool.id:
                    groups.setdefault(seat.group, (seat.label, seat.limit, []))[2].append(case)
        if not groups and pool.table is not None:
            limit = _row(programme, pool.table, unit.short_name)
            held_count = counts.get((pool.id, unit.short_name))
            if limit is not None or held_count is not None:
                limit = held_count.limit if held_count is not None else limit
                found.append(Gauge(f"{pool.shown}（{unit.short_name}）", limit or 0, (), ()))
        for group, (label, limit, members) in groups.items():
            count = counts.get((pool.id, group))
            held = seated.get(count.pk, set()) if count is not None else set()
            used = tuple(one for one in members if one.pk in held)
            open_ = tuple(one for one in members if one.pk not in held and one.state in LIVE)
            found.append(
                Gauge(label, count.limit if count is not None else limit, used, open_, _least(programme, pool))
            )
    return tuple(found)


def _least(programme: Programme, pool: Pool) -> int | None:
    """The lower end of a pool's range: another pool that counts the same."""
    same = (pool.on, pool.per, pool.in_, pool.where, pool.award)
    for one in programme.pack.pools:
        if (one.on, one.per, one.in_, one.where, one.award) == same and one.at_least is not None:
            value = programme.value(one.at_least)
            return None if value is None or "%" in str(value) else int(exact(value))
    return None


def _row(programme: Programme, table: str, name: str) -> int | None:
    """The places of a unit in a table of places, wherever its row names it."""
    held = programme.pack.tables[table]
    if len(held.by) != 1:
        return None
    apart = programme.value(held.apart) in (True, "yes", "是")
    found = read_limits(rows_of(table, held.rows, programme.params), apart=apart).rows.get((name,))
    return None if found is None else int(found)
