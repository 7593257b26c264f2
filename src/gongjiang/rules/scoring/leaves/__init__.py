"""Kinds of leaf of a scoring tree: a registry. A new kind is a new module here and touches no other."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from gongjiang.rules.scoring.leaves.base import Leaf


@cache
def leaves() -> dict[str, Leaf]:
    """All kinds by the word that a pack writes; `base` has none."""
    found: dict[str, Leaf] = {}
    for info in iter_modules(__path__):
        leaf: Leaf | None = getattr(import_module(f"{__name__}.{info.name}"), "LEAF", None)
        if leaf is not None:
            found[leaf.word] = leaf
    return found
