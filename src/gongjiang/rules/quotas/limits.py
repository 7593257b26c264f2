"""Bounds of pools, and limits for each group of a table of places (annex 1 of national-2024; ledger N-05)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact, percent
from gongjiang.kernel.truth import UNKNOWN, Unknown
from gongjiang.rules.quotas.members import Chain, GroupKey

BoundKind = Literal["at_most", "at_least", "exactly"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit on a pool: a whole number of cases, or with `share` a part of the parent (3/10).

    `value` is UNKNOWN while a judged param has none.
    """

    kind: BoundKind
    value: Fraction | Unknown
    share: bool = False


def read_bound(kind: BoundKind, written: object, *, place: str = "") -> Bound:
    """A bound from a literal, a percent text (`30%`) or UNKNOWN; BadInput for anything else."""
    if isinstance(written, Unknown):
        return Bound(kind, UNKNOWN)
    if isinstance(written, str) and written.strip().endswith(("%", "％")):
        return Bound(kind, percent(written, place=place), share=True)
    if not isinstance(written, str | int | Fraction) or isinstance(written, bool):
        raise BadInput(f"名额须为整数或百分数，现为 {written}", "A bound is a whole number or a percent.", place=place)
    value = exact(written, place=place)
    if value.denominator != 1 or value < 0:
        raise BadInput(
            f"名额须为不小于零的整数，现为 {written}", "A bound is a whole number, not negative.", place=place
        )
    return Bound(kind, value)


@dataclass(frozen=True, slots=True)
class Limits:
    """A table of places as limits.

    `rows` gives each group its limit; `within` names for an included unit the unit whose row holds it.
    With `apart` that row's limit is what the included units leave, and their cases don't count in it.
    `given`: units that hold places allotted to them from above; their cases count in their own row alone.
    """

    rows: Mapping[GroupKey, Fraction]
    within: Mapping[str, str] = field(default_factory=dict)
    apart: bool = False
    given: frozenset[str] = frozenset()

    @property
    def total(self) -> Fraction:
        """All places; a unit inside another's row is not counted twice."""
        inner = () if self.apart else self.within
        return sum((n for key, n in self.rows.items() if key[-1] not in inner), Fraction(0))

    def chain(self, chain: Chain) -> Chain:
        """The names under which a case of the last path counts.

        Only names with a row count; an included unit counts in its own row and in the row that holds
        it, unless the table keeps them apart. A unit without any row counts under its own name.
        """
        if isinstance(chain, Unknown):
            return chain
        names: dict[str, None] = {}
        listed = {key[-1] for key in self.rows}
        for name in chain:
            if name in listed:
                names[name] = None
            if name in self.given:
                break
            if name in self.within:
                if self.apart:
                    break
                names[self.within[name]] = None
        return tuple(names) or chain[:1]

    def with_given(self, changes: Mapping[str, int]) -> "Limits":
        """With a row of their own for units that were given places and have none in the table (one key deep)."""
        known = {key[-1] for key in self.rows}
        more = {name for name, places in changes.items() if places > 0 and name not in known}
        return Limits(
            {**self.rows, **{(name,): Fraction(0) for name in more}}, self.within, self.apart, frozenset(more)
        )

    def limit(self, key: GroupKey) -> Fraction:
        """The places of a group; a group without a row has none."""
        return self.rows.get(key, Fraction(0))
