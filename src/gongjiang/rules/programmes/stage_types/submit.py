"""submit: a unit sends its cases upward."""

from typing import ClassVar, Literal

from pydantic import Field

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, Move, RowState


class Submit(Stage):
    """Sent to another body, with the forms of the notice; `await_` waits for what that body decides."""

    type: Literal["submit"] = "submit"
    await_: Literal["result"] | None = Field(default=None, alias="await")
    moves: ClassVar[tuple[Move, ...]] = (
        Move(
            "report",
            "上报",
            RowState.OPEN,
            RowState.DONE,
            gates=("window", "form", "material", "rules", "opinions", "quota"),
        ),
        Move("return", "退回补正", RowState.OPEN, RowState.WAITING, case=CaseState.RETURNED, reason=True),
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


STAGE = Submit
