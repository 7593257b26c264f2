"""The reliability of a panel on one page: agreement, where differences come from, each judge, how many are needed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gongjiang.rules.scoring.calibration.marks import Floats, Marks
from gongjiang.rules.scoring.calibration.model import Fit, fitted
from gongjiang.rules.scoring.reliability.agreement import (
    Estimate,
    TwoWay,
    judges_needed,
    kendall_w,
    one_way,
    stepped_up,
    two_way,
)

#: A judge's marks stray so much more (or less) than chance that somebody should look.
MISFIT, TOO_GOOD = 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Shares:
    """Where the differences between marks come from (a G-study), each a share of 1."""

    cases: float
    judges: float
    rest: float


@dataclass(frozen=True, slots=True)
class JudgeFit:
    """One judge. `severity` in points, above 0 lenient; `fit`: mean square of what the model leaves unexplained, 1 is
    usual (Rasch's outfit); `word` says what that means, empty where nothing needs to be said."""

    judge: str
    marks: int
    severity: float
    scale: float
    fit: float

    @property
    def word(self) -> str:
        """What to look at."""
        if self.fit > MISFIT:
            return "打分与其他专家明显不一致"
        return "打分过于一致" if self.fit < TOO_GOOD else ""


@dataclass(frozen=True)
class Report:
    """`single`, `mean`: of one mark and of the mean of `each` marks: ICC(2,1) and ICC(2,k) where all judges marked all
    cases (`table`), else ICC(1,1) and ICC(1,k), as each case has judges of its own. `w` only for full tables;
    `needed`: judges a case for 0.8, None if none would do."""

    each: float
    shares: Shares
    single: Estimate
    mean: Estimate
    w: float | None
    needed: int | None
    judges: Mapping[str, JudgeFit]
    table: TwoWay | None = None


def reliability(marks: Marks, fit: Fit | None = None) -> Report:
    """Of the marks of one connected panel. `fit`: as estimated already."""
    additive = fitted(marks, scaled=False, robust=False)
    shown = fit or additive
    table = full_table(marks)
    held = two_way(table) if table is not None else None
    cases, judges, rest = additive.cases_var, additive.judges_var, additive.chance_var
    each = len(marks.marks) / len(marks.cases)
    single = (
        held.single
        if held
        else one_way([np.array([float(one.value) for one in its]) for its in marks.by_case.values()])
    )
    counts = np.bincount(marks.columns, minlength=len(marks.judges))
    found = {
        judge: JudgeFit(judge, int(counts[at]), float(shown.severity[at]), float(shown.scale[at]), float(shown.fit[at]))
        for at, judge in enumerate(marks.judges)
    }
    return Report(
        each,
        Shares(*(value / (cases + judges + rest) for value in (cases, judges, rest))),
        single,
        Estimate(*(stepped_up(value, each) for value in (single.value, single.low, single.high))),
        _w(table),
        judges_needed(single.value),
        found,
        held,
    )


def full_table(marks: Marks) -> Floats | None:
    """Cases × judges if everybody marked everything, and there are two of each."""
    if len(marks.cases) < 2 or len(marks.judges) < 2 or len(marks.marks) != len(marks.cases) * len(marks.judges):
        return None
    return marks.values.reshape(len(marks.cases), len(marks.judges))


def _w(table: Floats | None) -> float | None:
    if table is None or all(np.ptp(table[:, at]) == 0 for at in range(table.shape[1])):
        return None
    return kendall_w(table)
