"""Bridges: panels can be compared only through experts whom they share."""

import numpy as np

from gongjiang.rules.scoring.assignment.arrays import Mask, Problem, Whole


def parts_of(chosen: Mask) -> tuple[Whole, Whole]:
    """The part of the design that each case, and each expert, belongs to; -1: an expert with no case.

    Parts are numbered from 0 by their first case.
    """
    cases, experts = chosen.shape
    of_case, of_expert = np.full(cases, -1, np.int64), np.full(experts, -1, np.int64)
    number = 0
    for start in range(cases):
        if of_case[start] >= 0:
            continue
        mine = np.zeros(cases, bool)
        mine[start] = True
        while True:
            seats = chosen[mine].any(0)
            wider = mine | chosen[:, seats].any(1)
            if (wider == mine).all():
                break
            mine = wider
        of_case[mine], of_expert[chosen[mine].any(0)] = number, number
        number += 1
    return of_case, of_expert


def bridged(problem: Problem, chosen: Mask) -> Mask:
    """The same with exchanges between parts, each the one that costs the total least, until all hang together.

    Loads and numbers stay. Parts that nobody may bridge stay apart.
    """
    chosen = chosen.copy()
    while True:
        of_case, _ = parts_of(chosen)
        count = int(of_case.max(initial=0)) + 1
        if count == 1:
            return chosen
        best = _best(problem, chosen, of_case, count)
        if best is None:
            return chosen
        case, given, other, taken = best
        chosen[case, given], chosen[case, taken] = False, True
        chosen[other, taken], chosen[other, given] = False, True


def _best(problem: Problem, chosen: Mask, of_case: Whole, count: int) -> tuple[int, int, int, int] | None:
    """The cheapest exchange of an expert between two parts that leaves fewer parts."""
    cases, experts = np.nonzero(chosen)
    affinity, allowed = problem.affinity, problem.allowed
    found: list[tuple[int, int, int, int, int]] = []
    for case, given in zip(cases.tolist(), experts.tolist(), strict=True):
        fits = (of_case[cases] > of_case[case]) & allowed[case, experts] & allowed[cases, given]
        fits &= ~chosen[case, experts] & ~chosen[cases, given]
        line = np.flatnonzero(fits)
        gain = affinity[case, experts[line]] + affinity[cases[line], given]
        gain = gain - affinity[case, given] - affinity[cases[line], experts[line]]
        for at in np.argsort(-gain, kind="stable")[:3]:
            place = line[at]
            found.append((int(gain[at]), case, given, int(cases[place]), int(experts[place])))
    for _, case, given, other, taken in sorted(found, key=lambda one: -one[0]):
        tried = chosen.copy()
        tried[case, given], tried[case, taken] = False, True
        tried[other, taken], tried[other, given] = False, True
        if int(parts_of(tried)[0].max()) + 1 < count:
            return case, given, other, taken
    return None
