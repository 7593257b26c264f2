"""Boxes, bands, slabs: a sheet once every box knows its place.

Lengths are tenths of a millimetre; a slab is as wide as the text area (`WIDTH`).
"""

from dataclasses import dataclass
from typing import Literal

from gongjiang.documents.ink import Para, paras_of

WIDTH = 1660
LABEL = 204
PHOTO = 340
PHOTO_HEIGHT = 462
LINE = 58
PAD = 28
HALF_PAGE = 1200


@dataclass(frozen=True)
class Box:
    """`foot` stands at the bottom right (seal, date). `height` is the least height."""

    x: int
    width: int
    paras: tuple[Para, ...] = ()
    foot: tuple[Para, ...] = ()
    rowspan: int = 1
    role: Literal["label", "value", "photo"] = "value"
    align: Literal["left", "center"] = "left"
    middle: bool = False
    height: int = 0
    image: bytes | None = None

    @property
    def narrow(self) -> bool:
        """A label of six to sixteen characters is set four a line, as the annexes do: 推荐单位／意见."""
        return self.role == "label" and self.width <= LABEL and 5 < self.length <= 16

    @property
    def overfull(self) -> bool:
        """Surely taller than its least height, so that nobody need measure it."""
        return self.outgrows(self.height)

    def outgrows(self, height: int) -> bool:
        """Surely taller than this?"""
        letters_a_line = max(1, self.width // 37)
        return self.length // letters_a_line > height // LINE + 2

    @property
    def length(self) -> int:
        """Characters in the box."""
        return sum(len(run.text) for para in self.paras + self.foot for run in para.runs)


@dataclass(frozen=True)
class Band:
    """One row of boxes; those that reach down from an earlier row are not repeated. `keep`: not split by pages."""

    boxes: tuple[Box, ...]

    @property
    def keep(self) -> bool:
        return all(box.length < 240 for box in self.boxes)

    @property
    def height(self) -> int:
        """Its least height."""
        return max((box.height for box in self.boxes if box.rowspan == 1), default=LINE)


@dataclass(frozen=True)
class Slab:
    """A run of bands drawn as one table. `edges`: every x at which some box starts or ends.

    `head`: so many bands at its top stand again on every further page. `joined`: right below the slab before it.
    """

    bands: tuple[Band, ...]
    head: int = 0
    joined: bool = False

    def together(self, n: int, box: Box) -> bool:
        """Is `box` of band `n` not split by pages? One along several rows only if they take less than half a page."""
        reached = self.bands[n : n + box.rowspan]
        return all(band.keep for band in reached) and (
            box.rowspan == 1 or box.role == "photo" or sum(band.height for band in reached) < HALF_PAGE
        )

    @property
    def edges(self) -> tuple[int, ...]:
        found = {0, WIDTH}
        for band in self.bands:
            for box in band.boxes:
                found |= {box.x, box.x + box.width}
        return tuple(sorted(found))


@dataclass(frozen=True)
class Strip:
    """Words outside the tables: each item gets an equal share of the width when `spread`; on a `new_page`."""

    items: tuple[Para, ...]
    spread: bool = False
    new_page: bool = False


def label_box(text: str, x: int, width: int = LABEL, rowspan: int = 1) -> Box:
    """A box with a label, in the middle of it."""
    paras = paras_of(text, style="label", align="center")
    return Box(x, width, paras, rowspan=rowspan, role="label", align="center", middle=True)
