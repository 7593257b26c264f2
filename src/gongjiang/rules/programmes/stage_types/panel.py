"""panel: experts score each case alone, then a meeting closes the list."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.base import Value, Words
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, Move, RowState


class Panel(Stage):
    """`jury` scores by the tree `scoring`, or scores are imported (`scores: import`)."""

    type: Literal["panel"] = "panel"
    jury: Words = ()
    scoring: str | None = None
    scores: Literal["import"] | None = None
    recusal: Words = ("same_employer", "recommended", "kin", "mentor")
    grouped: str | None = None
    blind: Value | None = None
    live: dict[str, Value] | None = None
    moves: ClassVar[tuple[Move, ...]] = (
        Move(
            "keep",
            "列入名单",
            RowState.OPEN,
            RowState.DONE,
            gates=("window", "rules", "quota"),
            whole_list=True,
        ),
        Move("reserve", "列为备选", RowState.OPEN, RowState.ALTERNATE, whole_list=True),
        Move(
            "promote",
            "递补",
            RowState.ALTERNATE,
            RowState.DONE,
            who="officer",
            gates=("rules", "quota"),
            whole_list=True,
        ),
        Move("drop", "未列入", RowState.OPEN, RowState.OUT, case=CaseState.NOT_SELECTED, whole_list=True),
        Move("retain", "保留已得档次", RowState.OPEN, RowState.RETAINED, whole_list=True),
    )


STAGE = Panel
