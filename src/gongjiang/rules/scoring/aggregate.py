"""Experts' sheets: what is typed, read exactly; several sheets as one value a leaf (ledger N-11).

A sheet of somebody recused, or one declared void, is left out. A leaf with too few sheets stays open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final, Literal, get_args

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import decimal_text, exact

Aggregate = Literal["mean", "drop_ends", "median", "sum", "additive", "linear"]
AGGREGATES: Final[tuple[Aggregate, ...]] = get_args(Aggregate)
AGGREGATE_LABELS: Final[Mapping[Aggregate, str]] = {
    "mean": "取平均分",
    "drop_ends": "去掉一个最高分和一个最低分后取平均分",
    "median": "取中位数",
    "sum": "各位专家得分相加",
    "additive": "按各位专家的宽严校准（稳健校准）",
    "linear": "按各位专家的宽严和尺度校准（稳健校准）",
}
#: Those that look at the marks of the whole panel: of a leaf they give the mean, of the tree the calibrated total.
CALIBRATED: Final = frozenset({"additive", "linear"})
#: Sheets below which a way of putting them together says nothing, where that is more than one.
LEAST: Final[Mapping[Aggregate, int]] = {"drop_ends": 3}
HUNDREDTH: Final = Fraction(1, 100)


def parse_score(
    text: str, most: Fraction, step: Fraction = HUNDREDTH, *, least: Fraction = Fraction(0), place: str = ""
) -> Fraction:
    """A score as typed: full-width digits are taken, -0 is 0. BadInput for anything that is not an exact
    decimal within [least, most] in steps of `step` (0.01: two decimals).

    >>> parse_score("８．５", Fraction(10))
    Fraction(17, 2)
    """
    if not text.strip():
        raise BadInput("还没有打分。", "No score yet.", place=place)
    value = exact(text, place=place)
    if value < least:
        raise BadInput(f"不能低于{decimal_text(least)}分。", f"At least {decimal_text(least)}.", place=place)
    if value > most:
        raise BadInput(f"不能高于{decimal_text(most)}分。", f"At most {decimal_text(most)}.", place=place)
    if value % step:
        wanted = "最多两位小数。" if step == HUNDREDTH else f"须为{decimal_text(step)}的整数倍。"
        raise BadInput(wanted, f"In steps of {decimal_text(step)}.", place=place)
    return value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One expert's scores of one case, by leaf. `state`: submitted counts; draft, recused and void don't."""

    expert: str
    scores: Mapping[str, Fraction]
    state: Literal["submitted", "draft", "recused", "void"] = "submitted"


@dataclass(frozen=True, slots=True)
class LeafScore:
    """What the sheets of one leaf come to; `value` is None while there are too few. `values` are what counted."""

    leaf: str
    value: Fraction | None
    values: tuple[Fraction, ...]
    needed: int

    @property
    def sentence(self) -> str:
        """`已有2份评分，还需1份` or the value."""
        if self.value is not None:
            return decimal_text(self.value)
        return f"已有{len(self.values)}份评分，还需{self.needed - len(self.values)}份"


def aggregate(
    sheets: Iterable[Sheet], leaves: Sequence[str], how: Aggregate = "mean", at_least: int = 1
) -> tuple[LeafScore, ...]:
    """One value for each leaf, exactly; open below `at_least` sheets (three for `drop_ends`)."""
    if how not in AGGREGATES:
        raise BadInput(f"不认识的汇总方式“{how}”", f"Unknown aggregate {how!r}.")
    counting = [one for one in sheets if one.state == "submitted"]
    if len({one.expert for one in counting}) != len(counting):
        raise ValueError("an expert has two sheets for one case")
    needed = max(at_least, LEAST.get(how, 1))
    found = []
    for leaf in leaves:
        values = tuple(sorted(one.scores[leaf] for one in counting if leaf in one.scores))
        enough = len(values) >= needed
        found.append(LeafScore(leaf, _one(values, how) if enough else None, values, needed))
    return tuple(found)


def _one(values: Sequence[Fraction], how: Aggregate) -> Fraction:
    """One number from sorted values."""
    if how == "sum":
        return sum(values, Fraction(0))
    if how == "median":
        return Fraction(median(values))
    counted = values[1:-1] if how == "drop_ends" else values
    return sum(counted, Fraction(0)) / len(counted)


def as_intervals(scores: Iterable[LeafScore]) -> dict[str, Interval]:
    """What a scoring tree reads: leaves that are scored."""
    return {one.leaf: Interval.point(one.value) for one in scores if one.value is not None}
