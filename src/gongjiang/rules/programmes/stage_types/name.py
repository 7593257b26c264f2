"""name: the document that confers the honour."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, Move, RowState


class Name(Stage):
    """Conferral by document; the honour enters the register."""

    type: Literal["name"] = "name"
    document: str = ""
    registers: str | None = None
    moves: ClassVar[tuple[Move, ...]] = (
        Move(
            "confer",
            "命名",
            RowState.OPEN,
            RowState.DONE,
            gates=("objections", "rules", "quota"),
            case=CaseState.NAMED,
            whole_list=True,
        ),
    )


STAGE = Name
