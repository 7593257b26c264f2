"""From marks to ranks by every method, side by side; the edition's rule, stated in advance, decides which counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal, get_args

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.rules.scoring.calibration.marks import Bridge, Mark, Marks, bridges_wanted
from gongjiang.rules.scoring.calibration.model import Fit, fitted
from gongjiang.rules.scoring.calibration.page import Page, page_of

Method = Literal["mean", "drop_ends", "additive", "linear"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)
LABELS: Final[Mapping[Method, str]] = {
    "mean": "平均分",
    "drop_ends": "去掉一个最高分和一个最低分后的平均分",
    "additive": "稳健校准（只校宽严）",
    "linear": "稳健校准（校宽严和尺度）",
}
#: What the platform advises where a notice leaves it open (docs/decisions/0014).
ADVISED: Final[Method] = "linear"


@dataclass(frozen=True)
class Result:
    """One method's answer. A method that can't be used is refused with the reason; cases it can't score stand apart.

    `page` and `fit` only where judges' habits were estimated; `bridges`: marks that would mend a refusal.
    """

    method: Method
    decision: Decision
    scores: Mapping[str, Fraction] = field(default_factory=dict)
    undecided: frozenset[str] = frozenset()
    page: Page | None = None
    fit: Fit | None = None
    bridges: tuple[Bridge, ...] = ()

    @property
    def places(self) -> dict[str, int]:
        """Places as in a competition: equal scores, equal places (1, 1, 3)."""
        order = sorted(self.scores.values(), reverse=True)
        first: dict[Fraction, int] = {}
        for number, value in enumerate(order, 1):
            first.setdefault(value, number)
        return {case: first[value] for case, value in self.scores.items()}


@dataclass(frozen=True)
class SideBySide:
    """Every method's result over the same marks, and who stands apart (未定) under all of them."""

    marks: Marks
    results: Mapping[Method, Result]
    undecided: frozenset[str]


def side_by_side(
    marks: Iterable[Mark], undecided: Collection[str] = (), barred: Collection[tuple[str, str]] = ()
) -> SideBySide:
    """All methods. `undecided`: cases with a leaf that is still open; `barred`: (judge, case) under a conflict, whom
    no bridge may use."""
    held = Marks.of(marks, undecided)
    found: dict[Method, Result] = {"mean": _mean(held), "drop_ends": _drop_ends(held)}
    refusal = _refusal(held, barred)
    for method in ("additive", "linear"):
        found[method] = refusal(method) if refusal is not None else _calibrated(held, method)
    return SideBySide(held, found, frozenset(undecided))


def calibrated(marks: Marks, method: Method, barred: Collection[tuple[str, str]] = ()) -> Result:
    """One of the methods that estimate judges' habits; refused where marks don't allow it."""
    refusal = _refusal(marks, barred)
    return refusal(method) if refusal is not None else _calibrated(marks, method)


def _mean(marks: Marks) -> Result:
    scores = {case: sum((one.value for one in held), Fraction(0)) / len(held) for case, held in marks.by_case.items()}
    return Result("mean", Decision.yes(), scores)


def _drop_ends(marks: Marks) -> Result:
    scores = {}
    for case, held in marks.by_case.items():
        if len(held) >= 3:
            kept = sorted(one.value for one in held)[1:-1]
            scores[case] = sum(kept, Fraction(0)) / len(kept)
    return Result("drop_ends", Decision.yes(), scores, frozenset(marks.cases) - scores.keys())


def _calibrated(marks: Marks, method: Method) -> Result:
    fit = fitted(marks, scaled=method == "linear")
    page = page_of(marks, fit)
    scores = {case: page.score(held) for case, held in marks.by_case.items()}
    return Result(method, Decision.yes(), scores, page=page, fit=fit)


class _Refusal:
    """The same refusal for each method."""

    def __init__(self, reason: str, marks: Marks, bridges: tuple[Bridge, ...] = ()) -> None:
        self.decision, self.marks, self.bridges = Decision.no(Reason(reason)), marks, bridges

    def __call__(self, method: Method) -> Result:
        return Result(method, self.decision, undecided=frozenset(self.marks.cases), bridges=self.bridges)


def _refusal(marks: Marks, barred: Collection[tuple[str, str]]) -> _Refusal | None:
    if len(marks.judges) < 2 or len(marks.marks) <= len(marks.cases) + len(marks.judges) - 1:
        text = "评分太少，分不清是专家宽严还是对象高低，不能校准：每个对象至少要有两位专家，且互有交叉。"
        return _Refusal(text, marks)
    parts = int(marks.parts[0].max()) + 1
    if parts == 1:
        return None
    bridges = bridges_wanted(marks, barred)
    wanted = "；".join(f"请{one.judge}加评{'、'.join(one.cases)}" for one in bridges)
    text = f"评分分成互不相连的{parts}块，没有共同的专家，块与块之间无法比较，不能校准。"
    tail = f"补上这些评分即可：{wanted}。" if len(bridges) == parts - 1 else "需要能跨块评分的专家。"
    return _Refusal(text + tail, marks, bridges)
