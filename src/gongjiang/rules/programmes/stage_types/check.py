"""check: an office looks at each case against conditions and material."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, Move, RowState


class Check(Stage):
    """Pass, send back for correction, or refuse."""

    type: Literal["check"] = "check"
    mode: Literal["paper", "on_site"] = "paper"
    moves: ClassVar[tuple[Move, ...]] = (
        Move("pass", "通过", RowState.OPEN, RowState.DONE, gates=("window", "rules", "quota")),
        Move("return", "退回补正", RowState.OPEN, RowState.WAITING, case=CaseState.RETURNED, reason=True),
        Move("reject", "不予通过", RowState.OPEN, RowState.OUT, case=CaseState.REJECTED, reason=True),
        Move(
            "withdraw",
            "撤回申报",
            RowState.OPEN,
            RowState.STRUCK,
            who="applicant",
            case=CaseState.WITHDRAWN,
            reason=True,
        ),
    )


STAGE = Check
