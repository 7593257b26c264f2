"""Marks of judges as tables: who gave what to whom, and whether all hang together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gongjiang.rules.scoring.assignment.bridges import parts_of

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mark:
    """One judge's total for one case."""

    case: str
    judge: str
    value: Fraction


@dataclass(frozen=True)
class Marks:
    """All marks of a panel. Their order decides nothing: they stand by case and judge."""

    marks: tuple[Mark, ...]

    @staticmethod
    def of(marks: Iterable[Mark], undecided: Collection[str] = ()) -> "Marks":
        """The marks without those of cases that stand apart. ValueError if a judge marks a case twice."""
        kept = sorted((one for one in marks if one.case not in undecided), key=lambda one: (one.case, one.judge))
        if len({(one.case, one.judge) for one in kept}) < len(kept):
            raise ValueError("a judge has two marks for one case")
        return Marks(tuple(kept))

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """Cases with a mark."""
        return tuple(sorted({one.case for one in self.marks}))

    @cached_property
    def judges(self) -> tuple[str, ...]:
        """Judges who gave one."""
        return tuple(sorted({one.judge for one in self.marks}))

    @cached_property
    def rows(self) -> Wholes:
        """Place of each mark's case."""
        at = {one: place for place, one in enumerate(self.cases)}
        return np.array([at[one.case] for one in self.marks], np.int64)

    @cached_property
    def columns(self) -> Wholes:
        """Place of each mark's judge."""
        at = {one: place for place, one in enumerate(self.judges)}
        return np.array([at[one.judge] for one in self.marks], np.int64)

    @cached_property
    def values(self) -> Floats:
        """The marks as floats, for estimating; what is published is computed from the exact ones."""
        return np.array([float(one.value) for one in self.marks])

    @cached_property
    def by_case(self) -> dict[str, tuple[Mark, ...]]:
        """Each case's marks."""
        found: dict[str, list[Mark]] = {one: [] for one in self.cases}
        for one in self.marks:
            found[one.case].append(one)
        return {case: tuple(held) for case, held in found.items()}

    @cached_property
    def parts(self) -> tuple[Wholes, Wholes]:
        """Which part of the design each case and each judge belongs to; one part: all can be compared."""
        chosen = np.zeros((len(self.cases), len(self.judges)), bool)
        chosen[self.rows, self.columns] = True
        return parts_of(chosen)


@dataclass(frozen=True, slots=True)
class Bridge:
    """A mark that is wanted: this judge, of one part, marks these cases of another."""

    judge: str
    cases: tuple[str, ...]


def bridges_wanted(marks: Marks, barred: Collection[tuple[str, str]] = ()) -> tuple[Bridge, ...]:
    """Judges of the largest part, each with a fifth of the cases of another one: with them all hang together.

    Whoever has marked least is asked first; `barred`: (judge, case) under a conflict. A part that nobody may
    bridge is left out.
    """
    of_case, of_judge = marks.parts
    largest = int(np.bincount(of_case).argmax())
    loads = np.bincount(marks.columns, minlength=len(marks.judges))
    found = []
    asked: dict[str, int] = {}
    for part in range(int(of_case.max()) + 1):
        if part == largest:
            continue
        cases = [one for one, at in zip(marks.cases, of_case, strict=True) if at == part]
        free = [(asked.get(judge, 0), int(loads[at]), judge) for at, judge in enumerate(marks.judges)]
        free = [one for one in free if of_judge[marks.judges.index(one[2])] == largest]
        wanted = -(-len(cases) // 5)
        for _, _, judge in sorted(free):
            open_to = [one for one in cases if (judge, one) not in barred]
            if open_to:
                found.append(Bridge(judge, tuple(open_to[:wanted])))
                asked[judge] = asked.get(judge, 0) + 1
                break
    return tuple(found)
