"""Geometry of the charts: pure functions from figures to lengths and points. The looks are in charts.css.

All lengths are in units of the SVG's own viewBox, y downwards. Nothing is scaled beyond its figures:
one scale for all bars of a chart, and it begins at zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FUNNEL_WIDTH = 1400.0
FUNNEL_HEIGHT = 150.0
FUNNEL_TOP = 4.0
BAR_SHARE = 0.58
"""Share of a stage's column that its bar takes; the rest is the slope to the next."""

TILES = {
    "hlj": "黑龙江", "nmg": "内蒙古", "bj": "北京", "jl": "吉林", "xj": "新疆",
    "gs": "甘肃", "nx": "宁夏", "sn": "陕西", "sx": "山西", "he": "河北",
    "tj": "天津", "ln": "辽宁", "xz": "西藏", "qh": "青海", "sc": "四川",
    "cq": "重庆", "ha": "河南", "sd": "山东", "yn": "云南", "gz": "贵州",
    "hb": "湖北", "ah": "安徽", "js": "江苏", "sh": "上海", "gx": "广西",
    "hn": "湖南", "jx": "江西", "zj": "浙江", "hi": "海南", "gd": "广东",
    "fj": "福建", "tw": "台湾", "mo": "澳门", "hk": "香港",
}  # fmt: skip
"""Provincial-level regions by code; charts.css places each on the (schematic) tile map as .p-<code>."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage of the funnel: outline, the part done inside it, and the slope to the next stage."""

    x: float
    y: float
    width: float
    height: float
    done_y: float
    done_height: float
    slope: str


def funnel(totals: Sequence[int], done: Sequence[int]) -> list[Bar]:
    """Bars for `totals` people a stage, of whom `done[i]` are through it; the tallest stage fills the height."""
    if len(totals) != len(done):
        raise ValueError("funnel: as many figures done as totals")
    top = max(totals, default=0) or 1
    column = FUNNEL_WIDTH / max(len(totals), 1)
    usable = FUNNEL_HEIGHT - FUNNEL_TOP
    bars: list[Bar] = []
    for place, (total, through) in enumerate(zip(totals, done, strict=True)):
        height, filled = usable * total / top, usable * min(through, total) / top
        x, y, width = column * place, FUNNEL_HEIGHT - height, column * BAR_SHARE
        slope = ""
        if place + 1 < len(totals):
            after = FUNNEL_HEIGHT - usable * totals[place + 1] / top
            edge = x + width
            slope = f"M{edge:.1f} {y:.1f}L{column * (place + 1):.1f} {after:.1f}V{FUNNEL_HEIGHT:.0f}H{edge:.1f}z"
        x, y, width, height, rest, filled = (round(n, 1) for n in (x, y, width, height, FUNNEL_HEIGHT - filled, filled))
        bars.append(Bar(x, y, width, height, rest, filled, slope))
    return bars


def spots(
    values: Iterable[float], low: float, high: float, width: float = 300.0, dot: float = 8.0
) -> list[tuple[float, int]]:
    """Dots on an axis from `low` to `high`, `width` long: (x, level); dots that would touch are stacked.

    Raises ValueError when the axis has no length or a value lies outside it.
    """
    if high <= low:
        raise ValueError("spots: the axis must end above its start")
    placed: list[tuple[float, int]] = []
    for value in sorted(values):
        if not low <= value <= high:
            raise ValueError(f"spots: {value} lies outside {low}–{high}")
        x, level = round(width * (value - low) / (high - low), 1), 0
        while any(abs(x - other) < dot and at == level for other, at in placed):
            level += 1
        placed.append((x, level))
    return placed


def median(values: Sequence[float]) -> float:
    """The middle value; the mean of the two middle ones when they are even in number."""
    ordered, half = sorted(values), len(values) // 2
    if not ordered:
        raise ValueError("median: no values")
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def share(part: float, whole: float) -> int:
    """A whole per cent, half up; 0 of nothing."""
    return int(100 * part / whole + 0.5) if whole else 0


def steps(highest: int, classes: int = 5) -> list[tuple[int, int]]:
    """Classes of whole figures for the tile map: (from, to) each, from 1 to `highest`, of nearly equal width.

    0 is a class of its own and not listed. The first classes are the wider ones by one where it doesn't divide.
    """
    count = min(classes, highest)
    found, start = [], 1
    for place in range(count):
        size = highest // count + (place < highest % count)
        found.append((start, start + size - 1))
        start += size
    return found


def shade(value: int, classes: Sequence[tuple[int, int]]) -> int:
    """The class (1…) that `value` falls in; 0 for nothing, and the last one above all."""
    if value <= 0:
        return 0
    return next((place for place, (_, to) in enumerate(classes, 1) if value <= to), len(classes))


def lean(value: float, most: float) -> tuple[float, float]:
    """Where a bar from the middle of 0–200 begins, and how long it is."""
    length = round(100 * min(abs(value) / most, 1), 1) if most else 0.0
    return (round(100 - length, 1) if value < 0 else 100.0), length


RISE = (400, 120)
"""Width and height of a line over the years."""


def risen(values: Sequence[int], top: int, columns: int) -> str:
    """The path of values over `columns` years on one scale from zero to `top`.

    >>> risen([0, 50, 100], 100, 5)
    'M0.0,120.0 L100.0,60.0 L200.0,0.0'
    """
    width, height = RISE
    step = width / max(columns - 1, 1)
    spots = [f"{step * at:.1f},{height - height * value / max(top, 1):.1f}" for at, value in enumerate(values)]
    return " ".join(f"{'L' if at else 'M'}{one}" for at, one in enumerate(spots))
