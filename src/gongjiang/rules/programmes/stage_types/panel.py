"""panel: experts score each case alone, then a meeting closes the list."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.base import Value, Words
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIST_MOVES, Move


class Panel(Stage):
    """`jury` scores by the tree `scoring`, or scores are imported (`scores: import`)."""

    type: Literal["panel"] = "panel"
    jury: Words = ()
    scoring: str | None = None
    scores: Literal["import"] | None = None
    recusal: Words = (
        "same_employer", "same_group", "same_branch", "kin", "mentor", "co_honoured", "co_author", "recommended",
    )  # fmt: skip
    grouped: str | None = None
    blind: Value | None = None
    explain: Value | None = None  # may nominees see how their own result came about?
    live: dict[str, Value] | None = None
    moves: ClassVar[tuple[Move, ...]] = LIST_MOVES


STAGE = Panel
