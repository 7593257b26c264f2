"""The matrix of units in an edition: what each was given, gave on, got back, lost, uses, has left (ledger J-08)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.models import Case, EditionRole, Organisation, PlaceChange, PoolCount, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.rules.quotas.adapt import NOMINATOR, pool_member, pool_spec
from gongjiang.rules.quotas.members import counted
from gongjiang.rules.quotas.pools import PoolSpec
from gongjiang.services.nominations.allot import allots
from gongjiang.services.programmes.programme import Programme

UNDER_WAY = (CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in one pool. `most`, `least`: what the notice gives; `limit`: what stands now; `waiting`: people under
    way who hold no place; `beside`: alternates, who take none; `inside`: the row that this one lies in."""

    name: str
    unit: Organisation | None
    most: int
    least: int | None
    limit: int
    used: int
    waiting: int
    beside: int
    inside: str
    approved: str
    story: tuple[PlaceChange, ...]

    @property
    def range(self) -> str:
        """`2–3`, `10`; what the notice gives."""
        return f"{self.least}–{self.most}" if self.least not in (None, self.most) else str(self.most)

    @property
    def left(self) -> int:
        """Unused places."""
        return max(self.limit - self.used, 0)

    @property
    def received(self) -> int:
        """Places given to it since the notice, by a body above or by approval, that were not taken back."""
        return max(self._moved("allotted", "granted", up=True) + self._moved("recalled", up=False), 0)

    @property
    def given_on(self) -> int:
        """Places it gave on, those taken back not counted off."""
        return -self._moved("allotted", "granted", up=False)

    @property
    def got_back(self) -> int:
        """Places it took back."""
        return self._moved("recalled", up=True)

    @property
    def lost(self) -> int:
        """Cancelled places (谁推荐谁负责)."""
        return -sum(one.places for one in self.story if one.kind == "cancelled")

    def _moved(self, *kinds: str, up: bool) -> int:
        return sum(one.places for one in self.story if one.kind in kinds and (one.places > 0) is up)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One pool's units. `allots`: places can be given on (a table of units), else each unit has its range."""

    pool: str
    label: str
    clause: str
    allots: bool
    rows: tuple[UnitRow, ...]

    @property
    def sums(self) -> dict[str, int]:
        """Totals over the rows that lie in no other."""
        whole = [one for one in self.rows if not one.inside]
        return {name: sum(getattr(one, name) for one in whole) for name in ("most", "limit", "used", "left")}


def matrix(programme: Programme, only: Collection[int] | None = None) -> tuple[Sheet, ...]:
    """Every pool of places by unit. `only`: organisations whose rows, and those below them, are wanted (all without).

    The number of queries doesn't depend on how many units there are.
    """
    pools = [one for one in programme.pack.pools if by_unit(one)]
    return _Reader(programme, pools).sheets(only) if pools else ()


def by_unit(pool: Pool) -> bool:
    """Does it limit, in whole places, what one nominating unit may list?"""
    bound = pool.at_most if pool.at_most is not None else pool.exactly
    share = isinstance(bound, str) and bound.strip().endswith(("%", "％"))
    limited = pool.table is not None or (bound is not None and not share)
    return pool.force == "hard" and pool.per == (NOMINATOR,) and pool.count is None and limited


