"""The order of an agenda in which those who must leave the room walk least.

Whoever is recused from an item leaves before it and comes back after it. Between two neighbours everybody walks who is
recused from one of them only; everybody starts and ends in the room. The fewest walks over all orders is a shortest
path through all items: exact up to `EXACT` groups of items with the same people recused, beyond that the nearest
neighbour mended by turning stretches round until no turn helps (Croes 1958, the 2-opt move).
"""

from collections.abc import Mapping, Sequence
from typing import Final

EXACT: Final = 11
"""Groups with different people recused that are ordered exactly: 2^11 × 11² steps."""

Away = frozenset[str]


def walks(order: Sequence[Away]) -> int:
    """How often anybody leaves or comes back over items in this order."""
    room: Away = frozenset()
    total = 0
    for away in (*order, frozenset[str]()):
        total += len(away ^ room)
        room = away
    return total


def agenda(items: Sequence[str], recused: Mapping[str, Away]) -> tuple[str, ...]:
    """Items in the order with the fewest walks; within a group as they were given, nobody recused first.

    `items`: in their usual order (the ranking). `recused`: by item, who must leave.
    """
    groups: dict[Away, list[str]] = {}
    for item in items:
        groups.setdefault(recused.get(item, frozenset()), []).append(item)
    first = groups.pop(frozenset(), [])
    keys = list(groups)
    order = _exact(keys) if len(keys) <= EXACT else _mended(_nearest(keys))
    return (*first, *(item for key in order for item in groups[key]))


def _exact(keys: Sequence[Away]) -> list[Away]:
    """Held and Karp's dynamic programme over the sets already taken."""
    if not keys:
        return []
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {
        (1 << n, n): (len(key), (n,)) for n, key in enumerate(keys)
    }
    for taken in range(1, 1 << len(keys)):
        for last in range(len(keys)):
            found = best.get((taken, last))
            if found is None:
                continue
            for n, key in enumerate(keys):
                if taken >> n & 1:
                    continue
                step = (found[0] + len(keys[last] ^ key), (*found[1], n))
                at = (taken | 1 << n, n)
                if at not in best or step < best[at]:
                    best[at] = step
    whole = (1 << len(keys)) - 1
    ended = [(best[whole, n][0] + len(key), best[whole, n][1]) for n, key in enumerate(keys)]
    return [keys[n] for n in min(ended)[1]]


def _nearest(keys: Sequence[Away]) -> list[Away]:
    left, order = list(keys), []
    room: Away = frozenset()
    while left:
        room = min(left, key=lambda one: len(one ^ room))
        left.remove(room)
        order.append(room)
    return order


def _mended(order: list[Away]) -> list[Away]:
    """Stretches turned round while that spares walks."""
    ends: list[Away] = [frozenset(), *order, frozenset()]
    better = True
    while better:
        better = False
        for i in range(1, len(ends) - 2):
            for j in range(i + 1, len(ends) - 1):
                now = len(ends[i - 1] ^ ends[i]) + len(ends[j] ^ ends[j + 1])
                if len(ends[i - 1] ^ ends[j]) + len(ends[i] ^ ends[j + 1]) < now:
                    ends[i : j + 1] = ends[i : j + 1][::-1]
                    better = True
    return ends[1:-1]
