"""What a notice's formula leaves open, each found by computing (ledger N-06)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.quotas.allocation import AllocationSpec
from gongjiang.rules.quotas.reckoning import Counts, Line, Verdict, Way
from gongjiang.rules.quotas.tiers import doubled, uncovered


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that can't be told from the notice. `kind`: interval, bound, line, who, row, differs, figure,
    counts, weights, total, tie."""

    kind: str
    sentence: str
    clause: str
    units: tuple[str, ...] = ()


def tier_gaps(spec: AllocationSpec, lines: Sequence[Line], counts: Counts) -> tuple[Gap, ...]:
    """Everything that tiers and their additions leave open."""
    return tuple(
        gap
        for found in (
            _between(spec),
            _no_bounds(spec, counts),
            _who(spec, lines),
            _rows(spec, lines),
            missing(spec, lines, needed=bool(spec.tiers)),
        )
        for gap in found
    )


def _between(spec: AllocationSpec) -> Iterator[Gap]:
    """Figures without a tier, and figures in two."""
    if not any(one.span is not None for one in spec.tiers):
        return
    name, unit = (spec.factors[0].label, spec.factors[0].unit) if spec.factors else ("", "")
    for span in uncovered(spec.tiers):
        yield Gap("interval", f"{name}{span.text(unit)}，没有对应的档。", spec.clause)
    for span, held in doubled(spec.tiers):
        text = "、".join(f"“{one.text(unit)}”" for one in held)
        many = "两档" if len(held) == 2 else f"{len(held)}档"
        yield Gap("bound", f"{name}{span.text(unit)}，同时在{text}{many}里。", spec.clause)


def _no_bounds(spec: AllocationSpec, counts: Counts) -> Iterator[Gap]:
    """Tiers told by a word alone: where the line is, or, with figures and a table, where it must be."""
    named = sorted((one for one in spec.tiers if one.span is None), key=lambda one: -one.places)
    if len(named) < 2 or not spec.factors:
        return
    factor = spec.factors[0]
    words = "、".join(f"“{one.text()}”" for one in named)
    for upper, lower in pairwise(named):
        above = _known(spec, counts, upper.places, factor.id)
        below = _known(spec, counts, lower.places, factor.id)
        if not above or not below:
            yield Gap("line", f"{words}没有说以多少{factor.unit or '数'}为界。", spec.clause)
            return
        (least, low_unit), (most, high_unit) = min(above), max(below)
        if least < most:
            sentence = (
                f"{low_unit}（{decimal_text(least)}{factor.unit}）{upper.places}名，{high_unit}"
                f"（{decimal_text(most)}{factor.unit}）却是{lower.places}名：不论以多少为界都说不通。"
            )
            yield Gap("line", sentence, spec.clause, (low_unit, high_unit))
        else:
            text = f"{decimal_text(most)}至{decimal_text(least)}{factor.unit}"
            sentence = f"“{upper.text()}”与“{lower.text()}”没有说以多少为界；按名额表，界线应在{text}之间。"
            yield Gap("line", sentence, spec.clause)


def _known(spec: AllocationSpec, counts: Counts, places: int, factor: str) -> list[tuple[Fraction, str]]:
    return [
        (counts[unit][factor], unit)
        for unit in spec.units
        if spec.rows.get(unit) == places and factor in counts.get(unit, {})
    ]


def _who(spec: AllocationSpec, lines: Sequence[Line]) -> Iterator[Gap]:
    """Additions whose units the notice doesn't name; who must have had one is told."""
    for one in spec.more:
        if not one.among:
            continue
        names = [unit for unit in spec.units if unit in one.among]
        must = [line.unit for line in lines if line.ways and all(one in way.more for way in line.ways)]
        never = [line.unit for line in lines if line.unit in one.among and not _fits(line, one.label)]
        text = f"“{one.label}”加{one.places}名，没有说是{'、'.join(names)}中的哪几家。"
        text += f"{'、'.join(must)}加上这{one.places}名才说得通。" if must else ""
        text += f"{'、'.join(never)}加上就说不通。" if never else ""
        yield Gap("who", text, spec.clause, tuple(must))


def _fits(line: Line, label: str) -> bool:
    """May the addition have been given here? Also where nothing is known against it."""
    return not line.ways or any(one.label == label for way in line.ways for one in way.more)


def _rows(spec: AllocationSpec, lines: Sequence[Line]) -> Iterator[Gap]:
    """Rows that no way gives, and figures that no tier holds."""
    unit = spec.factors[0].unit if spec.factors else ""
    for line in lines:
        if line.verdict is Verdict.NONE:
            yield Gap("row", f"{line.unit}{line.table}名：{unexplained(line, unit)}", spec.clause, (line.unit,))
        elif line.verdict is Verdict.DIFFERS and line.figures:
            numbers = "或".join(map(str, line.possible))
            figure = decimal_text(next(iter(line.figures.values())))
            sentence = f"{line.unit}按{figure}{unit}算出{numbers}名，名额表为{line.table}名。"
            yield Gap("differs", sentence, spec.clause, (line.unit,))
        elif line.verdict is Verdict.OPEN and line.figures and spec.tiers:
            figure = decimal_text(next(iter(line.figures.values())))
            yield Gap("figure", f"{line.unit}为{figure}{unit}，不在任何一档，算不出名额。", spec.clause, (line.unit,))


def unexplained(line: Line, unit: str = "") -> str:
    """Why a row has no way, and what would explain it if its parts were counted apart."""
    text = "没有哪一档或哪种组合给出这个数。"
    if not line.split:
        return text
    pieces = "，".join(f"{name}{number}名为“{way_text(ways[0], unit)}”" for name, number, ways in line.split)
    return f"{text}若把所含的另算：{pieces}——通知没有这样说，只供核对。"


def way_text(way: Way, unit: str = "") -> str:
    """`500至1000万人之间6名，加1名（高技能…）`."""
    return "，".join([way.tier.text(unit), *(f"加{one.places}名（{one.label}）" for one in way.more)])


def missing(spec: AllocationSpec, lines: Iterable[Line], *, needed: bool) -> Iterator[Gap]:
    """Figures that nobody has given, a factor at a time."""
    for factor in spec.factors if needed else ():
        if factor.told:
            continue
        gone = tuple(one.unit for one in lines if factor.id not in one.figures and one.unit not in spec.fixed)
        if gone:
            names = "、".join(gone[:6]) + (f"等{len(gone)}家" if len(gone) > 6 else "")
            yield Gap("counts", f"没有给出{names}的{factor.label}，只能核对，不能计算。", spec.clause, gone)