class _Reader:
    """Everything the sheets need, each read once."""

    def __init__(self, programme: Programme, pools: list[Pool]) -> None:
        self.programme, self.pools = programme, pools
        self.roles: dict[str, set[str]] = {}
        self.approved: dict[str, str] = {}
        self.units: dict[str, Organisation] = {}
        held = EditionRole.objects.filter(edition=programme.edition, role__in=programme.nominating)
        for row in held.select_related("organisation").order_by("organisation__path"):
            name = row.organisation.short_name
            self.units.setdefault(name, row.organisation)
            self.roles.setdefault(name, set()).add(row.role)
            self.approved[name] = self.approved.get(name) or row.approved_by
        process = programme.process
        self.counts = {(one.pool, one.group): one for one in PoolCount.objects.filter(process=process)}
        self.story: dict[tuple[str, str], list[PlaceChange]] = {}
        for one in PlaceChange.objects.filter(process=process).select_related("by", "case").order_by("id"):
            self.story.setdefault((one.pool, one.group), []).append(one)
        strange = {group for _, group in self.story} - self.units.keys()
        for unit in Organisation.objects.filter(short_name__in=strange, active=True).order_by("-path"):
            self.units[unit.short_name] = unit
        self.live = _by_nominator(Case.objects.filter(process=process, state__in=UNDER_WAY), "nominator__short_name")
        beside = StageRow.objects.filter(process=process, state=RowState.ALTERNATE)
        self.beside = {
            (one["stage"], one["case__nominator__short_name"]): one["n"]
            for one in beside.values("stage", "case__nominator__short_name").annotate(n=Count("id"))
        }

    def sheets(self, only: Collection[int] | None) -> tuple[Sheet, ...]:
        """Those with rows to show."""
        found = (Sheet(one.id, one.shown, one.clause, allots(one), self._rows(one, only)) for one in self.pools)
        return tuple(one for one in found if one.rows)

    def _rows(self, pool: Pool, only: Collection[int] | None) -> tuple[UnitRow, ...]:
        params = self.programme.params
        blank = Facts(self.programme.pack.vocabulary, params=params, submitted=True)
        spec = pool_spec(self.programme.pack, pool, params, blank)
        least = next((pool_spec(self.programme.pack, one, params, blank) for one in self._least(pool)), None)
        if spec.applies is Truth.FALSE:
            return ()
        listed = [str(key[-1]) for key in spec.limits.rows] if spec.limits else []
        changed = [group for name, group in self.story if name == pool.id]
        names = dict.fromkeys([*listed, *(one for one in self.roles if self._counts(pool, one)), *changed])
        return tuple(self._row(pool, spec, least, name) for name in names if only is None or self._mine(name, only))

    def _row(self, pool: Pool, spec: PoolSpec, least: PoolSpec | None, name: str) -> UnitRow:
        count = self.counts.get((pool.id, name))
        story = tuple(self.story.get((pool.id, name), ()))
        most = _bound(spec, name, at_least=False) or 0
        if name not in self.roles and story and spec.limits is None:
            most = 0
        limit = count.limit if count is not None else max(most + sum(one.places for one in story), 0)
        used = count.used if count is not None else 0
        return UnitRow(
            name=name,
            unit=self.units.get(name),
            most=most,
            least=None if least is None else _bound(least, name, at_least=True),
            limit=limit,
            used=used,
            waiting=max(self.live.get(name, 0) - used, 0),
            beside=self.beside.get((pool.on, name), 0),
            inside=spec.limits.within.get(name, "") if spec.limits and not spec.limits.apart else "",
            approved=self.approved.get(name, ""),
            story=story,
        )

    def _least(self, pool: Pool) -> Iterable[Pool]:
        """The pools that say the lower end of this one's range."""
        same = (pool.on, pool.per, pool.in_, pool.where, pool.award)
        for one in self.programme.pack.pools:
            if (one.on, one.per, one.in_, one.where, one.award) == same and one.at_least is not None:
                yield one

    def _counts(self, pool: Pool, name: str) -> bool:
        """Can a case of this unit count in the pool? By the roles it holds; unknown is yes."""
        roles: Mapping[str, str] = {one.id: "" for one in self.programme.pack.roles}
        case = {**roles, "nominator": name, **dict.fromkeys(self.roles[name], name)}
        facts = Facts(self.programme.pack.vocabulary, params=self.programme.params, case=case, submitted=True)
        member = pool_member(self.programme.pack, pool, facts, key="")
        return counted(member, Truth.TRUE, nested=True) is not Truth.FALSE

    def _mine(self, name: str, only: Collection[int]) -> bool:
        unit = self.units.get(name)
        return unit is not None and any(pk in only for pk in unit.ancestor_ids)


def _bound(spec: PoolSpec, name: str, *, at_least: bool) -> int | None:
    found = [
        int(one.value)
        for one in spec.bounds_of((name,))
        if not one.share and not isinstance(one.value, Unknown) and (one.kind == "at_least") is at_least
    ]
    return min(found, default=None)


def _by_nominator(rows: "object", key: str) -> Counter[str]:
    return Counter({one[key]: one["n"] for one in rows.values(key).annotate(n=Count("id"))})  # type: ignore[attr-defined]
