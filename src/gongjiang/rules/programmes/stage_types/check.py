"""check: an office looks at each case against conditions and material."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import REJECT, RETURN, WITHDRAW, Move, RowState


class Check(Stage):
    """Pass, send back for correction, or refuse."""

    type: Literal["check"] = "check"
    mode: Literal["paper", "on_site"] = "paper"
    moves: ClassVar[tuple[Move, ...]] = (
        Move("pass", "通过", RowState.OPEN, RowState.DONE, gates=("window", "rules", "quota")),
        RETURN,
        REJECT,
        WITHDRAW,
    )


STAGE = Check
