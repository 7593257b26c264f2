"""From a pack's pools and the facts of cases to what the pure evaluator reads."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.text import same_name
from gongjiang.kernel.truth import UNKNOWN, Truth, Unknown, all_of, truth
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.paths import Scope
from gongjiang.rules.programmes.schema.base import param_name
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.programmes.schema.pack import PackFile
from gongjiang.rules.programmes.values import Nothing, Value, show
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec
from gongjiang.rules.quotas.limits import BoundKind, Limits, read_bound
from gongjiang.rules.quotas.members import Chain, Member
from gongjiang.rules.quotas.pools import PoolSpec
from gongjiang.rules.quotas.tables import read_limits, rows_of

NOMINATOR: Final = "case.nominator"
_KINDS: Final[tuple[BoundKind, ...]] = ("at_most", "at_least", "exactly")


def pool_spec(
    pack: PackFile, pool: Pool, params: Mapping[str, Any], facts: Facts, changes: Mapping[str, int] | None = None
) -> PoolSpec:
    """A pool with its bounds, table and `when` as this edition has them. `changes`: places given or lost since.

    Any case's facts will do: nothing of the case itself is read. BadInput names a bound that is no number.
    """
    bounds = tuple(
        read_bound(kind, _value(written, params, facts), place=f"pools.{pool.id}")
        for kind in _KINDS
        if (written := getattr(pool, kind)) is not None
    )
    distinct = pool.count is not None and "distinct" in pool.count
    return PoolSpec(
        pool.id,
        pool.shown,
        bounds,
        _with_given(_limits(pack, pool, params, facts), changes or {}),
        len(pool.per),
        distinct,
        _measured_within(pack, pool),
        pool.force,
        parse(pool.when, facts.words).evaluate(facts).truth if pool.when else Truth.TRUE,
        "类" if distinct else ("人" if _kind(pack, pool) == "person" else "个"),
        pool.clause,
        changes or {},
    )


def pool_member(
    pack: PackFile,
    pool: Pool,
    facts: Facts,
    *,
    key: str,
    chain: Chain = UNKNOWN,
    given: Collection[str] = (),
    aliases: Mapping[str, str] | None = None,
) -> Member:
    """A case as a pool sees it. `chain`: the nominator's name and those of the bodies above it, nearest first; before
    it may stand bodies below the nominator, of which those count to which places were `given`. `aliases`: other names
    of groups that are known (as same_name has them) to the one they go by: a name written otherwise splits no group.
    """
    called = aliases or {}
    whole = _measured(pack, pool, facts)
    inside = all_of((_own(pack, pool, facts), *(_inside(pack, one, facts) for one in _between(pack, pool))))
    value: Any = UNKNOWN
    if pool.count is not None and "distinct" in pool.count:
        value = _read(pack, pool, pool.count["distinct"], facts)
        if isinstance(value, str) and _typed_name(pool.count["distinct"], facts):
            value = _called(value, called)
        if isinstance(value, Nothing):
            inside, value = Truth.FALSE, UNKNOWN
    chains = tuple(_chain(pack, pool, path, facts, chain, (given, called)) for path in pool.per)
    return Member(key, inside, whole, chains, value)


def _value(written: Any, params: Mapping[str, Any], facts: Facts) -> Any:
    """A value of the pack, UNKNOWN while its param is."""
    name = param_name(written)
    if name is None:
        return written
    found = params.get(name)
    return facts.param(name) if found is None and name in facts.words.params else (UNKNOWN if found is None else found)


def _limits(pack: PackFile, pool: Pool, params: Mapping[str, Any], facts: Facts) -> Limits | None:
    if pool.table is None:
        return None
    table = pack.tables[pool.table]
    held = facts.table(pool.table)
    apart = _value(table.apart, params, facts) if table.apart is not None else False
    return read_limits(
        rows_of(pool.table, held.rows if held else table.rows, params),
        depth=len(table.by),
        apart=apart in (True, "yes", "是"),
        place=f"tables.{pool.table}",
    )


def _with_given(limits: Limits | None, changes: Mapping[str, int]) -> Limits | None:
    return limits.with_given(changes) if limits is not None and changes else limits


def _pool(pack: PackFile, name: str | None) -> Pool | None:
    return next((one for one in pack.pools if one.id == name), None)


def _parents(pack: PackFile, pool: Pool) -> list[Pool]:
    """The pools around a pool, the nearest first."""
    found: list[Pool] = []
    at = _pool(pack, pool.in_)
    while at is not None and at not in found:
        found.append(at)
        at = _pool(pack, at.in_)
    return found


def _measured_by(pack: PackFile, pool: Pool) -> Pool | None:
    """The pool that a share is a share of: `of`, else `in`; None for the whole list."""
    if pool.of is None:
        return _pool(pack, pool.in_)
    found = _pool(pack, pool.of)
    if found is None and pool.of != pool.on:
        raise BadInput(f"口径“{pool.shown}”的 of 不是口径，也不是它所在的名单", "`of` names no pool.", place=pool.id)
    return found


def _measured_within(pack: PackFile, pool: Pool) -> bool:
    """Does whoever counts lie in what is measured against?"""
    whole = _measured_by(pack, pool)
    return whole is None or whole in _parents(pack, pool)


def _between(pack: PackFile, pool: Pool) -> list[Pool]:
    """The parents that the denominator does not say already."""
    whole, found = _measured_by(pack, pool), []
    for one in _parents(pack, pool):
        if one == whole:
            break
        found.append(one)
    return found


def _own(pack: PackFile, pool: Pool, facts: Facts) -> Truth:
    """The pool's own `where`."""
    if pool.where is None:
        return Truth.TRUE
    return parse(pool.where, facts.words, kind=_kind(pack, pool)).evaluate(facts).truth


