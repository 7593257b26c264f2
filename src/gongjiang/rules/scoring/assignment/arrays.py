"""The problem as arrays: who may score whom, how well they fit, how many are needed."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: The best fit of a case and an expert; 0 is the worst.
BEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """Cases are rows, experts columns.

    `affinity` 0–1,000; `allowed`: no conflict; `need`: experts a case lacks; `most`: cases an expert may get now;
    `before`: cases an expert has already, which count when loads are made even.
    """

    affinity: Whole
    allowed: Mask
    need: Whole
    most: Whole
    before: Whole

    @property
    def size(self) -> tuple[int, int]:
        """Cases, experts."""
        return self.affinity.shape[0], self.affinity.shape[1]

    def ordered(self, cases: Whole, experts: Whole) -> "Problem":
        """The same in another order."""
        return Problem(
            self.affinity[np.ix_(cases, experts)],
            self.allowed[np.ix_(cases, experts)],
            self.need[cases],
            self.most[experts],
            self.before[experts],
        )

    def with_affinity(self, affinity: Whole) -> "Problem":
        """The same experts and cases, fitting otherwise."""
        return replace(self, affinity=affinity)

    def per_case(self, chosen: Mask) -> Whole:
        """What each case gets: the sum of its experts' affinities."""
        found: Whole = np.einsum("ij,ij->i", self.affinity, chosen, dtype=np.int64)
        return found

    def total(self, chosen: Mask) -> int:
        """The sum over all."""
        return int(self.per_case(chosen).sum())
