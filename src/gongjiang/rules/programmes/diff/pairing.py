"""Which item of one pack stands beside which of the other."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from gongjiang.rules.programmes.diff.items import Item

ALIKE: Final = 0.5
"""Numbered questions are the same only if they ask about the same: their numbers mean nothing elsewhere."""

Pair = tuple[Item | None, Item | None]


def pairs(left: Sequence[Item], right: Sequence[Item]) -> list[Pair]:
    """Items beside each other: by id, then by what they are called, then (rules) by what they read. Those of the
    right in their order, then what only the left has."""
    beside: dict[int, Item] = {}
    free = list(left)
    for key in (_by_id, _by_label, _by_reads):
        for one, other in _matched(free, [item for n, item in enumerate(right) if n not in beside], key):
            if key is _by_id and one.section == "questions" and not _alike(one.label, other.label):
                continue
            beside[next(n for n, item in enumerate(right) if item is other)] = one
            free = [item for item in free if item is not one]
    return [(beside.get(n), item) for n, item in enumerate(right)] + [(one, None) for one in free]


def _matched(
    left: Sequence[Item], right: Sequence[Item], key: Callable[[Item], Hashable]
) -> Iterator[tuple[Item, Item]]:
    """Pairs whose key is the same and stands only once on each side."""
    ones = dict(_unique(left, key))
    for name, item in _unique(right, key):
        if name in ones:
            yield ones[name], item


def _unique(items: Sequence[Item], key: Callable[[Item], Hashable]) -> list[tuple[Hashable, Item]]:
    found = [(key(one), one) for one in items]
    counts = Counter(name for name, _ in found)
    return [(name, one) for name, one in found if name and counts[name] == 1]


def _by_id(one: Item) -> Hashable:
    return one.id


def _by_label(one: Item) -> Hashable:
    return one.label


def _by_reads(one: Item) -> Hashable:
    return one.reads


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
