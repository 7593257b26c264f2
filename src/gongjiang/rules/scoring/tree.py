"""The scoring tree: an exact interval for every node, with what is still open (mechanisms 4; ledger N-11).

No node reads another. A pass line is met if the lower end reaches it, broken if the upper end can't.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import ZERO, Interval
from gongjiang.kernel.rounding import decimal_text, round_to
from gongjiang.kernel.truth import Truth, Unknown, all_of
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.scoring.leaves import leaves
from gongjiang.rules.scoring.leaves.base import Place, amount
from gongjiang.rules.scoring.points import Points, together
from gongjiang.rules.scoring.reader import Reader
from gongjiang.rules.scoring.rows import row_points, shared

DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """A node with its points. `cap` shows what a limit took or added (“22 → 20”), '' if nothing.

    `open` names the leaves that keep it from being one number; `rows` are the points of its rows;
    `applies` is FALSE for a node that doesn't count for this case.
    """

    id: str
    label: str
    interval: Interval
    most: Fraction | None
    cap: str = ""
    open: tuple[str, ...] = ()
    children: tuple["Scored", ...] = ()
    rows: tuple[Points, ...] = ()
    applies: Truth = Truth.TRUE
    clause: str = ""

    @property
    def text(self) -> str:
        """`66.9` or `[37.9, 77.9]`, to two places."""
        return interval_text(self.interval)

    def find(self, node: str) -> "Scored | None":
        """A node of the tree by id."""
        if self.id == node:
            return self
        return next((found for one in self.children if (found := one.find(node)) is not None), None)

    def nodes(self) -> dict[str, Interval]:
        """Every node's points by id: what conditions and ranks read."""
        found = {self.id: self.interval}
        for one in self.children:
            found |= one.nodes()
        return found


def interval_text(interval: Interval) -> str:
    """For people, to two places."""
    if interval.known:
        return decimal_text(interval.low)
    return f"[{decimal_text(interval.low)}, {decimal_text(interval.high)}]"


def score(node: ScoreNode, reader: Reader, above: Fraction | None = None) -> Scored:
    """Score a whole tree for one case; of a part of one, `above` is the maximum of the nearest node above that has
    one. BadInput names a node that is written wrongly."""
    return _score(node, reader, above, 1)


def most_of(node: ScoreNode, reader: Reader) -> Fraction | None:
    """A node's maximum: its own, else what its children can add up to; None where nothing bounds it."""
    place = _place(node, None)
    if node.max is not None:
        return amount(node.max, reader, place)
    if node.give is not None and node.rows is None:
        return amount(node.give, reader, place)
    parts = [_weighted_most(one, reader) for one in node.of]
    known = [one for one in parts if one is not None]
    if not parts or len(known) < len(parts):
        return None
    return sum(known, Fraction(0)) if node.take == "sum" else max(known)


def _weighted_most(node: ScoreNode, reader: Reader) -> Fraction | None:
    most = most_of(node, reader)
    weight = amount(node.weight, reader, _place(node, None)) if node.weight is not None else Fraction(1)
    return None if most is None or weight is None else most * weight


def _place(node: ScoreNode, most: Fraction | None) -> Place:
    return Place(node.id, node.shown, most)


def _score(node: ScoreNode, reader: Reader, above: Fraction | None, depth: int) -> Scored:
    if depth > DEEPEST:
        raise BadInput(f"计分表最多{DEEPEST}层", f"A scoring tree has at most {DEEPEST} levels.", place=node.id)
    most = most_of(node, reader)
    place = _place(node, most if most is not None else above)
    applies = _applies(node, reader)
    if applies is Truth.FALSE:
        return Scored(node.id, node.shown, ZERO, most, applies=applies, clause=node.clause)
    children: tuple[Scored, ...] = ()
    rows: Sequence[Points] = ()
    if node.of:
        children = tuple(_score(one, reader, place.most, depth + 1) for one in node.of)
        points = _children(node, children, reader)
    else:
        points, rows = _leaf(node, reader, place)
    interval, cap, opened = _shaped(node, points, reader, place)
    return Scored(
        node.id,
        node.shown,
        interval,
        most,
        cap,
        tuple(dict.fromkeys(opened)),
        children,
        tuple(rows),
        applies,
        node.clause,
    )


def _applies(node: ScoreNode, reader: Reader) -> Truth:
    """Does the node count for this case? The `when` of a `give` leaf chooses points instead."""
    truths = [reader.has_award(node.award)] if node.award else []
    if node.when and node.give is None:
        truths.append(reader.holds(node.when))
    return all_of(truths)


def _children(node: ScoreNode, children: Sequence[Scored], reader: Reader) -> Points:
    parts = [
        Points(one.interval, (*one.open, *((one.label,) if one.applies is Truth.UNKNOWN else ())), one.applies)
        for one in children
    ]
    if node.take != "chosen":
        return together(parts, node.take)
    choice = reader.chosen(node.id)
    claimed = [one.id for one, part in zip(children, parts, strict=True) if part.interval != ZERO]
    if choice is None and len(claimed) <= 1:
        choice = claimed[0] if claimed else None
    elif choice is None or isinstance(choice, Unknown):
        joined = together(parts, "highest").interval.joined(together(parts, "lowest").interval)
        opened = () if joined.known else (node.shown, *(name for one in parts for name in one.open))
        return Points(joined, opened)
    return together([part for part, one in zip(parts, children, strict=True) if one.id == choice])


def _leaf(node: ScoreNode, reader: Reader, place: Place) -> tuple[Points, Sequence[Points]]:
    options = _options(node)
    if node.rows is not None:
        return row_points(node, options, reader, place)
    words = [word for word in leaves() if word in options]
    if len(words) != 1:
        raise BadInput(
            f"计分项“{place.label}”须有且只有一种给分方式（{'、'.join(leaves())}）", "One kind of leaf.", place=node.id
        )
    return leaves()[words[0]].points(options, reader, place), ()


def _options(node: ScoreNode) -> dict[str, Any]:
    """The node's own keys as a pack writes them, without what is not written."""
    written = node.model_dump(by_alias=True, exclude_none=True, include={*_WORDS})
    if node.give is None:
        written.pop("when", None)
    return written


_WORDS = ("give", "else_", "rate", "lookup", "judged", "import_", "tally", "scale", "when")


def _shaped(node: ScoreNode, points: Points, reader: Reader, place: Place) -> tuple[Interval, str, tuple[str, ...]]:
    """start, share, limits, weight, rounding: in this order."""
    start = amount(node.start, reader, place)
    raw = Points(points.interval + Interval.point(start), points.open) if start is not None else points
    raw = shared(raw, node.share, reader, place)
    low, high = amount(node.min, reader, place), amount(node.max, reader, place)
    interval = raw.interval.clamped(low, high)
    cap = f"{interval_text(raw.interval)} → {interval_text(interval)}" if interval != raw.interval else ""
    if node.weight is not None:
        weight = reader.amount(node.weight)
        if isinstance(weight, Unknown):
            return interval.joined(ZERO), cap, (*raw.open, place.label)
        interval = interval.scaled(weight)
    if node.round_to is not None:
        places = amount(node.round_to, reader, place)
        if places is not None:
            interval = Interval(
                round_to(interval.low, int(places), "half_up"), round_to(interval.high, int(places), "half_up")
            )
    return interval, cap, () if interval.known else raw.open
