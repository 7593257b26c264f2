"""Draws of experts on crowded panels, beside bare ortools and beside the greatest total."""

import multiprocessing
import resource
import time
from collections.abc import Callable

import numpy as np
from ortools.graph.python import min_cost_flow

from benchmarks.support.crowded_panels import crowded, small
from benchmarks.support.timing import fastest
from gongjiang.rules.scoring.assignment.arrays import Problem
from gongjiang.rules.scoring.assignment.blocking import blocking
from gongjiang.rules.scoring.assignment.fair import worst_off_first
from gongjiang.rules.scoring.assignment.flow import max_total


def bare(problem: Problem) -> int:
    """The same flow as one would write it at once; the optimal total."""
    cases, experts = problem.size
    row, column = np.nonzero(problem.allowed)
    solver = min_cost_flow.SimpleMinCostFlow()
    seats = np.arange(experts)
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([row, cases + seats]),
        np.concatenate([cases + column, np.full(experts, cases + experts)]),
        np.concatenate([np.ones(len(row), np.int64), problem.most]),
        np.concatenate([-problem.affinity[row, column], np.zeros(experts, np.int64)]),
    )
    supply = np.concatenate([problem.need, np.zeros(experts, np.int64), [-problem.need.sum()]])
    solver.set_nodes_supplies(np.arange(cases + experts + 1), supply)
    if solver.solve() != solver.OPTIMAL:
        raise SystemExit("no assignment")
    return -int(solver.optimal_cost())


def draws() -> dict[str, float]:
    """Plain and fair draws at 500 × 100 and 2,000 × 300, five each; the price of even loads."""
    found: dict[str, float] = {}
    for cases, experts in ((500, 100), (2000, 300)):
        problem = crowded(cases, experts)
        best = _chosen(problem)
        total, worst = problem.total(best), int(problem.per_case(best).min())
        start = time.perf_counter()
        nothing = np.zeros(experts, np.int64)
        fair = worst_off_first(problem, best, total - total // 100, nothing, problem.most)
        name = f"fair{cases}"
        found[f"{name}_seconds"] = time.perf_counter() - start
        found[f"{name}_worst"] = float(problem.per_case(fair).min())
        found[f"{name}_worst_at_greatest"] = float(worst)
        found[f"{name}_times_worst"] = found[f"{name}_worst"] / worst
        found[f"{name}_price"] = 1 - problem.total(fair) / total
        even = max_total(problem, even=True)
        found[f"{name}_even_price"] = 1 - problem.total(even > 0) / total if even is not None else 1.0
    problem = crowded(2000, 300)
    best_total = bare(problem)
    times = fastest({"ours": lambda: _chosen(problem), "bare": lambda: bare(problem)}, 5)
    found["plain_gap"] = float(best_total - problem.total(_chosen(problem)))
    found["plain_seconds"], found["ortools_seconds"] = times["ours"], times["bare"]
    found["plain_times_ortools"] = times["ours"] / times["bare"]
    return found


def _chosen(problem: Problem) -> np.ndarray:
    found = max_total(problem)
    if found is None:
        raise SystemExit("no assignment")
    return found > 0


def small_instances(number: int) -> dict[str, float]:
    """Random small ones: conflicts, loads that could be evener, refusals without a reason."""
    conflicts = uneven = unexplained = refused = 0
    for seed in range(number):
        problem = small(seed)
        found = max_total(problem, even=True)
        if found is None:
            refused += 1
            named = [f"c{at}" for at in range(problem.size[0])]
            unexplained += not blocking(problem, named, {}, int(problem.most.max()))
            continue
        chosen = found > 0
        conflicts += bool((chosen & ~problem.allowed).any() or (chosen.sum(1) != problem.need).any())
        uneven += int(np.ptp(chosen.sum(0))) > 1 and _can_be_even(problem)
    return {
        "small_conflicts": float(conflicts),
        "small_uneven": float(uneven),
        "small_unexplained": float(unexplained),
        "small_refused": float(refused),
    }


def _can_be_even(problem: Problem) -> bool:
    """Is there an assignment with loads within one? By a flow of its own: floors are filled, ceilings never passed."""
    cases, experts = problem.size
    low = int(problem.need.sum()) // experts
    row, column = np.nonzero(problem.allowed)
    solver = min_cost_flow.SimpleMinCostFlow()
    for one, other in zip(row.tolist(), column.tolist(), strict=True):
        solver.add_arc_with_capacity_and_unit_cost(one, cases + other, 1, 0)
    sink = cases + experts
    for seat in range(experts):
        if problem.most[seat] < low:
            return False
        solver.add_arc_with_capacity_and_unit_cost(cases + seat, sink, low, -1)
        if problem.most[seat] > low:
            solver.add_arc_with_capacity_and_unit_cost(cases + seat, sink, 1, 0)
    for at in range(cases):
        solver.set_node_supply(at, int(problem.need[at]))
    solver.set_node_supply(sink, -int(problem.need.sum()))
    return solver.solve() == solver.OPTIMAL and -solver.optimal_cost() == low * experts


def large() -> dict[str, float]:
    """10,000 × 1,000 in a process of its own: processor seconds of the draw, peak memory with the instance."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, gigabytes = pool.apply(_large)
    return {"large_seconds": seconds, "large_gigabytes": gigabytes}


def _large(make: Callable[[int, int], Problem] = crowded) -> tuple[float, float]:
    problem = make(10_000, 1000)
    start = time.process_time()
    _chosen(problem)
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
