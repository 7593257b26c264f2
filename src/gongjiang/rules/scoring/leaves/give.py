"""give: fixed points, if a condition is met; else other points, or none."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.scoring.leaves.base import Leaf, Place, amount
from gongjiang.rules.scoring.points import Points
from gongjiang.rules.scoring.reader import Reader


class Give(Leaf):
    """`{give: 6, when: …, else: 0}`."""

    word = "give"

    def points(self, options: Mapping[str, Any], reader: Reader, place: Place) -> Points:
        """One of the two, or both ends while the condition is unknown."""
        given = amount(options["give"], reader, place)
        other = amount(options.get("else", 0), reader, place)
        if given is None or other is None:
            return place.all_open(reader)
        held = reader.holds(options["when"]) if options.get("when") else Truth.TRUE
        if held is Truth.UNKNOWN:
            return Points(Interval.point(given).joined(Interval.point(other)), (place.name(reader),))
        return Points(Interval.point(given if held is Truth.TRUE else Fraction(other)))


LEAF = Give()
