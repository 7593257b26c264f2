"""Three-valued (Kleene) truth, and the one mark for a value nobody knows yet.

Unknown never counts as pass or fail (design: pack-notes 3). Source: S. C. Kleene,
Introduction to Metamathematics, 1952, §64 (strong tables).
"""

from collections.abc import Iterable
from enum import Enum
from typing import Final


class Truth(Enum):
    """True, false, or not known."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __invert__(self) -> "Truth":
        return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(self, Truth.UNKNOWN)

    def __bool__(self) -> bool:
        raise TypeError("A Truth has three values: compare it with Truth.TRUE")


class Unknown(Enum):
    """A value that is not known: blank, not yet judged, not covered by the registry."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN


def truth(value: bool | None) -> Truth:
    """A plain yes or no as a Truth; None is unknown."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.TRUE if value else Truth.FALSE


def count_bounds(truths: Iterable[Truth]) -> tuple[int, int]:
    """How many are certainly true, and how many may be."""
    low = high = 0
    for one in truths:
        low += one is Truth.TRUE
        high += one is not Truth.FALSE
    return low, high


def at_least(needed: int, truths: Iterable[Truth]) -> Truth:
    """Are at least `needed` of these true?"""
    low, high = count_bounds(truths)
    if low >= needed:
        return Truth.TRUE
    return Truth.UNKNOWN if high >= needed else Truth.FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene and; true of nothing."""
    found = list(truths)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene or; false of nothing."""
    return ~all_of(~one for one in truths)
