"""A pack's allocation with its values resolved: units, factors, tiers, the rows of the table it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact, percent
from gongjiang.rules.programmes.schema.allocation import Addition, Allocation, Factor, Tier
from gongjiang.rules.programmes.schema.base import param_name
from gongjiang.rules.programmes.schema.pack import PackFile
from gongjiang.rules.quotas.tables import read_limits, rows_of
from gongjiang.rules.quotas.tiers import Span, TierSpec

KINDS: Final = {"tiers": "分档", "fixed": "定额", "shares": "按因素加权", "factors": "考虑因素"}


@dataclass(frozen=True, slots=True)
class FactorSpec:
    """A factor; `weight` None where the notice gives none; `told`: a text, shown and never computed with."""

    id: str
    label: str
    unit: str
    weight: Fraction | None
    told: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """Places more: for all `units`, or for some of those `among`, whom the notice doesn't name."""

    label: str
    places: int
    units: frozenset[str]
    among: frozenset[str]

    def surely(self, unit: str) -> bool:
        """Does it hold for this unit whatever people say?"""
        return unit in self.units or not (self.units or self.among)

    def perhaps(self, unit: str) -> bool:
        """May it hold for this unit?"""
        return self.surely(unit) or unit in self.among


@dataclass(frozen=True, slots=True)
class AllocationSpec:
    """What the calculator works on.

    `rows`: places by unit as the table has them, in its order; `parts`: shares that lie inside a row (新疆 → 兵团 3);
    `total`, `least`, `most` None where nobody has said.
    """

    id: str
    label: str
    clause: str
    kind: str
    units: tuple[str, ...]
    factors: tuple[FactorSpec, ...]
    tiers: tuple[TierSpec, ...]
    more: tuple[More, ...]
    fixed: Mapping[str, int]
    rows: Mapping[str, int]
    parts: Mapping[str, Mapping[str, int]]
    total: int | None
    least: int
    most: int | None
    feeds: bool
    table: str | None


def allocation_spec(pack: PackFile, one: Allocation, params: Mapping[str, Any]) -> AllocationSpec:
    """From the pack, with this edition's params. BadInput names a value that is no number of places."""
    rows, parts = table_rows(pack, one.table, params)
    value = _Values(params, f"allocations.{one.id}")
    return AllocationSpec(
        id=one.id,
        label=one.shown,
        clause=one.clause,
        kind=kind_of(one),
        units=units_of(pack, one, rows, parts),
        factors=tuple(_factor(each, value) for each in one.factors),
        tiers=tuple(_tier(each, value) for each in one.tiers),
        more=tuple(_more(each, value) for each in one.additions),
        fixed={unit: value.places(each) for unit, each in one.fixed.items()},
        rows=rows,
        parts=parts,
        total=None if one.total is None else value.maybe(one.total),
        least=0 if one.least is None else value.places(one.least),
        most=None if one.most is None else value.maybe(one.most),
        feeds=one.feeds,
        table=one.table,
    )


def kind_of(one: Allocation) -> str:
    """Which way of giving places it is."""
    if one.tiers:
        return "tiers"
    if one.total is not None:
        return "shares"
    return "fixed" if one.fixed else "factors"


def table_rows(
    pack: PackFile, table: str | None, params: Mapping[str, Any]
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Places by unit, and what lies inside a row; nothing for a table keyed otherwise."""
    held = pack.tables.get(table or "")
    if held is None or table is None or len(held.by) != 1:
        return {}, {}
    limits = read_limits(rows_of(table, held.rows, params), place=f"tables.{table}")
    parts: dict[str, dict[str, int]] = {}
    rows: dict[str, int] = {}
    for key, places in limits.rows.items():
        name = str(key[-1])
        if name in limits.within:
            parts.setdefault(limits.within[name], {})[name] = int(places)
        else:
            rows[name] = int(places)
    return rows, parts


def units_of(
    pack: PackFile, one: Allocation, rows: Mapping[str, int], parts: Mapping[str, Mapping[str, int]]
) -> tuple[str, ...]:
    """Whom it speaks of: those it names, else the rows of its table that no other allocation names."""
    named = tuple(dict.fromkeys((*one.units, *one.fixed)))
    if named or one.table is None:
        return named
    others = {
        unit
        for other in pack.allocations
        if other.id != one.id and other.table == one.table
        for unit in (*other.units, *other.fixed)
    }
    return tuple(unit for unit in rows if unit not in others)


@dataclass(frozen=True, slots=True)
class _Values:
    """Reads literals and `$params`."""

    params: Mapping[str, Any]
    place: str

    def number(self, written: Any) -> Fraction | None:
        """A number or percent; None while a param has no value."""
        name = param_name(written)
        found = self.params.get(name) if name is not None else written
        if found is None:
            return None
        text = str(found).strip()
        return percent(text, place=self.place) if text.endswith(("%", "％")) else exact(text, place=self.place)

    def maybe(self, written: Any) -> int | None:
        """Whole places, None while unknown."""
        found = self.number(written)
        if found is not None and (found.denominator != 1 or found < 0):
            raise BadInput(
                f"名额须为不小于零的整数，现为 {written}", "Places are whole numbers, not negative.", place=self.place
            )
        return None if found is None else int(found)

    def places(self, written: Any) -> int:
        """Whole places that must be known."""
        found = self.maybe(written)
        if found is None:
            raise BadInput(f"名额“{written}”还没有值。", "This number has no value yet.", place=self.place)
        return found


def _factor(one: Factor, value: _Values) -> FactorSpec:
    weight = None if one.weight is None else value.number(one.weight)
    return FactorSpec(one.id, one.shown, one.unit, weight, one.type == "text")


def _tier(one: Tier, value: _Values) -> TierSpec:
    low = value.number(one.at_least if one.at_least is not None else one.above)
    high = value.number(one.at_most if one.at_most is not None else one.below)
    unbounded = low is None and high is None
    span = None if unbounded else Span(low or Fraction(0), one.above is None, high, one.below is None)
    return TierSpec(one.label, span, value.places(one.places))


def _more(one: Addition, value: _Values) -> More:
    return More(one.label, value.places(one.places), frozenset(one.units), frozenset(one.among))
