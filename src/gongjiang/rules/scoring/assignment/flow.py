"""The greatest total affinity, as a flow of least cost (ortools): cases supply, experts' places take.

Even loads come first where asked for: each further case of an expert costs more than all affinity together can bring,
so the loads are as even as any assignment's (least sum of squares) and, among those, affinity decides.
"""

from typing import Final

import numpy as np
from ortools.graph.python import min_cost_flow

from gongjiang.rules.scoring.assignment.arrays import Mask, Problem, Whole

#: How far above and below the even load each single case is weighed; beyond, loads count in bulk.
_BELOW: Final = 4
_ABOVE: Final = 16


def max_total(problem: Problem, *, even: bool = False, parts: int = 1, per_pair: int = 1) -> Whole | None:
    """The best assignment as 0 and 1 (cases × experts); None if there is none.

    With `parts` D and `per_pair` p every pair gets at most p of D parts, and every case D times what it needs: the
    best probabilities under a cap of p/D (Jecmen and others, 2020).
    """
    cases, experts = problem.size
    at = np.flatnonzero(problem.allowed.ravel()).astype(np.int32)
    row, column = np.divmod(at, np.int32(experts))
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        row, column + np.int32(cases), np.full(len(at), per_pair), -problem.affinity.ravel()[at]
    )
    ends, places, costs = _places(problem, parts, even)
    sink = cases + experts
    solver.add_arcs_with_capacity_and_unit_cost(
        (ends + cases).astype(np.int32), np.full(len(ends), sink, np.int32), places, costs
    )
    supply = problem.need * parts
    solver.set_nodes_supplies(np.arange(cases, dtype=np.int32), supply)
    solver.set_node_supply(sink, -int(supply.sum()))
    if solver.solve() != solver.OPTIMAL:
        return None
    found = np.zeros(cases * experts, np.int64)
    found[at] = solver.flows(np.arange(len(at), dtype=np.int32))
    return found.reshape(cases, experts)


def most_possible(problem: Problem) -> Mask:
    """As many places filled as can be, where not all can: for finding out what is in the way."""
    cases, experts = problem.size
    row, column = np.nonzero(problem.allowed)
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        row.astype(np.int32), (column + cases).astype(np.int32), np.ones(len(row), np.int64), np.zeros(len(row), int)
    )
    sink = cases + experts
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(cases, sink, dtype=np.int32),
        np.full(experts, sink, np.int32),
        problem.most,
        np.zeros(experts, np.int64),
    )
    solver.set_nodes_supplies(np.arange(cases, dtype=np.int32), problem.need)
    solver.set_node_supply(sink, -int(problem.need.sum()))
    solver.solve_max_flow_with_min_cost()
    found = np.zeros(problem.size, bool)
    found[row, column] = solver.flows(np.arange(len(row), dtype=np.int32)) > 0
    return found


def even_level(problem: Problem) -> int:
    """The load that everybody would reach if all places were filled from the least loaded up, upper bounds kept."""
    wanted, low, high = int(problem.need.sum()), 0, int(problem.before.max(initial=0) + problem.need.sum())
    while low < high:
        middle = (low + high) // 2
        if int(np.clip(middle - problem.before, 0, problem.most).sum()) >= wanted:
            high = middle
        else:
            low = middle + 1
    return low


def _places(problem: Problem, parts: int, even: bool) -> tuple[Whole, Whole, Whole]:
    """Arcs from experts to the sink: whose, how wide, how dear."""
    experts = np.arange(problem.size[1])
    if not even:
        return experts, problem.most * parts, np.zeros(len(experts), np.int64)
    level = even_level(problem)
    dear = int(problem.need.sum()) * parts * (int(problem.affinity.max(initial=0)) + 1)
    ends, places, costs = [], [], []
    start = np.minimum(problem.before, max(0, level - _BELOW))
    for step, weight in ((max(0, level - _BELOW), 0), *((level - _BELOW + n, n) for n in range(1, _BELOW + _ABOVE))):
        if step <= 0:
            continue
        upto = np.minimum(np.maximum(step, problem.before), problem.before + problem.most)
        place = upto - np.maximum(start, problem.before)
        start = np.maximum(upto, start)
        ends.append(experts)
        places.append(np.maximum(place, 0) * parts)
        costs.append(np.full(len(experts), weight * dear))
    ends.append(experts)
    places.append(np.maximum(problem.before + problem.most - np.maximum(start, problem.before), 0) * parts)
    costs.append(np.full(len(experts), 4 * _ABOVE * dear))
    width = np.concatenate(places)
    kept = width > 0
    return np.concatenate(ends)[kept], width[kept], np.concatenate(costs)[kept]
