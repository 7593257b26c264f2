"""The tags of a sheet's text seen as bytes, a piece at a time: where they say their cells are, and which are worth a
closer look. Arrays instead of parsing: a tenth of a second for ten thousand rows of 32 columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

ROWS, COLUMNS = 1_048_576, 16_384
"""As many as a sheet of Excel's has."""
PAD = b" " * 16
"""Around a piece, so that looking a few bytes aside stays inside."""
NAMED = np.zeros(256, dtype=bool)
"""Bytes that may go on a name: `xr="…"` is no `r="…"`."""
NAMED[[*b"-._:", *range(48, 58), *range(65, 91), *range(97, 123), *range(128, 256)]] = True


@dataclass(frozen=True)
class Seen:
    """What a piece has: the furthest row and column any of its tags names (from 1; 0 if none).

    `sure`: no tag of a row or cell in it is written in a way that may hide where it stands. `formulas`, `errors`,
    `hidden`: whether there may be any.
    """

    rows: int
    columns: int
    sure: bool
    formulas: bool
    errors: bool
    hidden: bool


def look(piece: bytes) -> Seen:
    """See `Seen`; `piece` has whole tags.

    Whatever is called r counts, wherever it stands, so that no reader finds a cell further out. Not sure where a row
    or cell doesn't begin with it (readers then count on from the one before), where blanks or other quotes are about
    the sign, where a name has a prefix, where it names more than a sheet has.
    """
    text = np.frombuffer(PAD + piece + PAD, dtype=np.uint8)
    signs = np.flatnonzero(text == ord("="))
    before, after = text[signs - 1], text[signs + 1]
    quoted = after == ord('"')
    odd = (before <= 32) | ((before == ord("r")) & ~quoted)
    named = signs[(before == ord("r")) & quoted]
    rows, columns, read = _named(text, named[~NAMED[text[named - 2]]] + 2)
    return Seen(
        rows,
        columns,
        read and not bool(odd.any()) and _all_named(text) and not _prefixed(text),
        bool(((text[:-1] == ord("<")) & (text[1:] == ord("f"))).any()),
        bool((text[signs[(before == ord("t")) & quoted] + 2] == ord("e")).any()),
        bool((text[signs[before == ord("n")] - 2] == ord("e")).any()),
    )


def _named(text: Bytes, starts: Places) -> tuple[int, int, bool]:
    """The furthest row and column of `A1` and the like that begin at `starts`, and whether all could be read."""
    at = starts.copy()
    columns, rows = np.zeros(len(at), dtype=np.int32), np.zeros(len(at), dtype=np.int32)
    for _ in range(3):
        letter = (text[at] & 0xDF) - 64
        is_letter = (letter - 1) < 26
        if not is_letter.any():
            break
        columns = np.where(is_letter, columns * 26 + letter, columns)
        at += is_letter
    for _ in range(7):
        digit = text[at] - 48
        is_digit = digit < 10
        if not is_digit.any():
            break
        rows = np.where(is_digit, rows * 10 + digit, rows)
        at += is_digit
    last, right = int(rows.max(initial=0)), int(columns.max(initial=0))
    return last, right, last <= ROWS and right <= COLUMNS and bool((text[at] == ord('"')).all())


def _all_named(text: Bytes) -> bool:
    """Does every row and cell begin with its place?"""
    starts = np.flatnonzero((text[:-1] == ord("<")) & (text[1:] == ord("c"))) + 2
    rows = np.flatnonzero((text[:-1] == ord("<")) & (text[1:] == ord("r"))) + 2
    rows = rows[(text[rows] == ord("o")) & (text[rows + 1] == ord("w"))] + 2
    for ends in (starts, rows):
        ends = ends[~NAMED[text[ends]]]
        for away, char in enumerate(b' r="'):
            if not (text[ends + away] == char).all():
                return False
    return True


def _prefixed(text: Bytes) -> bool:
    """May a name such as x:c or x:row be there?"""
    colons = np.flatnonzero(text == ord(":"))
    after = text[colons + 1]
    cells = colons[after == ord("c")] + 2
    rows = colons[after == ord("r")] + 2
    return not bool(NAMED[text[cells]].all()) or bool((text[rows] == ord("o")).any())
