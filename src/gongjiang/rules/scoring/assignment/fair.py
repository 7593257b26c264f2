"""The worst-off first: exchanges that raise whoever is served worst, at a stated price in the total.

From the greatest total, the case that fares worst exchanges one of its experts for a better one: with a case that can
spare them and stays better off than it, or for an expert with a free place. Of the exchanges that help enough the one
is made that costs the total least. It ends when nothing helps, or the next step would cost more than the price.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gongjiang.rules.scoring.assignment.arrays import Mask, Problem, Whole

#: By how much the worst-off is to be raised at once, the greatest tried first.
STEPS: Final = (200, 50, 1)


@dataclass(frozen=True, slots=True)
class _Move:
    """Case `case` hands `given` on and takes `taken`, from `other` (or from nobody: -1)."""

    case: int
    given: int
    taken: int
    other: int
    gain: int


def worst_off_first(problem: Problem, chosen: Mask, least_total: int, low: Whole, high: Whole) -> Mask:
    """Raise the worst-off case as far as the total stays at `least_total` and loads within [low, high]."""
    state = _State(problem, chosen.copy(), low, high)
    while True:
        move = state.best(int(np.argmin(np.where(state.counts > 0, state.got, np.iinfo(np.int64).max))))
        if move is None or state.total + move.gain < least_total:
            return state.chosen
        state.make(move)


class _State:
    """The assignment as it stands, with what is needed to find the next exchange quickly."""

    def __init__(self, problem: Problem, chosen: Mask, low: Whole, high: Whole) -> None:
        self.problem, self.chosen, self.low, self.high = problem, chosen, low, high
        self.got = problem.per_case(chosen)
        self.total = int(self.got.sum())
        self.loads = chosen.sum(0)
        self.counts = chosen.sum(1)
        self.cases, self.experts = np.nonzero(chosen)  # one place a line

    def best(self, case: int) -> _Move | None:
        """The cheapest exchange that raises this case by the greatest step possible."""
        found = [one for given in np.flatnonzero(self.chosen[case]) for one in self._moves(case, int(given))]
        for step in STEPS:
            best: _Move | None = None
            for least, gain, given, taken, other in found:
                good = least >= self.got[case] + step
                if not good.any():
                    continue
                at = int(np.argmax(np.where(good, gain, np.iinfo(np.int64).min)))
                if best is None or gain[at] > best.gain:
                    best = _Move(case, given, int(taken[at]), int(other[at]), int(gain[at]))
            if best is not None:
                return best
        return None

    def _moves(self, case: int, given: int) -> list[tuple[Whole, Whole, int, Whole, Whole]]:
        """Per kind of exchange: what the worse of the two then has, the gain in total, given, taken, from whom."""
        affinity, allowed = self.problem.affinity, self.problem.allowed
        own = self.got[case] - affinity[case, given]
        found = []
        open_to = allowed[case] & ~self.chosen[case]
        line = np.flatnonzero(open_to[self.experts] & allowed[self.cases, given] & ~self.chosen[self.cases, given])
        other, taken = self.cases[line], self.experts[line]
        mine = own + affinity[case, taken]
        theirs = self.got[other] - affinity[other, taken] + affinity[other, given]
        found.append((np.minimum(mine, theirs), mine + theirs - self.got[case] - self.got[other], given, taken, other))
        if self.loads[given] > self.low[given]:
            free = np.flatnonzero(open_to & (self.loads < self.high))
            mine = own + affinity[case, free]
            found.append((mine, mine - self.got[case], given, free, np.full(len(free), -1)))
        return found

    def make(self, move: _Move) -> None:
        """Exchange."""
        self._hand(move.case, move.given, move.taken)
        if move.other >= 0:
            self._hand(move.other, move.taken, move.given)
        self.total += move.gain

    def _hand(self, case: int, given: int, taken: int) -> None:
        self.chosen[case, given], self.chosen[case, taken] = False, True
        line = np.flatnonzero((self.cases == case) & (self.experts == given))[0]
        self.experts[line] = taken
        self.got[case] += self.problem.affinity[case, taken] - self.problem.affinity[case, given]
        self.loads[given] -= 1
        self.loads[taken] += 1
