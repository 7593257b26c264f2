"""The calculator's report: a line for each unit, gaps, the numbers that may feed a table; its words for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.programmes.schema.pack import PackFile
from gongjiang.rules.quotas.allocation import KINDS, AllocationSpec, allocation_spec
from gongjiang.rules.quotas.gaps import Gap, missing, tier_gaps, unexplained, way_text
from gongjiang.rules.quotas.reckoning import Counts, Line, Verdict, compared, tier_lines
from gongjiang.rules.quotas.shares import Shared, share, weighted

VERDICTS: Final = {
    Verdict.FITS: "相符",
    Verdict.ONE: "说得通",
    Verdict.SEVERAL: "说得通，不止一种",
    Verdict.NONE: "说不通",
    Verdict.DIFFERS: "不符",
    Verdict.COMPUTED: "已算出",
    Verdict.OPEN: "算不出",
}


@dataclass(frozen=True, slots=True)
class Report:
    """One allocation, reckoned. `result`: places by unit, None while a unit's can't be told."""

    spec: AllocationSpec
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    result: Mapping[str, int] | None

    @property
    def kind(self) -> str:
        """Which way of giving places, in words."""
        return KINDS[self.spec.kind]

    @property
    def table_sum(self) -> int | None:
        """What the table gives these units together."""
        rows = [one.table for one in self.lines if one.table is not None]
        return sum(rows) if rows else None


def reckon_all(pack: PackFile, params: Mapping[str, Any], counts: Mapping[str, Counts]) -> tuple[Report, ...]:
    """Every allocation of a pack. `counts`: allocation → unit → factor → figure."""
    return tuple(reckon(allocation_spec(pack, one, params), counts.get(one.id, {})) for one in pack.allocations)


def reckon(spec: AllocationSpec, counts: Counts) -> Report:
    """One allocation. Units that the pack doesn't name come from the counts."""
    if spec.kind == "shares":
        return _shares(spec, counts)
    if spec.kind == "factors":
        units = tuple(dict.fromkeys((*spec.units, *counts)))
        lines = tuple(Line(unit, spec.rows.get(unit), counts.get(unit, {}), Verdict.OPEN) for unit in units)
        return Report(spec, lines, _unweighed(spec), None)
    if spec.kind == "fixed":
        lines = tuple(
            Line(unit, spec.rows.get(unit), {}, compared(spec.rows.get(unit), (places,)), possible=(places,))
            for unit, places in spec.fixed.items()
        )
        return Report(spec, lines, (), dict(spec.fixed))
    lines = tier_lines(spec, counts)
    return Report(spec, lines, tier_gaps(spec, lines, counts), _result(lines))


def _result(lines: Sequence[Line]) -> dict[str, int] | None:
    found = {one.unit: one.places for one in lines if one.places is not None}
    return found if lines and len(found) == len(lines) else None


def _unweighed(spec: AllocationSpec) -> tuple[Gap, ...]:
    """Factors that are named and not weighed: shown to whoever decides, never computed from."""
    names = "、".join(one.label for one in spec.factors)
    return (Gap("weights", f"只说综合考虑{names}，没有给出权重和算法：列出供决定时参考，不计算。", spec.clause),)


def _shares(spec: AllocationSpec, counts: Counts) -> Report:
    units = spec.units or tuple(counts)
    bare = tuple(Line(unit, spec.rows.get(unit), counts.get(unit, {}), Verdict.OPEN) for unit in units)
    gaps = list(missing(spec, bare, needed=True))
    unweighed = [one.label for one in spec.factors if one.weight is None]
    if unweighed and len(spec.factors) > 1:
        gaps.append(Gap("weights", f"没有给出{'、'.join(unweighed)}的权重。", spec.clause))
    if spec.total is None:
        gaps.append(Gap("total", "名额总数还没有定。", spec.clause))
    if gaps or not units or spec.total is None:
        return Report(spec, bare, tuple(gaps), None)
    weights = {one.id: Fraction(1) if one.weight is None else one.weight for one in spec.factors}
    figures = {one: {unit: counts[unit][one] for unit in units} for one in weights}
    try:
        found = share(spec.total, weighted(figures, weights), least=spec.least, most=spec.most)
    except BadInput as error:
        return Report(spec, bare, (Gap("total", error.text, spec.clause),), None)
    lines = tuple(_shared_line(spec, one, found) for one in bare)
    if found.tied:
        names = "、".join(found.tied)
        gaps.append(Gap("tie", f"{names}余数相同，争{found.left}名，须由主办单位决定。", spec.clause, found.tied))
    return Report(spec, lines, tuple(gaps), _result(lines))


