"""What judges' habits are, estimated from all marks at once: mixed effects, all shrunk (empirical Bayes).

    mark = centre + severity(judge) + scale(judge) × quality(case) + chance(judge)

Quality and severity are drawn towards 0, scale towards 1, each as far as the marks themselves say how much cases and
judges differ (their variances are estimated by EM). A judge whose marks stray from everybody's more than chance allows
has less weight; how far weights may differ is estimated, too, and if the marks show no such judge all weigh the same.
"""

from dataclasses import dataclass
from math import inf, lgamma, log
from typing import Final

import numpy as np

from gongjiang.rules.scoring.calibration.marks import Floats, Marks

#: How alike judges' care may be taken to be: degrees of freedom of the spread of their variances.
ALIKE: Final = (inf, 400.0, 200.0, 100.0, 64.0, 48.0, 32.0, 24.0, 16.0, 12.0, 8.0, 6.0, 4.0)
#: So much more likely (log) must the marks be with unlike judges than with like ones.
EVIDENCE: Final = 2.0
ROUNDS: Final = 60
_SETTLED: Final = 1e-7


@dataclass(frozen=True)
class Fit:
    """Estimates. `quality` by case, the others by judge; `care`: weight of a judge's marks; variances of each.

    `root`, `spread`, `own`, `slope`: what draws from the joint distribution of qualities need.
    """

    centre: float
    quality: Floats
    severity: Floats
    scale: Floats
    care: Floats
    cases_var: float
    judges_var: float
    chance_var: float
    fit: Floats
    root: Floats
    spread: Floats
    own: Floats
    slope: Floats

    def draws(self, count: int, seed: int) -> Floats:
        """Qualities as they may be, given the marks: `count` × cases, from a fixed seed."""
        chance = np.random.Generator(np.random.PCG64(seed))
        shared = chance.standard_normal((count, self.root.shape[0])) @ self.root.T
        scales = chance.standard_normal((count, self.slope.shape[1]))
        own = chance.standard_normal((count, len(self.own))) * self.own
        drawn: Floats = self.quality - shared @ self.spread.T + scales @ self.slope.T + own
        return drawn


class _Step:
    """One solution of the mixed model equations under given variances: centre and severities first, then qualities."""

    def __init__(self, marks: Marks, care: Floats, scale: Floats, cases_var: float, judges_var: float, chance: float):
        rows, columns, y = marks.rows, marks.columns, marks.values
        cases, judges = len(marks.cases), len(marks.judges)
        self.weight = care[columns] / chance
        self.a = scale[columns]
        table = np.zeros((cases, judges + 1))
        table[rows, columns + 1] = self.weight * self.a
        table[:, 0] = np.bincount(rows, self.weight * self.a, cases)
        self.own = np.bincount(rows, self.weight * self.a**2, cases) + 1 / cases_var
        told = np.bincount(rows, self.weight * self.a * y, cases)
        by_judge = np.bincount(columns, self.weight, judges)
        inner = np.zeros((judges + 1, judges + 1))
        inner[0, 0] = self.weight.sum()
        inner[0, 1:] = inner[1:, 0] = by_judge
        inner[np.arange(1, judges + 1), np.arange(1, judges + 1)] = by_judge + 1 / judges_var
        right = np.concatenate([[(self.weight * y).sum()], np.bincount(columns, self.weight * y, judges)])
        self.spread = table / self.own[:, None]
        self.cover = np.linalg.inv(inner - table.T @ self.spread)
        solution = self.cover @ (right - self.spread.T @ told)
        self.centre, self.severity = float(solution[0]), solution[1:]
        self.quality = told / self.own - self.spread @ solution
        wide = self.spread @ self.cover
        self.quality_var = 1 / self.own + np.einsum("ij,ij->i", wide, self.spread)
        self.severity_var = np.diag(self.cover)[1:]
        both = self.severity_var[columns] + self.cover[0, 0] + 2 * self.cover[0, 1 + columns]
        cross = wide[rows, 1 + columns] + wide[rows, 0]
        self.mark_var = self.a**2 * self.quality_var[rows] + both - 2 * self.a * cross
        self.left = y - self.centre - self.severity[columns] - self.a * self.quality[rows]


