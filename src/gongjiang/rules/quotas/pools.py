"""Pools over a list: every count, quota and share of a pack, three-valued (mechanisms 3; ledger N-05, G-01).

Rank proposes, pools refuse, people choose: nothing here picks anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Literal

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.quotas.counting import Count, Seen, count_distinct, count_meets, count_members, share_meets
from gongjiang.rules.quotas.limits import Bound, BoundKind, Limits
from gongjiang.rules.quotas.members import GroupKey, Member, key_counter
from gongjiang.rules.quotas.sentences import pool_sentence

Force = Literal["hard", "soft", "prefer", "guide", "none"]


class Outcome(Enum):
    """What a pool says of a list as it stands."""

    MET = "met"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    NA = "na"


@dataclass(frozen=True, slots=True)
class PoolSpec:
    """A pool with its values resolved.

    `per` is the number of group paths; `limits` a table (at most, a group); `nested`: the parent holds
    the pool (`in`), not only measures it (`of` elsewhere); `applies`: the pool's `when`.
    A pool without bounds is a figure. `changes`: places that a group was given or lost since (cancelled, allotted,
    recalled), by the group's text; they move its greatest number.
    """

    id: str
    label: str
    bounds: tuple[Bound, ...] = ()
    limits: Limits | None = None
    per: int = 0
    distinct: bool = False
    nested: bool = True
    force: Force = "hard"
    applies: Truth = Truth.TRUE
    unit: str = "人"
    clause: str = ""
    changes: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.distinct and any(one.share for one in self.bounds):
            raise ValueError(f"pool {self.id}: a share of distinct values means nothing")
        if self.limits is not None and self.per == 0:
            raise ValueError(f"pool {self.id}: a table needs `per`")

    @property
    def asks_least(self) -> bool:
        """Does it ask for so many at least, so that a group of which nobody is listed matters too?"""
        return any(one.kind != "at_most" for one in self.bounds)

    def bounds_of(self, key: GroupKey) -> tuple[Bound, ...]:
        """The bounds on one group: the pool's own, and the row of its table."""
        own = self.bounds
        if self.limits is not None and None not in key:
            own = (*own, Bound("at_most", self.limits.limit(key)))
        change = self.changes.get(key_counter(key), 0) if self.changes else 0
        return tuple(_moved(one, change) for one in own) if change else own


def _moved(bound: Bound, change: int) -> Bound:
    """A greatest number in whole places, moved; never below none."""
    if bound.kind == "at_least" or bound.share or isinstance(bound.value, Unknown):
        return bound
    return Bound(bound.kind, max(bound.value + change, Fraction(0)))


@dataclass(frozen=True, slots=True)
class PoolState:
    """One bound of a pool on one group of a list: what a gauge and the closing dialogue show.

    `low` to `high` is how many there are, `whole_low` to `whole_high` how many the parent has,
    `open` how many cases are not decided. A figure has `kind` None and outcome NA.
    """

    pool: str
    label: str
    key: GroupKey
    low: int
    high: int
    whole_low: int
    whole_high: int
    open: int
    kind: BoundKind | None
    bound: Fraction | Unknown | None
    share: bool
    outcome: Outcome
    sentence: str
    force: Force = "hard"
    clause: str = ""
    cases: tuple[str, ...] = field(default=(), compare=False)

    @property
    def blocks(self) -> bool:
        """Does it stop a list from being closed as it stands? Unknown stops a hard pool as well."""
        return self.force == "hard" and self.outcome in (Outcome.BROKEN, Outcome.UNKNOWN)

    @property
    def needs_reason(self) -> bool:
        """Must a soft pool's breach be justified and accepted before the list is closed?"""
        return self.force == "soft" and self.outcome in (Outcome.BROKEN, Outcome.UNKNOWN)


def evaluate_pool(spec: PoolSpec, members: Iterable[Member], beside: Iterable[Member] = ()) -> tuple[PoolState, ...]:
    """One state for each group and bound, groups in the order of the table, then of their names.

    `beside`: cases that are not on the list but whose groups are asked all the same: a unit of whose people
    none is kept still falls short of its least number.
    """
    listed = [by_table(spec, one) for one in members]
    others = [by_table(spec, one) for one in beside]
    if not spec.per:
        return tuple(_states(spec, (), [(one, Truth.TRUE) for one in listed]))
    placed: dict[GroupKey, list[Seen]] = {}
    unnamed: list[Member] = []
    for one in listed:
        keys = list(one.groups())
        if any(None in key for key in keys):
            unnamed.append(one)
        else:
            for key in keys:
                placed.setdefault(key, []).append((one, Truth.TRUE))
    found: list[PoolState] = []
    for key in _groups(spec, [*listed, *others]):
        doubtful = [(one, one.of_group(key)) for one in unnamed]
        seen = placed.get(key, []) + [pair for pair in doubtful if pair[1] is not Truth.FALSE]
        found.extend(_states(spec, key, seen))
    return tuple(found)


def by_table(spec: PoolSpec, member: Member) -> Member:
    """The member with the chain of its last path read by the table, if there is one."""
    if spec.limits is None or len(member.chains) != spec.per:
        return member
    chains = (*member.chains[:-1], spec.limits.chain(member.chains[-1]))
    return Member(member.case, member.inside, member.whole, chains, member.value)


def _groups(spec: PoolSpec, members: Sequence[Member]) -> list[GroupKey]:
    """Every group that the table names or a member is in: the table's order first, those nobody has named last."""
    named = list(spec.limits.rows) if spec.limits else []
    asked = [one for one in members if one.inside is not Truth.FALSE or spec.bounds]
    if spec.nested:  # a group of which nobody lies in the parent is none of this pool's groups
        asked = [one for one in asked if one.whole is not Truth.FALSE]
    others = {key for one in asked for key in one.groups()}
    return named + sorted(others - set(named), key=lambda key: [(name is None, name or "") for name in key])


def _states(spec: PoolSpec, key: GroupKey, seen: Sequence[Seen]) -> Iterable[PoolState]:
    count = (count_distinct if spec.distinct else count_members)(seen, nested=spec.nested)
    bounds = spec.bounds_of(key)
    for bound in bounds or (None,):
        outcome = _outcome(spec, key, seen, count, bound)
        yield PoolState(
            spec.id,
            spec.label,
            key,
            count.low,
            count.high,
            count.whole_low,
            count.whole_high,
            count.open,
            bound.kind if bound else None,
            bound.value if bound else None,
            bound.share if bound else False,
            outcome,
            pool_sentence(spec.label, key, count, bound, outcome.value, unit=spec.unit, force=spec.force),
            spec.force,
            spec.clause,
            tuple(one.case for one, _ in seen),
        )


def _outcome(spec: PoolSpec, key: GroupKey, seen: Sequence[Seen], count: Count, bound: Bound | None) -> Outcome:
    if bound is None or spec.applies is Truth.FALSE or (bound.share and count.whole_high == 0):
        return Outcome.NA
    met = share_meets(seen, bound, nested=spec.nested) if bound.share else count_meets(count, bound)
    if met is Truth.TRUE:
        return Outcome.MET
    # Cases whose group nobody has named may yet lie in groups that exist: nothing is broken for certain.
    sure = spec.applies is Truth.TRUE and None not in key
    return Outcome.BROKEN if met is Truth.FALSE and sure else Outcome.UNKNOWN
