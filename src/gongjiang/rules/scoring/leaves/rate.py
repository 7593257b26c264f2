"""rate: points for every full step of a number."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import ROUNDINGS, Rounding, round_places
from gongjiang.kernel.truth import Unknown
from gongjiang.rules.scoring.leaves.base import Leaf, Place, amount
from gongjiang.rules.scoring.points import NOTHING, Points
from gongjiang.rules.scoring.reader import Reader


class Rate(Leaf):
    """`{rate: {field, every: 1, above|below, points, round: down}}`, or `first` and `each_more` for points.

    Counted is what lies above (or below) the bound; full steps unless `round` says otherwise.
    """

    word = "rate"

    def points(self, options: Mapping[str, Any], reader: Reader, place: Place) -> Points:
        """Monotone in the number, so an interval gives an interval."""
        rate = options["rate"]
        value = reader.number(rate["field"])
        if value is None:
            return NOTHING
        numbers = {
            key: amount(rate.get(key), reader, place)
            for key in ("every", "above", "below", "points", "first", "each_more")
        }
        if isinstance(value, Unknown) or any(numbers[key] is None for key in numbers if key in rate):
            return place.all_open(reader)
        how = rate.get("round", "down")
        if how not in ROUNDINGS:
            raise BadInput(f"不认识的取整方式“{how}”", f"Unknown rounding {how!r}.", place=place.id)
        step = numbers["every"] or Fraction(1)
        ends = [
            _worth(round_places(_measured(end, numbers) / step, cast(Rounding, how)), numbers)
            for end in (value.low, value.high)
        ]
        return Points(Interval(min(ends), max(ends)), () if value.known else (place.name(reader),))


def _measured(value: Fraction, numbers: Mapping[str, Fraction | None]) -> Fraction:
    above, below = numbers["above"], numbers["below"]
    if above is not None:
        value = value - above
    elif below is not None:
        value = below - value
    return max(value, Fraction(0))


def _worth(steps: int, numbers: Mapping[str, Fraction | None]) -> Fraction:
    first = numbers["first"]
    if steps <= 0:
        return Fraction(0)
    if first is not None:
        return first + (numbers["each_more"] or 0) * (steps - 1)
    return (numbers["points"] or Fraction(0)) * steps


LEAF = Rate()
