"""Derived fields for everybody at once; one that has no counterpart here is worked out person by person.

What was typed stands where it lies within what was computed (`fill_derived`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.programmes.derived import derive
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.coding import coded_column, column_of
from gongjiang.rules.programmes.vector.columns import Column, Number, crossed
from gongjiang.rules.programmes.vector.raw import combinations
from gongjiang.rules.programmes.vector.resume import RESUME, Flagged, years_of
from gongjiang.rules.programmes.vector.scales import Parts
from gongjiang.rules.programmes.vocabulary import FieldSpec


class Tables(Protocol):
    """What derived fields are computed from."""

    shared: Facts
    size: int
    row_tables: dict[str, pl.DataFrame]

    def raw(self, name: str) -> pl.Series | None:
        """A column as it is."""
        ...

    def bare_facts(self, place: int) -> Facts:
        """One person, derived fields not worked out."""
        ...


def computed_column(people: Tables, spec: FieldSpec) -> Column | None:
    """What is computed for everybody; unknown where it can't be. None if it can be for nobody."""
    if spec.derived in _FROM_RESUME:
        return _years(people, _FROM_RESUME[spec.derived](spec))
    if spec.derived in _FROM_FIELDS:
        return _from_fields(people, spec, _FROM_FIELDS[spec.derived](spec.args))
    return coded_column([_or_unknown(derive(spec, people.bare_facts(n))) for n in range(people.size)])


def agreed(typed: Column, computed: Column) -> Column:
    """What was typed where it lies within what was computed or nothing was; else what was computed."""
    places, found = crossed([typed.coded(), computed.coded()])
    return column_of([_agreed(*one) for one in found], places)


def filled(typed: Column, computed: Column) -> Column:
    """Is there something, typed or computed?"""
    places, found = crossed([typed.coded(), computed.coded()])
    return column_of([isinstance(two, Interval) or one for one, two in found], places)


def _agreed(typed: Value, computed: Value) -> Value:
    if not isinstance(computed, Interval):
        return typed
    inside = isinstance(typed, Interval) and computed.low <= typed.low and typed.high <= computed.high
    return typed if inside else computed


def _or_unknown(found: Interval | None) -> Value:
    return UNKNOWN if found is None else found


def _from_fields(people: Tables, spec: FieldSpec, names: Sequence[str]) -> Column | None:
    """By each different combination of the fields that it reads."""
    given = {name: raw for name in names if (raw := people.raw(name)) is not None}
    if not given:
        return None
    found, places = combinations(list(given.values()))

    def compute(one: Sequence[object]) -> Value:
        subject = dict(zip(given, one, strict=True))
        return _or_unknown(derive(spec, replace(people.shared, subject=subject)))

    return column_of([compute(one) for one in found], places)


def _years(people: Tables, flagged: Flagged) -> Column | None:
    table = people.row_tables.get(RESUME)
    if table is None or people.shared.as_of is None:
        return None
    months = years_of(table, people.shared, flagged, people.size)
    if months is None:
        return None
    low, high = months
    same = low is high or bool((low == high).all(ignore_nulls=True))
    return Number(low, Parts(12), None if same else high)


_FROM_FIELDS: Final[Mapping[str, Callable[[Mapping[str, str]], Sequence[str]]]] = {
    "full_years_since_birth": lambda args: ("birth",),
    "days_from_to": lambda args: (args.get("from", ""), args.get("to", "")),
}
_FROM_RESUME: Final[Mapping[str, Callable[[FieldSpec], Flagged]]] = {
    "years_in_resume_where_in_trade": lambda spec: Flagged("in_trade"),
    "years_in_resume_where_on_site": lambda spec: Flagged("on_site"),
    "years_in_resume_where_region": lambda spec: Flagged("region", spec.args.get("region", "")),
}
"""Which fields, or which rows of the résumé, a function of `derived.py` reads."""
