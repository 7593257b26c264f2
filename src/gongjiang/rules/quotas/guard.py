"""Hard maxima in whole numbers: what a case takes up when it joins a list.

The database guards the same counters at every step (services/quotas); shares and minima are decided
when the list closes. An unknown member counts as inside (mechanisms 3).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.quotas.members import GroupKey, Member, counted, key_counter, key_text
from gongjiang.rules.quotas.pools import PoolSpec, by_table


@dataclass(frozen=True, slots=True)
class Seat:
    """One place of one pool's group: at most `limit` cases of a list may hold one.

    A key with None is taken by a case whose group nobody has named: it may lie in any matching group,
    so it is counted against each of them.
    """

    pool: str
    label: str
    key: GroupKey
    limit: int

    @property
    def name(self) -> str:
        """For people: `各推荐单位名额（新疆）`."""
        return f"{self.label}（{key_text(self.key)}）" if self.key else self.label

    @property
    def counter(self) -> str:
        """The group as one text for a column; different groups never give the same text."""
        return key_counter(self.key)


def hard_maxima(spec: PoolSpec, member: Member) -> tuple[Seat, ...]:
    """The seats that a case takes in a pool; none if the pool has no hard maximum in whole numbers.

    Counts of distinct values have no seats: they are decided over the list.
    """
    if spec.force != "hard" or spec.distinct or spec.applies is Truth.FALSE:
        return ()
    one = by_table(spec, member)
    if counted(one, Truth.TRUE, nested=spec.nested) is Truth.FALSE:
        return ()
    seats = []
    for key in _keys(spec, one):
        limits = [
            bound.value
            for bound in spec.bounds_of(key)
            if bound.kind != "at_least" and not bound.share and not isinstance(bound.value, Unknown)
        ]
        if limits:
            seats.append(Seat(spec.id, spec.label, key, int(min(limits))))
    return tuple(seats)


def _keys(spec: PoolSpec, member: Member) -> list[GroupKey]:
    """The groups of the case; with a table, a case without a unit is counted in every row it may be of."""
    keys = list(member.groups())
    if spec.limits is not None and any(None in key for key in keys):
        return [key for key in spec.limits.rows if member.of_group(key) is not Truth.FALSE]
    return keys


@dataclass(slots=True)
class Seating:
    """The seats taken on one list so far."""

    taken: dict[str, Counter[GroupKey]] = field(default_factory=dict)

    def full(self, seats: Iterable[Seat]) -> Seat | None:
        """The first seat that is no longer free; None if all are."""
        for seat in seats:
            held = self.taken.get(seat.pool, Counter())
            if any(self._held(held, key) >= seat.limit for key in _met(held, seat.key)):
                return seat
        return None

    def take(self, seats: Iterable[Seat]) -> None:
        """Take the seats; ask `full` first."""
        for seat in seats:
            self.taken.setdefault(seat.pool, Counter())[seat.key] += 1

    def _held(self, held: Counter[GroupKey], key: GroupKey) -> int:
        return sum(n for one, n in held.items() if one == key or (None in one and _may_hold(one, key)))


def _met(held: Counter[GroupKey], key: GroupKey) -> set[GroupKey]:
    """The groups in which one more case at `key` may be felt: its own, and while it is unnamed every one it may be."""
    return {key, *(one for one in held if None in key and _may_hold(key, one))}


def _may_hold(one: GroupKey, other: GroupKey) -> bool:
    """May a case at `one` lie in the group `other`? A group nobody has named holds only unnamed cases."""
    return all(a is None or a == b for a, b in zip(one, other, strict=True))
