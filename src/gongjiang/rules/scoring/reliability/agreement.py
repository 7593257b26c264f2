"""How far judges agree where all have marked all: intraclass correlations and Kendall's W."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from gongjiang.rules.scoring.calibration.marks import Floats
from gongjiang.rules.scoring.reliability.distributions import f_quantile


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its interval of 95%."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TwoWay:
    """Mean squares of a full table, cases × judges, one mark each (Shrout and Fleiss 1979, table 3)."""

    cases: int
    judges: int
    between_cases: float
    between_judges: float
    rest: float

    @property
    def single(self) -> Estimate:
        """ICC(2,1): how reliable one judge's mark is, were judges drawn anew (McGraw and Wong 1996, table 7)."""
        n, k, b, j, e = self.cases, self.judges, self.between_cases, self.between_judges, self.rest
        value = _share(b - e, b + (k - 1) * e + k * (j - e) / n)
        if e <= 0:
            return Estimate(value, value, value)
        a = k * value / (n * (1 - value)) if value < 1 else inf
        c = 1 + k * value * (n - 1) / (n * (1 - value)) if value < 1 else inf
        freedom = (a * j + c * e) ** 2 / ((a * j) ** 2 / (k - 1) + (c * e) ** 2 / ((n - 1) * (k - 1)))
        upper, lower = f_quantile(0.975, n - 1, freedom), f_quantile(0.975, freedom, n - 1)
        wide = k * j + (k * n - k - n) * e
        low = n * (b - upper * e) / (upper * wide + n * b)
        high = n * (lower * b - e) / (wide + n * lower * b)
        return Estimate(value, low, high)

    @property
    def mean(self) -> Estimate:
        """ICC(2,k): how reliable the mean of all of them is (Spearman and Brown)."""
        one = self.single
        return Estimate(*(stepped_up(value, self.judges) for value in (one.value, one.low, one.high)))


def two_way(table: Floats) -> TwoWay:
    """Mean squares. ValueError with fewer than two cases or judges."""
    cases, judges = table.shape
    if cases < 2 or judges < 2:
        raise ValueError("at least two cases and two judges")
    centre = table.mean()
    by_case, by_judge = table.mean(1), table.mean(0)
    rest = table - by_case[:, None] - by_judge[None] + centre
    return TwoWay(
        cases,
        judges,
        float(judges * ((by_case - centre) ** 2).sum() / (cases - 1)),
        float(cases * ((by_judge - centre) ** 2).sum() / (judges - 1)),
        float((rest**2).sum() / ((cases - 1) * (judges - 1))),
    )


def one_way(groups: Sequence[Floats]) -> Estimate:
    """ICC(1,1): how reliable one mark is where each case has its own judges, drawn at random (Shrout, Fleiss, case
    1). `groups`: the marks of each case; where numbers differ, their usual mean stands for k. ValueError if too few.
    """
    sizes = np.array([len(one) for one in groups], float)
    n, marks = len(groups), sizes.sum()
    if n < 2 or marks <= n:
        raise ValueError("at least two cases and more marks than cases")
    k = float((marks - (sizes**2).sum() / marks) / (n - 1))
    centre = float(np.concatenate(list(groups)).mean())
    between = sum(len(one) * (float(one.mean()) - centre) ** 2 for one in groups) / (n - 1)
    within = sum(float(((one - one.mean()) ** 2).sum()) for one in groups) / (marks - n)
    if within <= 0:
        return Estimate(1.0, 1.0, 1.0) if between > 0 else Estimate(0.0, 0.0, 0.0)
    ratio = between / within
    low = ratio / f_quantile(0.975, n - 1, marks - n)
    high = ratio * f_quantile(0.975, marks - n, n - 1)
    return Estimate(*((one - 1) / (one + k - 1) for one in (ratio, low, high)))


def stepped_up(single: float, judges: float) -> float:
    """The reliability of the mean of so many judges (Spearman and Brown)."""
    return judges * single / (1 + (judges - 1) * single)


def judges_needed(single: float, wanted: float = 0.8) -> int | None:
    """How many judges a case needs for that reliability; None if no number would do."""
    if single <= 0:
        return None
    return max(1, ceil(wanted * (1 - single) / (single * (1 - wanted)) - 1e-9))


def kendall_w(table: Floats) -> float:
    """Kendall's coefficient of concordance, corrected for ties; cases × judges. 1: the same order from all.

    ValueError where every judge gave everybody the same.
    """
    cases, judges = table.shape
    ranks = np.column_stack([_mid_ranks(table[:, at].tolist()) for at in range(judges)])
    ties = sum(int(((counts**3) - counts).sum()) for counts in (_counts(table[:, at]) for at in range(judges)))
    sums = ranks.sum(1)
    spread = float(((sums - sums.mean()) ** 2).sum())
    most = judges**2 * (cases**3 - cases) - judges * ties
    if most <= 0:
        raise ValueError("no judge tells cases apart")
    return float(12 * spread / most)


def _counts(column: Floats) -> Floats:
    return np.asarray(np.unique(column, return_counts=True)[1], float)


def _mid_ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the mean of theirs."""
    order = sorted(values)
    return [order.index(one) + (order.count(one) + 1) / 2 for one in values]


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
