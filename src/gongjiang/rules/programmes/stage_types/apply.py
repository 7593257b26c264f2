"""apply: a nomination is written and handed in, by one of several ways."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.base import Named, Words
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import WITHDRAW, CaseState, Move, RowState


class Route(Named):
    """One way in: who files, to whom, with which forms (default: all forms of the case)."""

    by: Words
    to: Words = ()
    forms: Words = ()
    award: Words = ()


class Apply(Stage):
    """Somebody fills the form, adds material and submits."""

    type: Literal["apply"] = "apply"
    routes: tuple[Route, ...] = ()
    moves: ClassVar[tuple[Move, ...]] = (
        Move(
            "submit",
            "提交",
            RowState.OPEN,
            RowState.DONE,
            gates=("window", "form", "material", "rules", "bars", "quota"),
            case=CaseState.RUNNING,
        ),
        WITHDRAW,
    )


STAGE = Apply