def _of_award(pool: Pool, facts: Facts) -> Truth:
    award = facts.case.get("award")
    return truth(None if award is None else award in pool.award) if pool.award else Truth.TRUE


def _inside(pack: PackFile, pool: Pool, facts: Facts) -> Truth:
    """The pool's own conditions, without its parents'."""
    return all_of((_of_award(pool, facts), _own(pack, pool, facts)))


def _measured(pack: PackFile, pool: Pool, facts: Facts) -> Truth:
    """Does the case lie in the denominator? A pool's award always bounds it."""
    whole = _measured_by(pack, pool)
    around = [] if whole is None else [whole, *_parents(pack, whole)]
    return all_of((_of_award(pool, facts), *(_inside(pack, one, facts) for one in around)))


def _kind(pack: PackFile, pool: Pool) -> str:
    """Which kind of subject the pool's cases are about."""
    kinds = {one.subject for one in pack.awards if not pool.award or one.id in pool.award}
    return kinds.pop() if len(kinds) == 1 else "person"


def _read(pack: PackFile, pool: Pool, path: str, facts: Facts) -> Value:
    path = "case.subject" if path == "subject" else path
    return facts.value(Scope(facts.words, kind=_kind(pack, pool)).path(path, ("pools", pool.id)))


def _chain(
    pack: PackFile,
    pool: Pool,
    path: str,
    facts: Facts,
    chain: Chain,
    known: tuple[Collection[str], Mapping[str, str]],
) -> Chain:
    """The names under which a case counts on one path. A value known to be empty is no group at all."""
    given, aliases = known
    value = _read(pack, pool, path, facts)
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, Nothing):
        return ()
    name = show(value, FieldSpec(path), CodeList())
    if _typed_name(path, facts):
        name = _called(name, aliases)
    if path != NOMINATOR or pool.table is None or isinstance(chain, Unknown):
        return (name,)
    if name not in chain:
        return (name, *chain)
    # Only the nominator and who stands above it: the place where the employer sits has a quota of its own. Below the
    # nominator only those count to whom places were allotted.
    at = chain.index(name)
    return (*(one for one in chain[:at] if one in given), *chain[at:])


def _typed_name(path: str, facts: Facts) -> bool:
    """Is the path a name as somebody typed it, not one of a list?"""
    field = facts.words.fields.get(path)
    return field is not None and field.type == "text"


def _called(name: str, aliases: Mapping[str, str]) -> str:
    plain = same_name(name)
    return aliases.get(plain, plain)
