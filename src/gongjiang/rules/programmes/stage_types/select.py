"""select: a body decides collectively who stays on the list."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIST_MOVES, RETURN, Move


class Select(Stage):
    """A meeting with a record closes the list: kept, alternate in order, or dropped."""

    type: Literal["select"] = "select"
    moves: ClassVar[tuple[Move, ...]] = (
        *LIST_MOVES,
        RETURN,
    )


STAGE = Select
