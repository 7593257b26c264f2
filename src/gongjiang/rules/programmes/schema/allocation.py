"""How places come about: tiers of a factor with additions, fixed rows, shares by weights (ledger N-06, M-22).

An allocation explains the rows of a table of places, or makes them; a notice that only names what is to be weighed
gives `factors` and nothing else.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from gongjiang.rules.programmes.schema.base import Named, Strict, Value, Words


def _factor(raw: Any) -> Any:
    """`职工数` is short for `{id: 职工数, label: 职工数}`."""
    return {"id": raw, "label": raw} if isinstance(raw, str) else raw


class Factor(Strict):
    """What is weighed. `weight`: its share of the whole, `30%`; a `text` is shown and never computed with."""

    id: str
    label: str = ""
    unit: str = ""
    type: Literal["number", "text"] = "number"
    weight: Value | None = None

    @property
    def shown(self) -> str:
        """The label, else the id."""
        return self.label or self.id


class Tier(Strict):
    """So many places where the first factor lies here. Without bounds the notice says only `label` (较多, 较少)."""

    label: str = ""
    at_least: Value | None = None
    above: Value | None = None
    at_most: Value | None = None
    below: Value | None = None
    places: Value


class Addition(Strict):
    """Places more for some: for all `units`, or for whichever of those `among` the notice doesn't name."""

    label: str
    places: Value
    units: Words = ()
    among: Words = ()


class Allocation(Named):
    """One way of giving places to the units of a table, or of the edition where it has no table.

    `units`: whom it speaks of; left out, all rows of the table that no other allocation names. `total` with weights
    is shared by largest remainder, each unit within `least` and `most`. With `feeds` a confirmed result becomes the
    rows of the table; else the table stands and this explains it.
    """

    table: str | None = None
    feeds: bool = False
    award: Words = ()
    units: Words = ()
    factors: Annotated[
        tuple[Annotated[Factor, BeforeValidator(_factor)], ...], BeforeValidator(lambda raw: () if raw is None else raw)
    ] = ()
    tiers: tuple[Tier, ...] = ()
    additions: tuple[Addition, ...] = ()
    fixed: dict[str, Value] = Field(default_factory=dict)
    total: Value | None = None
    least: Value | None = None
    most: Value | None = None
