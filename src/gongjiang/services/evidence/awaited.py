"""What is still to come of a file from the background, and whether it is late: nobody waits for ever without a word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from gongjiang.models import File, Prepared, Recognised
from gongjiang.services.evidence import ocr
from gongjiang.services.evidence.previews import PICTURED

LATE: Final = timedelta(minutes=3)
"""After so long the worker is busy, or it doesn't run: whoever waits should know."""

Preview = Literal["none", "waiting", "failed", "done"]
Reading = Literal["none", "off", "waiting", "failed", "nothing", "done", "card"]


@dataclass(frozen=True)
class Awaited:
    """`preview`: the pictures of the pages (none: this kind has none). `reading`: of what stands on them (off: nothing
    here can read; nothing: no certificate was found). `minutes`: since when it waits, 0 while that is usual."""

    preview: Preview
    reading: Reading
    minutes: int


def awaited(row: File, at: datetime) -> Awaited:
    """Of one file."""
    preview, reading = _preview(row), _reading(row)
    return Awaited(preview, reading, _late(row, at) if "waiting" in (preview, reading) else 0)


def longest(rows: Iterable[File], at: datetime) -> int:
    """Minutes that the longest waiting preview is late; 0 while none is."""
    waiting = (one for one in rows if one.prepared in {Prepared.WAITING, Prepared.RUNNING})
    return max((_late(one, at) for one in waiting), default=0)


def _preview(row: File) -> Preview:
    if row.kind not in PICTURED:
        return "none"
    if row.prepared in {Prepared.WAITING, Prepared.RUNNING}:
        return "waiting"
    return "done" if row.previews else "failed"


def _reading(row: File) -> Reading:
    if row.recognised == Recognised.CARD:
        return "card"
    if row.recognised == Recognised.DONE:
        return "done" if row.suggested else "nothing"
    if _preview(row) in {"none", "failed"}:
        return "none"
    if row.recognised == Recognised.FAILED:
        return "failed"
    return "waiting" if ocr.present() else "off"


def _late(row: File, at: datetime) -> int:
    waits = at - row.uploaded_at
    return int(waits.total_seconds() // 60) if waits > LATE else 0