def _shared_line(spec: AllocationSpec, one: Line, found: Shared) -> Line:
    low = found.places[one.unit]
    possible = (low, low + 1) if one.unit in found.tied else (low,)
    verdict = compared(one.table, possible)
    return Line(one.unit, one.table, one.figures, verdict, possible=possible, quota=found.quotas[one.unit])


def line_text(spec: AllocationSpec, line: Line) -> str:
    """How a row stands to the formula, in a sentence."""
    unit = spec.factors[0].unit if spec.factors else ""
    if line.verdict is Verdict.NONE:
        return unexplained(line, unit)
    if line.verdict is Verdict.OPEN:
        return "" if spec.kind == "factors" else ("不在任何一档" if line.figures and spec.tiers else "缺少数字")
    numbers = "或".join(map(str, line.possible))
    if line.quota is not None:
        said = f"应得{decimal_text(line.quota, 4)}，取{numbers}名"
    elif line.possible and not line.ways:
        said = f"定为{numbers}名"
    else:
        said = "；或".join(way_text(one, unit) for one in line.ways)
    if line.verdict is Verdict.SEVERAL and line.possible and line.table is not None:
        said = f"可得{numbers}名；{line.table}名为：{said}"
    if line.verdict is Verdict.DIFFERS:
        said = f"算出{numbers}名（{said}），名额表为{line.table}名"
    if line.parts:
        said += "（含" + "、".join(f"{name}{number}名" for name, number in line.parts.items()) + "）"
    return said


def figures_text(spec: AllocationSpec, line: Line) -> str:
    """A unit's figures: `产业工人数量 1234万人`; 未给出 for what is missing."""
    return "，".join(
        f"{one.label} " + (f"{decimal_text(line.figures[one.id])}{one.unit}" if one.id in line.figures else "未给出")
        for one in spec.factors
    )


def as_text(report: Report) -> str:
    """The report as lines of text, for the command."""
    spec = report.spec
    head = f"{spec.label}（{report.kind}）" + (f"　{spec.clause}" if spec.clause else "")
    told = [head]
    for line in report.lines:
        row = "—" if line.table is None else f"{line.table}名"
        verdict = "" if spec.kind == "factors" else f"{VERDICTS[line.verdict]}　"
        told.append(f"  {line.unit}　{row}　{verdict}{line_text(spec, line)}　{figures_text(spec, line)}".rstrip())
    if report.table_sum is not None:
        told.append(f"  名额表合计{report.table_sum}名。")
    if report.result is not None:
        told.append(f"  算出合计{sum(report.result.values())}名。")
    told += [f"  空缺：{one.sentence}" + (f"（{one.clause}）" if one.clause else "") for one in report.gaps]
    return "\n".join(told)


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data, for JSON."""
    spec = report.spec
    return {
        "id": spec.id,
        "label": spec.label,
        "kind": spec.kind,
        "cite": spec.clause,
        "units": [
            {
                "unit": one.unit,
                "table": one.table,
                "figures": {name: decimal_text(figure, 6) for name, figure in one.figures.items()},
                "verdict": one.verdict.value,
                "possible": list(one.possible) or sorted({way.places for way in one.ways}),
                "says": line_text(spec, one),
            }
            for one in report.lines
        ],
        "gaps": [
            {"kind": one.kind, "says": one.sentence, "cite": one.clause, "units": list(one.units)}
            for one in report.gaps
        ],
        "result": None if report.result is None else dict(report.result),
    }
