"""Chance that anybody can repeat: everything comes from the seed by SHA-256, nothing from the machine.

The seed is committed to before the draw by its hash and told afterwards; nobody can choose another one then.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import numpy as np

from gongjiang.rules.scoring.assignment.arrays import BEST, Whole

_COMMITMENT: Final = "gongjiang draw v1"


def commitment(seed: str) -> str:
    """The hash that is published before the draw: `printf 'gongjiang draw v1\\nSEED' | sha256sum` gives the same."""
    return sha256(f"{_COMMITMENT}\n{seed}".encode()).hexdigest()


def order(seed: str, kind: str, names: Sequence[str]) -> Whole:
    """An order of the names that only the seed decides."""
    keys = [sha256("\x1f".join((seed, kind, name)).encode()).digest() for name in names]
    return np.array(sorted(range(len(names)), key=keys.__getitem__), dtype=np.int64)


def lots(seed: str, shape: tuple[int, int]) -> Whole:
    """A number from 0 to 1,000 for each pair, where nothing else tells experts apart (Philox, keyed by the seed)."""
    key = np.frombuffer(sha256(f"{seed}\x1flots".encode()).digest()[:16], dtype="<u8")
    raw = np.random.Philox(key=key.astype(np.uint64)).random_raw(shape[0] * shape[1])
    return (np.asarray(raw, np.uint64) % np.uint64(BEST + 1)).astype(np.int64).reshape(shape)


class Dice:
    """Whole numbers from the seed, one after the other."""

    def __init__(self, seed: str, purpose: str) -> None:
        self._stem = f"{seed}\x1f{purpose}\x1f"
        self._thrown = 0

    def below(self, limit: int) -> int:
        """0 … limit-1. 128 bits are taken, so that no value is likelier by more than 10⁻²⁰."""
        self._thrown += 1
        return int.from_bytes(sha256(f"{self._stem}{self._thrown}".encode()).digest()[:16], "big") % limit
