"""select: a body decides collectively who stays on the list."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, Move, RowState


class Select(Stage):
    """A meeting with a record closes the list: kept, alternate in order, or dropped."""

    type: Literal["select"] = "select"
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
        Move("return", "退回补正", RowState.OPEN, RowState.WAITING, case=CaseState.RETURNED, reason=True),
    )


STAGE = Select
