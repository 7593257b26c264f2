"""Points from rows: which rows count, what each gives, one for each key, then all together."""

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Any, cast

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import ZERO, Interval
from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.scoring.leaves import leaves
from gongjiang.rules.scoring.leaves.base import Place, amount
from gongjiang.rules.scoring.points import Points, Take, together
from gongjiang.rules.scoring.reader import Reader


def row_points(
    node: ScoreNode, options: Mapping[str, Any], reader: Reader, place: Place
) -> tuple[Points, list[Points]]:
    """All rows of a node as points, and each row's own (in the rows' order) for the screen.

    While rows may be added the upper end is the node's maximum. A row whose key of `each` is blank
    counts as one that may or may not add to the others.
    """
    rows = reader.rows(node.rows or "")
    each = [_one(node, options, row, place) for row in rows.rows]
    grouped = _by_key(node, each, rows.rows, reader, place) if node.each else each
    total = together(grouped, node.take)
    if rows.more:
        most = place.all_open(reader)
        total = Points(total.interval.joined(total.interval + most.interval), (*total.open, *most.open))
    return total, each


def _one(node: ScoreNode, options: Mapping[str, Any], row: Reader, place: Place) -> Points:
    counts = row.holds(node.where) if node.where else Truth.TRUE
    if counts is Truth.FALSE:
        return Points(ZERO, (), counts)
    written = node.per_row or options
    words = [word for word in leaves() if word in written]
    if len(words) != 1:
        raise BadInput(f"计分项“{place.label}”的 per_row 须有且只有一种给分方式", "One leaf a row.", place=place.id)
    points = leaves()[words[0]].points(written, row, place)
    points = shared(points, written.get("share"), row, place)
    opened = (place.name(row), *points.open) if counts is Truth.UNKNOWN else points.open
    return Points(points.interval, tuple(dict.fromkeys(opened)), counts)


def shared(points: Points, path: str | None, reader: Reader, place: Place) -> Points:
    """Points divided by a number of the row or subject (owners of a patent); unknown: anything from all down to 0."""
    if path is None:
        return points
    value = reader.number(path)
    if value is None or isinstance(value, Unknown) or value.low <= 0:
        return Points(points.interval.joined(ZERO), (*points.open, place.name(reader)), points.counts)
    ends = [end / by for end in (points.interval.low, points.interval.high) for by in (value.low, value.high)]
    opened = points.open if value.known else (*points.open, place.name(reader))
    return Points(Interval(min(ends), max(ends)), opened, points.counts)


def _by_key(node: ScoreNode, each: list[Points], rows: Any, reader: Reader, place: Place) -> list[Points]:
    """First within each key, with its own take and maximum."""
    each_key = node.each or {}
    groups: dict[Hashable, list[Points]] = {}
    alone: list[Points] = []
    for points, row in zip(each, rows, strict=True):
        key = row.word(each_key["by"])
        if points.counts is Truth.FALSE:
            continue
        if isinstance(key, Unknown):
            alone.append(Points(points.interval, (*points.open, place.name(row)), Truth.UNKNOWN))
        else:
            groups.setdefault(key, []).append(points)
    take = cast(Take, each_key.get("take", "sum"))
    most = amount(each_key.get("max"), reader, place)
    return [_capped(members, take, most) for members in groups.values()] + alone


def _capped(members: list[Points], take: Take, most: Fraction | None) -> Points:
    """One key's points. Whether the key counts at all is as sure as its surest row."""
    counts = Truth.TRUE if any(one.counts is Truth.TRUE for one in members) else Truth.UNKNOWN
    if counts is Truth.UNKNOWN and take != "sum":
        # Without a sure row the group is there or not; inside it, it has at least one row.
        inside = [Points(one.interval, one.open) for one in members]
        spread = [together([one], take).interval for one in inside]
        whole = together(inside, take)
        joined = whole.interval
        for one in spread:
            joined = joined.joined(one)
        return Points(joined.clamped(None, most), whole.open, counts)
    total = together(members, take)
    return Points(total.interval.clamped(None, most), total.open, counts)
