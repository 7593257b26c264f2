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
FRUGAL: Final[dict[str, object]] = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
}
"""As fast on a busy machine, and well within the gigabyte that a worker may take (cli/commands/work)."""


class Unread(OSError):
    """The reader gave up over a picture; another time it may not."""


def present() -> bool:
    """Is the extra installed?"""
    return RapidOCR is not None


def lines_of(picture: Image.Image) -> list[str]:
    """The lines on a picture, top to bottom; none without the extra. Raises Unread."""
    if not present():
        return []
    small = picture.convert("RGB")
    small.thumbnail((LONGEST, LONGEST))
    try:
        found = _engine()(np.asarray(small))
    except Exception as error:  # whatever it is: the worker has other things to do
        _engine.cache_clear()
        raise Unread from error
    texts, scores = found.txts or (), found.scores or ()
    return [text for text, score in zip(texts, scores, strict=True) if score >= SURE]


@cache
def _engine() -> Any:
    """One a process: making it takes seconds."""
    return RapidOCR(params=FRUGAL)
