"""Marks by which a page or a text is known again though it was changed a little, and how alike two of them are.

A page: its brightness on a grid, each cell against its neighbour (256 bits). A text: MinHash of its runs of five
characters. Both are cut into bands; what shares no band with another is not compared with it at all.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

import numpy as np
from datasketch import MinHash
from PIL import Image, ImageFilter
from rapidfuzz import fuzz

SIDE: Final = 16
STEP: Final = 2
"""Grey levels by which a cell must be darker than the next: paper is never quite white."""
PICTURE_BANDS: Final = 16
FAR: Final = 56
"""Bits by which marks of the same page may differ, its margins cut or scanned askew; these are looked at closer."""
ALIKE_TEXTS: Final = 80
"""Per cent from which two texts are pointed out."""
LEAST_WORDS: Final = 200
MOST_WORDS: Final = 20_000
"""Characters of a text that are compared: a shorter one says too little, more of it says nothing new."""

_RUN: Final = 5
_ROWS: Final = 6
_TEXT_BANDS: Final = 20
_FINE: Final = 256
_BLOCK: Final = 8
_SAME: Final = 0.3
_OTHER: Final = 0.66
"""Apart by so much anywhere, it is another page: a certificate of the same pattern with another name, number or day
(0.74 for a single figure of the day). Copies stay under it: smaller, re-scanned askew, with their margins cut."""
_LEAST_ALIKE: Final = 87
_HOPELESS: Final = 50
"""Per cent under which no turning helps."""
_TURNS: Final = (0.0, 0.5, -0.5, 1.0, -1.0, 1.5, -1.5, 2.0, -2.0)
"""Degrees by which a page may lie askew under the glass."""
_OFF: Final = (-1, 0, 1)
_WORK: Final = 1400
"""Pixels of the longer side at which pages are turned: margins must be found to a pixel."""
_INK: Final = 12.0
_LIGHT: Final = 0.995
"""Share of a page that is paper at most: what is darker is ink for certain."""
_BLANK: Final = 4.0
_WORDS: Final = re.compile(r"[^\w]+|_")


def page_mark(picture: Image.Image) -> str:
    """256 bits in hex, of the part that is written on; '' for a page with next to nothing on it."""
    grey = picture.convert("L")
    if float(np.asarray(grey.resize((64, 64), Image.Resampling.BOX)).std()) < _BLANK:
        return ""
    cells = np.asarray(_inked(grey).resize((SIDE + 1, SIDE), Image.Resampling.BOX), dtype=np.int16)
    bits = cells[:, :-1] > cells[:, 1:] + STEP
    return np.packbits(bits).tobytes().hex()


def page_bands(mark: str) -> tuple[int, ...]:
    """A number for each piece of a page's mark: pages that differ little share some."""
    width = len(mark) // PICTURE_BANDS
    return tuple(_number("page", n, mark[n * width : (n + 1) * width]) for n in range(PICTURE_BANDS) if mark)


def distance(one: str, other: str) -> int:
    """Bits in which two marks differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def pages_alike(one: Image.Image, other: Image.Image) -> int:
    """Per cent of two pages' places that look the same, whatever the size, margins, brightness and contrast of the
    copies, and though one lies a little askew; 0 if something else stands anywhere."""
    first, second = _small(one), _small(other)
    found = _alike(_fine(first), _fine(second))
    fixed = _fine(_inked(first))
    for turn in _TURNS:
        if found >= _LEAST_ALIKE:
            return found
        turned = second if not turn else second.rotate(turn, Image.Resampling.BILINEAR, fillcolor=_ground(second))
        found = _alike(fixed, _fine(_inked(turned)))
        if abs(found) < _HOPELESS:
            return 0
    return max(found, 0)


def plain_words(texts: Iterable[str]) -> str:
    """Letters, digits and Han characters of a text, as much of it as is compared."""
    found, length = [], 0
    for one in texts:
        found.append(_WORDS.sub("", one))
        length += len(found[-1])
        if length >= MOST_WORDS:
            break
    return "".join(found)[:MOST_WORDS]


def text_bands(words: str) -> tuple[int, ...]:
    """A number for each band of the MinHash of plain words; none for a text that says too little."""
    if len(words) < LEAST_WORDS:
        return ()
    hashed = MinHash(num_perm=_TEXT_BANDS * _ROWS, seed=1)
    hashed.update_batch(sorted(one.encode() for one in _runs(words)))
    values = [int(one) for one in hashed.hashvalues]
    return tuple(_number("text", n, str(values[n * _ROWS : (n + 1) * _ROWS])) for n in range(_TEXT_BANDS))


def texts_alike(one: str, other: str) -> int:
    """Per cent of two plain texts that is the same: in its order, or in runs, so that pages in another order count."""
    first, second = _runs(one), _runs(other)
    shared = 100 * len(first & second) // max(len(first), len(second), 1)
    return max(int(fuzz.ratio(one, other)), shared)


def _runs(words: str) -> set[str]:
    return {words[n : n + _RUN] for n in range(len(words) - _RUN + 1)}


def _number(kind: str, place: int, piece: str) -> int:
    """Of 63 bits: what a database keeps in a whole number."""
    return int.from_bytes(hashlib.sha256(f"{kind} {place} {piece}".encode()).digest()[:8], "big") >> 1


Grid = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def _small(picture: Image.Image) -> Image.Image:
    small = picture.convert("L")
    small.thumbnail((_WORK, _WORK))
    return small


def _ground(picture: Image.Image) -> int:
    """The grey of the paper."""
    counts = np.cumsum(picture.histogram())
    return int(np.searchsorted(counts, counts[-1] / 2))


def _inked(picture: Image.Image) -> Image.Image:
    """The part of a page on which something stands: margins are cut by scanners, or added."""
    apart = np.abs(np.arange(256) - _ground(picture))
    order = np.argsort(apart)
    counts = np.cumsum(np.asarray(picture.histogram())[order])
    darkest = int(apart[order][np.searchsorted(counts, counts[-1] * _LIGHT)])
    ink = np.asarray(picture.point([int(one > max(_INK, darkest / 2)) for one in apart]))
    rows, columns = np.flatnonzero(ink.sum(axis=1) > 1), np.flatnonzero(ink.sum(axis=0) > 1)
    if len(rows) < 4 or len(columns) < 4:
        return picture
    return picture.crop((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))


def _fine(picture: Image.Image) -> Grid:
    small = picture.resize((_FINE, _FINE), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    values = np.asarray(small, dtype=np.float64)
    found: Grid = (values - values.mean()) / max(values.std(), 1.0)
    return found


def _alike(one: Grid, other: Grid) -> int:
    """Per cent of the blocks that are the same, where each may lie a pixel off; less than 0 where one of them is far
    from its like."""
    shape = (_FINE // _BLOCK, _BLOCK, _FINE // _BLOCK, _BLOCK)
    places = (np.roll(other, (down, across), axis=(0, 1)) for down in _OFF for across in _OFF)
    blocks = np.min([np.abs(one - there).reshape(shape).mean(axis=(1, 3)) for there in places], axis=0)
    score = int(100 * float((blocks < _SAME).mean()))
    return score if score >= _LEAST_ALIKE and float(blocks.max()) < _OTHER else -score