def fitted(marks: Marks, *, scaled: bool, robust: bool = True) -> Fit:
    """Estimate. `scaled`: judges may also use more or less of the scale; `robust`: may differ in care."""
    rows, columns = marks.rows, marks.columns
    judges, total = len(marks.judges), float(marks.values.var()) or 1e-12
    each = np.bincount(columns, minlength=judges).astype(np.float64)
    cases_var, judges_var, chance_var, scale_var = total / 2, total / 4, total / 3, 0.05
    care, scale, slope_var = np.ones(judges), np.ones(judges), np.zeros(judges)
    before = np.full(len(marks.cases), np.inf)
    for turn in range(ROUNDS):
        step = _Step(marks, care, scale, cases_var, judges_var, chance_var)
        cases_var = max(float((step.quality**2 + step.quality_var).mean()), total * 1e-9)
        judges_var = max(float((step.severity**2 + step.severity_var).mean()), total * 1e-9)
        if scaled:
            scale, slope_var, scale_var = _scales(marks, step, scale_var)
        squares = step.left**2
        unsure = step.mark_var + slope_var[columns] * step.quality[rows] ** 2
        chance_var = max(float((care[columns] * (squares + unsure)).mean()), total * 1e-9)
        free = np.asarray(np.bincount(columns, 1 - np.clip(step.weight * step.mark_var, 0, 0.99), judges), float)
        told = np.bincount(columns, squares, judges) / chance_var
        if robust and turn >= 5:
            care = _cares(told, free, each)
        if np.abs(step.quality - before).max() < _SETTLED * total**0.5:
            break
        before = step.quality
    used = np.ones(judges)
    used[columns] = step.a
    slope = np.zeros((len(marks.cases), judges))
    slope[rows, columns] = -step.weight * step.a * step.quality[rows] / step.own[rows] * slope_var[columns] ** 0.5
    return Fit(
        step.centre, step.quality, step.severity, used, care,
        cases_var, judges_var, chance_var, told / np.maximum(free, 1e-9), np.linalg.cholesky(step.cover), step.spread,
        1 / step.own**0.5, slope,
    )  # fmt: skip


def _scales(marks: Marks, step: _Step, scale_var: float) -> tuple[Floats, Floats, float]:
    """Each judge's slope over the qualities, drawn towards 1; their variance; how much judges differ."""
    columns, judges = marks.columns, len(marks.judges)
    quality = step.quality[marks.rows]
    left = marks.values - step.centre - step.severity[columns]
    own = np.bincount(columns, step.weight * (quality**2 + step.quality_var[marks.rows]), judges) + 1 / scale_var
    scale = (np.bincount(columns, step.weight * quality * left, judges) + 1 / scale_var) / own
    scale = np.maximum(scale, 0.05)
    scale = scale / np.exp(np.log(scale).mean())
    spread = float(np.clip(((scale - 1) ** 2 + 1 / own).mean(), 1e-4, 0.25))
    return scale, 1 / own, spread


def _cares(told: Floats, free: Floats, each: Floats) -> Floats:
    """Weights of judges by what they left unexplained; all 1 unless the marks speak clearly for unlike judges."""
    likely = [_likely(alike, told, free) for alike in ALIKE]
    best = max(range(len(ALIKE)), key=likely.__getitem__)
    if likely[best] - likely[0] <= EVIDENCE:
        return np.ones(len(told))
    care = (ALIKE[best] + free) / (ALIKE[best] + told)
    weighed: Floats = care / np.exp(np.average(np.log(care), weights=each))
    return weighed


def _likely(alike: float, told: Floats, free: Floats) -> float:
    """How likely (log) the judges' unexplained squares are if their precisions vary with `alike` degrees of freedom."""
    if alike == inf:
        return float(-told.sum() / 2)
    found = 0.0
    for left, k in zip(told.tolist(), free.tolist(), strict=True):
        found += lgamma((alike + k) / 2) - lgamma(alike / 2) - k / 2 * log(alike / 2)
        found -= (alike + k) / 2 * log(1 + left / alike)
    return found
