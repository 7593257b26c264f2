"""opinion: departments give their opinions and seals; parallel work lives only inside this type."""

from dataclasses import replace
from typing import Any, ClassVar, Literal

from gongjiang.rules.programmes.schema.base import Words
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import REJECT, RETURN, WITHDRAW, Move, RowState


class Opinion(Stage):
    """All, any, or so many of the sheets' parties must agree before the case goes on; `given`: all have said what they
    think, whatever it is (views that others weigh)."""

    type: Literal["opinion"] = "opinion"
    sheets: Words = ()
    need: Literal["all", "any", "given"] | dict[str, Any] = "all"
    asked: ClassVar[tuple[Move, ...]] = (
        Move(
            "complete",
            "意见已齐",
            RowState.OPEN,
            RowState.DONE,
            gates=("window", "opinions", "rules", "quota"),
        ),
        RETURN,
        REJECT,
        WITHDRAW,
    )

    @property
    def moves(self) -> tuple[Move, ...]:
        """Legal moves; where something is filled in as well, the step is done, not the opinions alone."""
        return self.asked if not self.fills else (replace(self.asked[0], label="办结"), *self.asked[1:])


STAGE = Opinion
