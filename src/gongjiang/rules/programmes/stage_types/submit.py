"""submit: a unit sends its cases upward."""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RETURN, WITHDRAW, CaseState, Move, RowState


class Submit(Stage):
    """Sent to another body, with the forms of the notice.

    With `await: result` a case stays here until what that body decided is recorded: agreed, or not.
    """

    type: Literal["submit"] = "submit"
    await_: Literal["result"] | None = Field(default=None, alias="await")
    sent: ClassVar[tuple[Move, ...]] = (
        Move(
            "report",
            "上报",
            RowState.OPEN,
            RowState.DONE,
            gates=("window", "form", "material", "rules", "opinions", "quota"),
        ),
        RETURN,
        WITHDRAW,
    )

    @property
    def moves(self) -> tuple[Move, ...]:
        """Legal moves; a stage that waits has the body's answer for `report`, and one more for its refusal."""
        if self.await_ is None:
            return self.sent
        agreed = replace(self.sent[0], label="上级已同意")
        return (agreed, DECLINED, *self.sent[1:])


DECLINED = Move("decline", "上级未同意", RowState.OPEN, RowState.OUT, case=CaseState.NOT_SELECTED, reason=True)

STAGE = Submit
