"""publish: the public notice, its days, objections, substitution."""

from typing import ClassVar, Literal

from gongjiang.rules.programmes.schema.base import Sourced, Strict, Value, Words
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, Move, RowState


class Outcome(Strict):
    """How an objection can end, and what follows."""

    id: str
    label: str
    effects: Words = ()


class Objections(Sourced):
    """Who handles objections; what they can come to."""

    by: Words
    anonymous: Value = True
    outcomes: tuple[Outcome, ...] = ()


class Backfill(Sourced):
    """Who moves up when a name is struck: the next of the order, with a notice of its own if asked."""

    republish: Value = True


class Publish(Stage):
    """Each person's entry has its own clock; nobody passes before it ends without open objection.

    `media_proof`: that it stood in each of `media` must be on record before. `retention`: a time, for so long the
    notice stays on the web after its last day.
    """

    type: Literal["publish"] = "publish"
    shows: Words = ("name",)
    media: Words = ()
    media_proof: bool = False
    retention: str | None = None
    period: str | None = None
    purpose: Literal["notice", "introduce"] = "notice"
    order: Literal["strokes", "region", "rank"] = "strokes"
    objections: Objections | None = None
    backfill: Backfill | None = None
    moves: ClassVar[tuple[Move, ...]] = (
        Move("settle", "公示期满", RowState.OPEN, RowState.DONE, gates=("period", "posted", "objections")),
        Move("reserve", "待递补", RowState.OPEN, RowState.ALTERNATE, whole_list=True),
        Move("backfill", "递补", RowState.ALTERNATE, RowState.OPEN, who="officer", whole_list=True),
        Move(
            "strike",
            "取消资格",
            RowState.OPEN,
            RowState.STRUCK,
            who="officer",
            case=CaseState.DISQUALIFIED,
            reason=True,
        ),
    )


STAGE = Publish
