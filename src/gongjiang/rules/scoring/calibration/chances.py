"""How sure a rank is: each case's interval of ranks, its probability of being selected, and the band at the cut line.

All of it from draws of the qualities as the marks allow them, from a fixed seed: the same marks, the same numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from gongjiang.rules.scoring.calibration.marks import Floats, Marks, Wholes
from gongjiang.rules.scoring.calibration.model import Fit

DRAWS: Final = 2000
SEED: Final = 20240117
NOMINAL: Final = 0.90


@dataclass(frozen=True, slots=True)
class Chance:
    """One case: between which ranks it lies (nine times in ten), and how likely it is among those selected."""

    first: int
    last: int
    selected: float


def chances(marks: Marks, fit: Fit, places: int, *, draws: int = DRAWS, seed: int = SEED) -> dict[str, Chance]:
    """For each case; `places` are to be given."""
    ranks = ranks_of(fit.draws(draws, seed))
    ends = (1 - NOMINAL) / 2
    first, last = np.quantile(ranks, [ends, 1 - ends], axis=0, method="inverted_cdf")
    selected = (ranks <= places).mean(0)
    return {case: Chance(int(first[at]), int(last[at]), float(selected[at])) for at, case in enumerate(marks.cases)}


def ranks_of(qualities: Floats) -> Wholes:
    """Rank of each column within its row, the best 1."""
    order = np.argsort(-qualities, axis=1)
    ranks: Wholes = np.empty(qualities.shape, np.int64)
    np.put_along_axis(ranks, order, np.arange(1, qualities.shape[1] + 1)[None].repeat(len(qualities), 0), axis=1)
    return ranks


def band(found: Mapping[str, Chance], low: float = 0.05, high: float = 0.95) -> frozenset[str]:
    """Cases whose selection the marks leave open: to be discussed, read once more, or drawn, as announced before."""
    return frozenset(case for case, one in found.items() if low < one.selected < high)
