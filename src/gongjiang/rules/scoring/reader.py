"""What a scoring tree may ask about one case or, inside rows, about one row."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth, Unknown


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes of one channel: this case's, and everybody's on the list (its own among them)."""

    own: int
    everybody: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Readers of the rows there are; `more`: others may still be added (a draft)."""

    rows: Sequence["Reader"]
    more: bool = False


class Reader(Protocol):
    """Facts for a tree. Unknown is UNKNOWN, not claimed is None."""

    def amount(self, written: Any) -> Fraction | Unknown:
        """A number written in the pack: literal, percent text or `$param`."""
        ...

    def number(self, path: str) -> Interval | Unknown | None:
        """A number of the subject, a column of the row, or what an import left."""
        ...

    def word(self, path: str) -> Hashable | Unknown:
        """A value to tell rows apart by."""
        ...

    def holds(self, condition: Any) -> Truth:
        """Is a condition of the pack met here?"""
        ...

    def lookup(self, table: str) -> Interval | None:
        """A table's number here; from its least to its greatest while a key is unknown; None without a row."""
        ...

    def rows(self, group: str) -> Rows:
        """The rows of a group."""
        ...

    def scored(self, node: str) -> Interval | None:
        """What the experts' sheets come to for a leaf; None while it is not scored."""
        ...

    def tally(self, channel: str) -> Tally | None:
        """The votes of a channel; None while they are not counted."""
        ...

    def chosen(self, node: str) -> str | Unknown | None:
        """Which child the applicant chose; None if nothing was claimed."""
        ...

    def has_award(self, awards: Sequence[str]) -> Truth:
        """Is the case up for one of these awards?"""
        ...

    @property
    def where(self) -> str:
        """The row we stand in, for people; '' on the case."""
        ...
