"""What is still to come of a file from the background, and whether it is late: nobody waits for ever without a word."""

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
    return Awaited(preview, reading, late(row.uploaded_at, at) if "waiting" in (preview, reading) else 0)


def late_text(minutes: int) -> str:
    """Said of what waits so long; '' while that is usual."""
    if not minutes:
        return ""
    return f"已经等了 {minutes} 分钟：后台可能正忙，也可能没有运行，请告诉平台管理员；不影响填写和提交。"


def late(since: datetime, at: datetime) -> int:
    """Minutes that something waits for the worker; 0 while that is usual."""
    return int((at - since).total_seconds() // 60) if at - since > LATE else 0


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
