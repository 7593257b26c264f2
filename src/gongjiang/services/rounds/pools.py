"""The pools on one list: read once for all its cases, then asked for any choice among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongjiang.kernel.truth import UNKNOWN, Truth
from gongjiang.models import Case
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.quotas.adapt import pool_member, pool_spec
from gongjiang.rules.quotas.guard import Seat, hard_maxima
from gongjiang.rules.quotas.members import Member
from gongjiang.rules.quotas.pools import PoolSpec, PoolState, evaluate_pool
from gongjiang.services.nominations.seats import Ground, ground_of
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class PoolBook:
    """Pools of a list with every case as each of them sees it."""

    pools: tuple[tuple[Pool, PoolSpec, Mapping[int, Member]], ...]

    def states(self, kept: Iterable[int]) -> list[PoolState]:
        """All pools as they would stand with these cases on the list."""
        chosen = list(kept)
        found: list[PoolState] = []
        for _, spec, members in self.pools:
            if spec.applies is not Truth.FALSE:
                listed = [members[pk] for pk in chosen if pk in members]
                found += evaluate_pool(spec, listed, members.values() if spec.asks_least else ())
        return found

    def seats(self) -> dict[str, tuple[Seat, ...]]:
        """The seats of hard whole-number pools that each case takes when kept."""
        found: dict[str, list[Seat]] = {}
        for _, spec, members in self.pools:
            for pk, member in members.items():
                found.setdefault(str(pk), []).extend(hard_maxima(spec, member))
        return {key: tuple(seats) for key, seats in found.items()}


def figure_book(programme: Programme, on: str, facts: Mapping[int, Facts]) -> PoolBook:
    """The pack's composition as figures over a list, at every cut; those that a pool of the list counts already are
    left to it. No query."""
    counted = [one.where for one in programme.pack.pools if one.on == on]
    found = []
    for figure in programme.pack.composition:
        if not facts or (figure.where is None and figure.count is None) or (figure.where and figure.where in counted):
            continue
        pool = Pool(id=figure.id, label=figure.shown, on=on, where=figure.where, count=figure.count, force="none")
        spec = pool_spec(programme.pack, pool, programme.params, next(iter(facts.values())))
        members = {pk: pool_member(programme.pack, pool, one, key=str(pk)) for pk, one in facts.items()}
        found.append((pool, spec, members))
    return PoolBook(tuple(found))


def typed_groups(programme: Programme, states: Iterable[PoolState]) -> tuple[str, ...]:
    """Names of groups on a list that people typed: by these a limit counts, so like ones should be one."""
    fields = programme.pack.vocabulary.fields
    paths = {one.id: one.per for one in programme.pack.pools}
    found: dict[str, None] = {}
    for state in states:
        for path, name in zip(paths.get(state.pool, ()), state.key, strict=False):
            if name and path in fields and fields[path].type == "text":
                found[name] = None
    return tuple(found)


def pool_book(programme: Programme, on: str, cases: Mapping[int, Case], facts: Mapping[int, Facts]) -> PoolBook:
    """The pools on the list of a stage. Three queries, whatever the number of cases."""
    found = []
    wanted = [one for one in programme.pack.pools if one.on == on]
    ground = ground_of(programme, cases.values(), wanted) if wanted else Ground({}, {}, {})
    params = programme.params
    for pool in wanted:
        inside = {pk: case for pk, case in cases.items() if not pool.award or case.award in pool.award}
        if not inside:
            continue
        spec = pool_spec(programme.pack, pool, params, facts[next(iter(inside))], ground.changes.get(pool.id))
        members = {
            pk: pool_member(
                programme.pack,
                pool,
                facts[pk],
                key=str(pk),
                chain=ground.chains.get(pk) or UNKNOWN,
                given=spec.limits.given if spec.limits else (),
                aliases=ground.aliases,
            )
            for pk in inside
        }
        found.append((pool, spec, members))
    return PoolBook(tuple(found))
