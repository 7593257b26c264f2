"""The numbers on a page from which a corrected score is derived by hand, exactly as printed.

    corrected mark   = centre + (mark − what the judge gives on average) ÷ scale
    corrected score  = (Σ weight × corrected mark + prior weight × centre) ÷ (Σ weight + prior weight)

Everything is rounded to two places before it is used, so a pocket calculator gives the same result to the last digit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongjiang.kernel.rounding import decimal_text, round_to
from gongjiang.rules.scoring.calibration.marks import Mark, Marks
from gongjiang.rules.scoring.calibration.model import Fit

HUNDREDTH = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class JudgeNumbers:
    """One judge on the page. `gives`: to a case of average quality; `severity`: that against the centre (above
    0: lenient); `scale`: above 1 uses more of the scale than others; `weight`: of each mark, 1 is usual.
    """

    judge: str
    gives: Fraction
    severity: Fraction
    scale: Fraction
    weight: Fraction
    marks: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that is needed to derive every case's corrected score."""

    centre: Fraction
    prior_weight: Fraction
    judges: Mapping[str, JudgeNumbers]

    def corrected(self, mark: Mark) -> Fraction:
        """One mark without its judge's habits."""
        judge = self.judges[mark.judge]
        return self.centre + (mark.value - judge.gives) / judge.scale

    def score(self, marks: Sequence[Mark]) -> Fraction:
        """A case's corrected score, exactly."""
        weights = [self.judges[one.judge].weight for one in marks]
        parts = (weight * self.corrected(one) for weight, one in zip(weights, marks, strict=True))
        return (sum(parts, Fraction(0)) + self.prior_weight * self.centre) / (sum(weights) + self.prior_weight)

    def lines(self, marks: Sequence[Mark]) -> tuple[str, ...]:
        """The derivation as sentences."""
        found = []
        for one in marks:
            judge = self.judges[one.judge]
            found.append(
                f"{one.judge}：{decimal_text(self.centre)} + ({decimal_text(one.value)} − {decimal_text(judge.gives)})"
                f" ÷ {decimal_text(judge.scale)} = {_two(self.corrected(one))}，分量{decimal_text(judge.weight)}"
            )
        weight = sum((self.judges[one.judge].weight for one in marks), Fraction(0))
        told = sum((self.judges[one.judge].weight * self.corrected(one) for one in marks), Fraction(0))
        found.append(
            f"({_two(told)} + {decimal_text(self.prior_weight)} × {decimal_text(self.centre)})"
            f" ÷ ({decimal_text(weight)} + {decimal_text(self.prior_weight)}) = {_two(self.score(marks))}"
        )
        return tuple(found)


def page_of(marks: Marks, fit: Fit) -> Page:
    """Round the estimates to what is printed. Weights count against the usual judge's, who has 1."""
    usual = float((fit.care * fit.scale**2).mean()) / fit.chance_var
    counts = dict.fromkeys(marks.judges, 0)
    for mark in marks.marks:
        counts[mark.judge] += 1
    centre = _rounded(fit.centre)
    judges = {}
    for at, judge in enumerate(marks.judges):
        gives = _rounded(fit.centre + float(fit.severity[at]))
        weight = float(fit.care[at] * fit.scale[at] ** 2) / fit.chance_var / usual
        scale = max(_rounded(float(fit.scale[at])), HUNDREDTH)
        judges[judge] = JudgeNumbers(
            judge, gives, gives - centre, scale, max(_rounded(weight), HUNDREDTH), counts[judge]
        )
    return Page(centre, max(_rounded(1 / fit.cases_var / usual), HUNDREDTH), judges)


def _rounded(value: float) -> Fraction:
    return round_to(Fraction(value), 2, "half_even")


def _two(value: Fraction) -> str:
    return decimal_text(round_to(value, 2, "half_up"))
