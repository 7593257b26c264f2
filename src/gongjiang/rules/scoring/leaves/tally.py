"""tally: votes as points, on the scale that the pack names."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.rules.scoring.leaves.base import Leaf, Place
from gongjiang.rules.scoring.points import Points
from gongjiang.rules.scoring.reader import Reader, Tally

FULL = Fraction(100)


class Votes(Leaf):
    """`{tally: voice.app, scale: of_highest}`. The scale is never assumed:

    raw: the votes themselves; of_highest: 100 for the most votes, the others in proportion;
    rank: 100 for the first of n places, 100/n less for each place further down.
    """

    word = "tally"

    def points(self, options: Mapping[str, Any], reader: Reader, place: Place) -> Points:
        """[0, max] until the votes are counted; 100 bounds the two relative scales."""
        scale = options.get("scale")
        if scale not in ("raw", "of_highest", "rank"):
            raise BadInput(f"计分项“{place.label}”须写明 scale", "A tally says its scale.", place=place.id)
        found = reader.tally(options["tally"])
        if found is None:
            known = place if scale == "raw" else Place(place.id, place.label, FULL)
            return known.all_open(reader)
        return Points(Interval.point(_scaled(found, scale)))


def _scaled(votes: Tally, scale: str) -> Fraction:
    if scale == "raw":
        return Fraction(votes.own)
    if scale == "of_highest":
        highest = max(votes.everybody, default=0)
        return Fraction(votes.own, highest) * FULL if highest else Fraction(0)
    better = sum(one > votes.own for one in votes.everybody)
    return FULL * Fraction(len(votes.everybody) - better, len(votes.everybody) or 1)


LEAF = Votes()
