"""judged: what the experts' sheets come to, after the edition's aggregation."""

from collections.abc import Mapping
from typing import Any

from gongjiang.rules.scoring.leaves.base import Leaf, Place
from gongjiang.rules.scoring.points import Points
from gongjiang.rules.scoring.reader import Reader


class Judged(Leaf):
    """`{judged: {by: jury}, max: 10}`: [0, max] until it is scored."""

    word = "judged"

    def points(self, options: Mapping[str, Any], reader: Reader, place: Place) -> Points:
        """The aggregated score."""
        found = reader.scored(place.id)
        if found is None:
            return place.all_open(reader)
        return Points(found, () if found.known else (place.name(reader),))


LEAF = Judged()
