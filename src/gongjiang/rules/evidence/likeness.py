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
FAR: Final = 40
"""Bits by which marks of the same page may differ; unlike pages differ by a hundred and more."""
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
_OTHER: Final = 0.45
"""Apart by so much anywhere, it is another page: a certificate of the same pattern with another name, number and day.
Copies stay under 0.35, one with a single line changed under 0.42."""
_LEAST_ALIKE: Final = 90
_BLANK: Final = 4.0
_WORDS: Final = re.compile(r"[^\w]+|_")


def page_mark(picture: Image.Image) -> str:
    """256 bits in hex; '' for a page with next to nothing on it."""
    grey = picture.convert("L")
    if float(np.asarray(grey.resize((64, 64), Image.Resampling.BOX)).std()) < _BLANK:
        return ""
    cells = np.asarray(grey.resize((SIDE + 1, SIDE), Image.Resampling.BOX), dtype=np.int16)
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
    """Per cent of two pages' places that look the same, whatever the size, brightness and contrast of the copies; 0 if
    something else stands anywhere."""
    apart = np.abs(_fine(one) - _fine(other))
    blocks = apart.reshape(_FINE // _BLOCK, _BLOCK, _FINE // _BLOCK, _BLOCK).mean(axis=(1, 3))
    score = int(100 * float((blocks < _SAME).mean()))
    return score if score >= _LEAST_ALIKE and float(blocks.max()) < _OTHER else 0


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
    runs = {words[n : n + _RUN].encode() for n in range(len(words) - _RUN + 1)}
    hashed = MinHash(num_perm=_TEXT_BANDS * _ROWS, seed=1)
    hashed.update_batch(sorted(runs))
    values = [int(one) for one in hashed.hashvalues]
    return tuple(_number("text", n, str(values[n * _ROWS : (n + 1) * _ROWS])) for n in range(_TEXT_BANDS))


def texts_alike(one: str, other: str) -> int:
    """Per cent of two plain texts that is the same, in its order."""
    return int(fuzz.ratio(one, other))


def _number(kind: str, place: int, piece: str) -> int:
    """Of 63 bits: what a database keeps in a whole number."""
    return int.from_bytes(hashlib.sha256(f"{kind} {place} {piece}".encode()).digest()[:8], "big") >> 1


def _fine(picture: Image.Image) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    small = picture.convert("L").resize((_FINE, _FINE), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    values = np.asarray(small, dtype=np.float64)
    found: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = (values - values.mean()) / max(values.std(), 1.0)
    return found
