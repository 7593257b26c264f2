"""import: a result that comes from elsewhere, such as a contest's."""

from collections.abc import Mapping
from typing import Any

from gongjiang.kernel.truth import Unknown
from gongjiang.rules.scoring.leaves.base import Leaf, Place
from gongjiang.rules.scoring.points import NOTHING, Points
from gongjiang.rules.scoring.reader import Reader


class Imported(Leaf):
    """`{import: path, max: 100}`: [0, max] until it is there."""

    word = "import"

    def points(self, options: Mapping[str, Any], reader: Reader, place: Place) -> Points:
        """The number at the path."""
        value = reader.number(options["import"])
        if value is None:
            return NOTHING
        if isinstance(value, Unknown):
            return place.all_open(reader)
        return Points(value, () if value.known else (place.name(reader),))


LEAF = Imported()
