"""How far from A1 the values of a sheet stand, by an XML parser: for sheets of which their tags alone don't tell.

Readers hold the whole rectangle in memory: a file of a kilobyte with one value at XFD1048576 would end the process.
"""

import re
from collections.abc import Iterable
from typing import Any
from xml.parsers import expat

from gongjiang.documents.xlsx.rows import number_of

PLACE = re.compile(r"([A-Za-z]{0,3})(\d{0,7})")
VALUES = frozenset({"v", "f", "is", "t"})


class Extent:
    """Rows and columns (from 1) up to the last value, counted as readers do: a tag without its place comes after the
    one before."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 1
        self._cell = (0, 0)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        kind = name.rpartition(":")[2]
        if kind == "row" and "r" in attributes:
            self._row = _place(attributes["r"])[0]
        elif kind == "c":
            row, column = _place(attributes.get("r", ""))
            row, self._column = row or self._row, column or self._column
            self._cell = row, self._column
            self._column += 1
        elif kind in VALUES:
            self.rows, self.columns = max(self.rows, self._cell[0]), max(self.columns, self._cell[1])

    def end(self, name: str) -> None:
        """A tag ends."""
        if name.rpartition(":")[2] == "row":
            self._row, self._column = self._row + 1, 1


def extent_of(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Rows and columns of a sheet up to its last value. Raises ValueError where it is no XML, has a document type, or
    names places that are none."""
    found, parser = Extent(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
    parser.StartDoctypeDeclHandler = _no_types
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as wrong:
        raise ValueError(str(wrong)) from wrong
    return found.rows, found.columns


def _place(text: str) -> tuple[int, int]:
    """B3 is (3, 2); 0 for what isn't said."""
    found = PLACE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:20]!r} is no place in a sheet")
    return int(found[2] or 0), number_of(found[1].upper())


def _no_types(*_: Any) -> None:
    raise ValueError("a sheet with a document type")
