"""lookup: points from a table of the pack."""

from collections.abc import Mapping
from typing import Any

from gongjiang.rules.scoring.leaves.base import Leaf, Place
from gongjiang.rules.scoring.points import NOTHING, Points
from gongjiang.rules.scoring.reader import Reader


class Lookup(Leaf):
    """`{lookup: table}`: no row of the table fits, no points."""

    word = "lookup"

    def points(self, options: Mapping[str, Any], reader: Reader, place: Place) -> Points:
        """The table's number, or its range while a key is unknown."""
        found = reader.lookup(options["lookup"])
        if found is None:
            return NOTHING
        return Points(found, () if found.known else (place.name(reader),))


LEAF = Lookup()
