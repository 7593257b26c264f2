"""Reading what stands on a picture, where the optional extra `ocr` is installed (rapidocr, its models in its wheel: no
network). Without it nothing is read, nothing suggested, and no identity card recognised."""

from functools import cache
from io import BytesIO
from typing import Any, BinaryIO, Final

import numpy as np
import pypdfium2
from PIL import Image

from gongjiang.rules.evidence.kinds import IMAGES, Kind

try:
    from rapidocr import RapidOCR
except ImportError:
    RapidOCR = None

LONGEST: Final = 1600
"""Pixels of the longer side that are read: enough for a page, and bounded in time."""
SURE: Final = 0.6
CARD_PAGES: Final = 2
"""A scan of an identity card has no more."""


def present() -> bool:
    """Is the extra installed?"""
    return RapidOCR is not None


def lines_of(picture: Image.Image) -> list[str]:
    """The lines on a picture, top to bottom; none without the extra."""
    if not present():
        return []
    small = picture.convert("RGB")
    small.thumbnail((LONGEST, LONGEST))
    found = _engine()(np.asarray(small))
    texts, scores = found.txts or (), found.scores or ()
    return [text for text, score in zip(texts, scores, strict=True) if score >= SURE]


def lines_in(kind: Kind | None, content: BinaryIO, pages: int | None) -> list[str]:
    """The lines of a picture, or of a PDF that is short enough to be the scan of a card."""
    if not present():
        return []
    content.seek(0)
    if kind in IMAGES:
        with Image.open(BytesIO(content.read())) as picture:
            return lines_of(picture)
    if kind is not Kind.PDF or (pages or 0) > CARD_PAGES:
        return []
    document = pypdfium2.PdfDocument(content.read())
    try:
        sheets = [document[n].render(scale=2).to_pil() for n in range(len(document))]
    finally:
        document.close()
    return [line for one in sheets for line in lines_of(one)]


@cache
def _engine() -> Any:
    """One a process: making it takes seconds."""
    return RapidOCR(params={"Global.log_level": "critical"})
