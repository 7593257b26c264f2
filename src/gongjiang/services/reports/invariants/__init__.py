"""What must always hold of a live database (TRUST): a registry of small checks. A new one is a new module here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

#: Violations told of one invariant before only their number is.
TOLD = 20


@dataclass(frozen=True)
class Invariant:
    """One law: its number in TRUST.md, what it says, and what breaks it now, each in a sentence."""

    name: str
    number: int
    law: str
    violations: Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Found:
    """What came of one invariant."""

    invariant: Invariant
    violations: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Does it hold?"""
        return not self.violations


@cache
def invariants() -> tuple[Invariant, ...]:
    """All of them, by their number."""
    found = []
    for info in iter_modules(__path__):
        module = import_module(f"{__name__}.{info.name}")
        found.append(Invariant(info.name, module.NUMBER, module.LAW, module.violations))
    return tuple(sorted(found, key=lambda one: (one.number, one.name)))


def check_invariants() -> Iterator[Found]:
    """One after another; reads only."""
    for one in invariants():
        yield Found(one, tuple(one.violations()))
