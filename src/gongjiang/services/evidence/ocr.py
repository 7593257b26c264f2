"""Reading what stands on a picture, where the optional extra `ocr` is installed (rapidocr, its models in its wheel: no
network). Without it nothing is read, nothing suggested, and no identity card recognised. It takes seconds: only the
worker in the background calls it (recognise)."""

from functools import cache
from typing import Any, Final

import numpy as np
from PIL import Image

try:
    from rapidocr import RapidOCR
except ImportError:
    RapidOCR = None

LONGEST: Final = 1600
"""Pixels of the longer side that are read: enough for a page, and bounded in time."""
SURE: Final = 0.6


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


@cache
def _engine() -> Any:
    """One a process: making it takes seconds."""
    return RapidOCR(params={"Global.log_level": "critical"})
