"""What every kind of leaf does: give points to a case, or to a row."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Unknown
from gongjiang.rules.scoring.points import Points
from gongjiang.rules.scoring.reader import Reader


@dataclass(frozen=True, slots=True)
class Place:
    """Which leaf this is, and the most it can matter: its own maximum, else that of the nearest node above."""

    id: str
    label: str
    most: Fraction | None = None

    def all_open(self, reader: Reader) -> Points:
        """[0, most]: nothing is known yet. BadInput where nothing bounds it."""
        if self.most is None:
            raise BadInput(
                f"计分项“{self.label}”还没有分数，又没有写 max，无法给出区间。",
                f"Leaf {self.id} is open and has no max.",
                place=self.id,
            )
        return Points(Interval(min(self.most, Fraction(0)), max(self.most, Fraction(0))), (self.name(reader),))

    def name(self, reader: Reader) -> str:
        """The leaf, and the row if we stand in one."""
        return f"{self.label}（{reader.where}）" if reader.where else self.label


class Leaf(ABC):
    """A kind of leaf; `word` is its key in a pack."""

    word: ClassVar[str]

    @abstractmethod
    def points(self, options: Mapping[str, Any], reader: Reader, place: Place) -> Points:
        """The points. `options` holds the word's value and the other keys written beside it."""


def amount(written: Any, reader: Reader, place: Place) -> Fraction | None:
    """A number of the pack; None while it is unknown or not written."""
    if written is None:
        return None
    value = reader.amount(written)
    return None if isinstance(value, Unknown) else value
