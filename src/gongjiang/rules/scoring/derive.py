"""A result by hand: for every node of a tree the line of arithmetic that gives its points."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import decimal_text
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.values import number
from gongjiang.rules.scoring.tree import Scored, interval_text

#: Digits shown of an exact number; it is reckoned with whole.
PLACES: Final = 4
TAKES: Final = {"highest": "取最高", "lowest": "取最低", "mean": "取平均", "chosen": "取所选"}


@dataclass(frozen=True, slots=True)
class Step:
    """One node: its arithmetic in words and numbers, and what comes of it. `depth`: 0 for the root."""

    label: str
    how: str
    result: str
    clause: str
    depth: int


def points(value: Fraction) -> str:
    """A number as far as it is shown."""
    return decimal_text(value, PLACES)


def aggregated(values: Sequence[Fraction], how: str) -> str:
    """The arithmetic of several judges' scores of one line, lowest first: (8 + 8.5 + 9) ÷ 3."""
    sorted_ = sorted(values)
    if how == "sum":
        return _sum(sorted_)
    if how == "median":
        return f"{'、'.join(map(points, sorted_))}，取中位数"
    if how == "drop_ends":
        kept = sorted_[1:-1]
        return f"去掉最高 {points(sorted_[-1])}、最低 {points(sorted_[0])}；({_sum(kept)}) ÷ {len(kept)}"
    return f"({_sum(sorted_)}) ÷ {len(sorted_)}" if len(sorted_) > 1 else points(sorted_[0])


def derived(
    node: ScoreNode, scored: Scored, leaves: Mapping[str, str], reads: Callable[[Any], Any], depth: int = 0
) -> list[Step]:
    """Every node from the leaves up, a parent after its parts. `leaves`: the arithmetic of judged leaves by id;
    `reads`: what a value of the pack is in this edition."""
    if scored.applies is Truth.FALSE:
        return [Step(scored.label, "不适用", "不计", scored.clause, depth)]
    by_id = {one.id: one for one in scored.children}
    found = [
        step for one in node.of if one.id in by_id for step in derived(one, by_id[one.id], leaves, reads, depth + 1)
    ]
    how = _base(node, scored, leaves)
    for text in _shaping(node, scored, reads):
        how = f"{how}；{text}" if how else text
    return [*found, Step(scored.label, how, interval_text_long(scored.interval), scored.clause, depth)]


def interval_text_long(interval: Interval) -> str:
    """Points, or the bounds between which they lie."""
    return points(interval.low) if interval.known else f"未定 {interval_text(interval)}"


def _base(node: ScoreNode, scored: Scored, leaves: Mapping[str, str]) -> str:
    if node.id in leaves:
        return leaves[node.id]
    counted = [one for one in scored.children if one.applies is not Truth.FALSE]
    if counted:
        parts = [interval_text_long(one.interval) for one in counted]
        return " + ".join(parts) if node.take == "sum" else f"{'、'.join(parts)}，{TAKES[node.take]}"
    rows = [one for one in scored.rows if one.counts is not Truth.FALSE]
    if rows:
        parts = [interval_text_long(one.interval) for one in rows]
        return f"各条 {' + '.join(parts)}" if node.take == "sum" else f"各条 {'、'.join(parts)}，{TAKES[node.take]}"
    return "没有符合的，不得分" if node.rows is not None else "按所填内容计分"


def _shaping(node: ScoreNode, scored: Scored, reads: Callable[[Any], Any]) -> list[str]:
    """What start, limits, weight and rounding do, in this order."""
    told = []
    start = reads(node.start)
    if start is not None:
        told.append(f"加起始 {points(number(start))}")
    if node.share:
        told.append("按本人贡献份额折算")
    if scored.cap:
        told.append(f"以上下限为准 {scored.cap}")
    weight = reads(node.weight)
    if weight is not None:
        told.append(f"× {points(number(weight))}")
    places = reads(node.round_to)
    if places is not None:
        told.append(f"四舍五入到 {number(places)} 位小数")
    return told


def _sum(values: Sequence[Fraction]) -> str:
    return " + ".join(map(points, values))
