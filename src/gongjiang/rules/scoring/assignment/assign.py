"""Experts to cases: so many each, nobody in conflict, loads as even as can be, the worst-off case first.

The order of the input, names and ids decide nothing: all are put in an order that the seed gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.scoring.assignment.arrays import BEST, Mask, Problem
from gongjiang.rules.scoring.assignment.blocking import blocking, capped
from gongjiang.rules.scoring.assignment.bridges import bridged, parts_of
from gongjiang.rules.scoring.assignment.chance import Dice, lots, order
from gongjiang.rules.scoring.assignment.fair import worst_off_first
from gongjiang.rules.scoring.assignment.flow import max_total
from gongjiang.rules.scoring.assignment.lottery import drawn
from gongjiang.rules.scoring.assignment.terms import Terms

#: For each case, the experts who must stay away, each with the ground.
Conflicts = Mapping[str, Mapping[str, str]]
#: For each case, how well an expert fits, 0–1,000; who isn't named fits 0.
Affinities = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Prices:
    """What each wish cost of the greatest total affinity; all None where no affinity is known."""

    greatest: int | None = None
    even: int | None = None
    random: Fraction | None = None
    total: int | None = None
    worst_off: int | None = None
    worst_off_at_greatest: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who scores whom. `decision` refuses with the blocking rule if it can't be done; then nobody is assigned.

    `panels`: into how many parts without a common expert the design falls; 1 can be compared as a whole.
    """

    experts: Mapping[str, tuple[str, ...]]
    loads: Mapping[str, int]
    seed: str
    decision: Decision
    prices: Prices = Prices()
    panels: int = 1


def assign(
    cases: Sequence[str],
    experts: Sequence[str],
    per_case: int,
    seed: str,
    conflicts: Conflicts | None = None,
    most: int | None = None,
    loads: Mapping[str, int] | None = None,
) -> Assignment:
    """Give each case `per_case` different experts without a conflict, none more than `most` cases, as the seed has it.
    `loads`: what experts have already; it counts in theirs.
    """
    return draw(cases, experts, Terms(per_case, most, bridges=False), seed, conflicts=conflicts, loads=loads)


def draw(
    cases: Sequence[str],
    experts: Sequence[str],
    terms: Terms,
    seed: str,
    *,
    conflicts: Conflicts | None = None,
    affinity: Affinities | None = None,
    loads: Mapping[str, int] | None = None,
    needs: Mapping[str, int] | None = None,
) -> Assignment:
    """One draw under its terms. Without `affinity` the seed alone tells experts apart. `needs`: cases that lack
    another number of experts than the terms say, as they have some already.

    Loads differ by no more than one wherever conflicts allow it; if they don't, no assignment has evener ones.
    """
    if len(set(cases)) < len(cases) or len(set(experts)) < len(experts):
        raise ValueError("a case or an expert is named twice")
    rows = [cases[at] for at in order(seed, "case", cases)]
    columns = [experts[at] for at in order(seed, "expert", experts)]
    before = {one: (loads or {}).get(one, 0) for one in columns}
    problem = _problem(rows, columns, terms, seed, conflicts or {}, affinity, before, needs or {})
    if not rows:
        return Assignment({}, before, seed, Decision.yes())
    if not columns:
        return _refused(seed, [Reason("还没有专家，请先增加专家。")])
    found = solved(problem, terms if affinity is not None else replace(terms, price=None), seed)
    if found is None:
        if terms.cap is not None and terms.cap < 1 and max_total(problem) is not None:
            return _refused(seed, capped(problem, rows, terms.cap))
        why = blocking(problem, rows, conflicts or {}, terms.most) or [Reason("没有符合全部条件的分派。")]
        return _refused(seed, why)
    chosen, prices = found
    given = {row: tuple(sorted(columns[at] for at in np.flatnonzero(chosen[line]))) for line, row in enumerate(rows)}
    after = {one: before[one] + int(number) for one, number in zip(columns, chosen.sum(0), strict=True)}
    panels = int(parts_of(chosen)[0].max()) + 1
    return Assignment(given, after, seed, Decision.yes(), prices if affinity is not None else Prices(), panels)


def solved(problem: Problem, terms: Terms, seed: str) -> tuple[Mask, Prices] | None:
    """The draw over arrays; None if there is no assignment. Rows and columns stand in the order of the seed."""
    best = max_total(problem, even=terms.even)
    if best is None:
        return None
    chosen = best > 0
    loose = max_total(problem) if terms.even else best
    greatest = problem.total(loose > 0) if loose is not None else 0
    kept = problem.total(chosen)
    random: Fraction | None = None
    if terms.cap is not None and terms.cap < 1:
        parts = max_total(problem, even=terms.even, parts=terms.cap.denominator, per_pair=terms.cap.numerator)
        if parts is None:
            return None
        random = kept - Fraction(int((problem.affinity * parts).sum()), terms.cap.denominator)
        chosen = drawn(parts, terms.cap.denominator, Dice(seed, "pairs"))
    elif terms.price:
        held = problem.before + chosen.sum(0)
        low, high = (held, held) if terms.even else (np.zeros_like(held), problem.before + problem.most)
        if terms.even and held.max() - held.min() <= 1:
            low, high = np.full_like(held, held.min()), np.full_like(held, held.max())
        chosen = worst_off_first(
            problem, chosen, kept - int(terms.price * kept), low - problem.before, high - problem.before
        )
    if terms.bridges and terms.per_case > 1:  # with one expert each there is nobody to share
        chosen = bridged(problem, chosen)
    got = problem.per_case(chosen)
    worst = int(problem.per_case(best > 0).min())
    return chosen, Prices(greatest, greatest - kept, random, int(got.sum()), int(got.min()), worst)


def _problem(
    rows: Sequence[str],
    columns: Sequence[str],
    terms: Terms,
    seed: str,
    conflicts: Conflicts,
    affinity: Affinities | None,
    before: Mapping[str, int],
    needs: Mapping[str, int],
) -> Problem:
    places = {one: at for at, one in enumerate(columns)}
    allowed = np.ones((len(rows), len(columns)), bool)
    fits = lots(seed, allowed.shape) if affinity is None else np.zeros(allowed.shape, np.int64)
    for line, row in enumerate(rows):
        for one in conflicts.get(row, {}):
            if one in places:
                allowed[line, places[one]] = False
        for one, value in (affinity or {}).get(row, {}).items():
            if not 0 <= value <= BEST:
                raise BadInput(f"契合度须在0到{BEST}之间", f"Affinity outside 0–{BEST}: {value}.")
            if one in places:
                fits[line, places[one]] = value
    need = np.array([needs.get(row, terms.per_case) for row in rows], np.int64)
    held = np.array([before[one] for one in columns], np.int64)
    most = np.full(len(columns), len(rows)) if terms.most is None else np.maximum(terms.most - held, 0)
    return Problem(fits, allowed, need, most, held)


def _refused(seed: str, reasons: Sequence[Reason]) -> Assignment:
    return Assignment({}, {}, seed, Decision.no(*reasons))
