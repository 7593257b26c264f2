"""Rules, exceptions, pools and scoring of a pack."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from gongjiang.rules.programmes.schema.base import Named, RawCondition, Sourced, Strict, Value, Words

Force = Literal["hard", "soft", "prefer", "guide", "none"]


class Rule(Sourced):
    """A condition on one case: refuses as soon as it is false, must be true at its gate."""

    id: str
    name: str = ""
    force: Force = "hard"
    when: RawCondition | None = None
    award: Words = ()
    gate: str | None = None
    check: RawCondition
    effect: Literal["tie_break", "focus"] | None = None
    note: str | None = None

    @property
    def shown(self) -> str:
        """The name, else the id."""
        return self.name or self.id


class Forbidden(Strict):
    """Criteria that may not be used in hard or soft rules (ledger G-05)."""

    cite: Words = ()
    fields: Words
    origin: str = ""


class Approval(Strict):
    """Who grants an exception, at which stage, recorded how."""

    by: Words
    at: str | None = None
    record: str = ""


class Exception_(Named):
    """破格: waives named rules or stages once granted on record."""

    waives: Words
    when: RawCondition | None = None
    approval: Approval


class Pool(Named):
    """A counted part of a list, with bounds: every quota, list size and share. `on` is a stage, edition or register."""

    on: str
    award: Words = ()
    in_: str | None = Field(default=None, alias="in")
    of: str | None = None
    where: RawCondition | None = None
    per: Words = ()
    table: str | None = None
    at_most: Value | None = None
    at_least: Value | None = None
    exactly: Value | None = None
    count: dict[str, str] | None = None
    force: Force = "hard"
    when: RawCondition | None = None


def on_lists(pools: Any) -> Any:
    """The pools as written, each with its list: a pool in a pool without `on` is on the list of the pool around it."""
    if not isinstance(pools, list | tuple):
        return pools
    by_id = {one.get("id"): one for one in pools if isinstance(one, dict) and isinstance(one.get("id"), str)}

    def on(one: Any, seen: tuple[Any, ...]) -> Any:
        around = by_id.get(one.get("in")) if isinstance(one.get("in"), str) else None
        if "on" in one or around is None or around in seen:
            return one.get("on")
        return on(around, (*seen, around))

    found = [(one, on(one, (one,)) if isinstance(one, dict) else None) for one in pools]
    return [{**one, "on": name} if name is not None else one for one, name in found]


class RemarkRule(Strict):
    """Lines beyond which a score has to be explained; points, or percent text of the maximum."""

    below: Value | None = None
    above: Value | None = None

    @model_validator(mode="after")
    def _some(self) -> "RemarkRule":
        if self.below is None and self.above is None:
            raise ValueError("remark 须写 below 或 above")
        return self


class ScoreNode(Named):
    """A node of a scoring tree: a sum of children, or a leaf. Leaf kinds are a registry."""

    of: tuple["ScoreNode", ...] = ()
    award: Words = ()
    # leaf kinds
    give: Value | None = None
    else_: Value | None = Field(default=None, alias="else")
    rate: dict[str, Any] | None = None
    lookup: str | None = None
    judged: dict[str, Any] | None = None
    import_: str | None = Field(default=None, alias="import")
    tally: str | None = None
    rows: str | None = None
    # what holds for any node
    when: RawCondition | None = None
    where: RawCondition | None = None
    per_row: dict[str, Any] | None = None
    each: dict[str, Any] | None = None
    start: Value | None = None
    min: Value | None = None
    max: Value | None = None
    weight: Value | None = None
    share: str | None = None
    take: Literal["sum", "highest", "lowest", "chosen", "mean"] = "sum"
    round_to: Value | None = None
    scale: Literal["raw", "of_highest", "rank"] | None = None
    step: Value | None = None
    # what the judge reads
    gloss: str = ""
    evidence: Words = ()
    remark: Literal["always"] | RemarkRule | None = None  # of a judged leaf, or of the whole sheet on the root
    facts: RawCondition | None = None
    # root only
    scorers: dict[str, Any] | None = None
    aggregate: Value | None = None  # mean, drop_ends, median, sum, or the param that a question answers
    weigh_on: Words = ()


def nodes_of(root: ScoreNode) -> Iterator[ScoreNode]:
    """The node and everything below it, in the order of the pack."""
    yield root
    for one in root.of:
        yield from nodes_of(one)
