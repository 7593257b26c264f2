"""One look at an uploaded file: may it be taken, what is it, and what does it measure?"""

import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.evidence.archives import office_kind
from gongjiang.rules.evidence.images import MAX_PIXELS, check_image
from gongjiang.rules.evidence.kinds import HEAD, LABELS, Kind, looks_like_office, sniff, why_refused
from gongjiang.rules.evidence.names import safe_name
from gongjiang.rules.evidence.pdfs import MAX_PAGES, check_pdf
from gongjiang.rules.evidence.videos import check_video

_TAIL: Final = 66_000
"""A zip's end record lies within its last 65,557 bytes."""
_ZIP_END: Final = re.compile(rb"PK\x05\x06.{16}(..)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be. `film_bytes`: a film, where that is more; `max_seconds` comes from the pack
    (`video.max_minutes` x 60)."""

    max_bytes: int = 50_000_000
    film_bytes: int = 0
    max_pixels: int = MAX_PIXELS
    max_pages: int = MAX_PAGES
    max_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """The outcome. `name` is safe to store and show; measures are None where the kind has none of them."""

    decision: Decision
    name: str
    size: int
    kind: Kind | None = None
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    seconds: int | None = None


def inspect(name: str, content: BinaryIO, allowed: frozenset[Kind], limits: Limits | None = None) -> Inspection:
    """Judges a seekable file by its bytes. Never raises for bad content: the decision carries the reason.

    Pictures should be stored through `images.clean_image`, which drops position data.
    """
    limits = limits or Limits()
    size = content.seek(0, 2)
    shown = safe_name(name)
    try:
        kind = _kind(content, size, allowed, limits)
        _refuse_polyglot(content, size, kind)
        return _measure(content, size, kind, limits, safe_name(name, kind))
    except BadInput as wrong:
        return Inspection(Decision.no(Reason(f"“{shown}”：{wrong.text}", subject=shown)), shown, size)


def _kind(content: BinaryIO, size: int, allowed: frozenset[Kind], limits: Limits) -> Kind:
    if size == 0:
        raise BadInput("文件是空的（0字节），请重新选择。", "The file is empty.")
    content.seek(0)
    head = content.read(HEAD)
    kind = sniff(head)
    most = max(limits.max_bytes, limits.film_bytes if kind is Kind.MP4 else 0)
    if size > most:
        raise BadInput(
            f"文件有{_megabytes(size)}，最多{_megabytes(most)}。请压缩后再上传。",
            f"The file is larger than {most} bytes.",
        )
    if kind is None and looks_like_office(head) and allowed & {Kind.DOCX, Kind.XLSX}:
        kind = office_kind(content)
    taken = "、".join(LABELS[one] for one in Kind if one in allowed)
    if kind is None:
        raise BadInput(f"{why_refused(head)}这里可以上传：{taken}。", "This kind of file is not taken.")
    if kind not in allowed:
        raise BadInput(f"这是{LABELS[kind]}，这里只能上传：{taken}。", "This kind of file is not taken here.")
    return kind


def _refuse_polyglot(content: BinaryIO, size: int, kind: Kind) -> None:
    """A file that is also a whole zip is two files in one: one of them would pass unseen."""
    if kind in (Kind.DOCX, Kind.XLSX):
        return
    start = max(0, size - _TAIL)
    content.seek(start)
    tail = content.read()
    for found in _ZIP_END.finditer(tail):
        comment = int.from_bytes(found.group(1), "little")
        if start + found.end() + comment == size:
            raise BadInput("文件尾部夹带了压缩包，不能上传。请重新导出后上传。", "An archive is hidden in the file.")
    content.seek(0)
    head = content.read(HEAD)
    if kind is not Kind.PDF and b"%PDF-" in head[:1024]:
        raise BadInput("文件里夹带了另一种格式，不能上传。请重新导出后上传。", "The file is two formats in one.")


def _measure(content: BinaryIO, size: int, kind: Kind, limits: Limits, name: str) -> Inspection:
    yes = Decision.yes()
    if kind is Kind.PDF:
        return Inspection(yes, name, size, kind, pages=check_pdf(content, size, limits.max_pages))
    if kind in (Kind.JPEG, Kind.PNG):
        width, height = check_image(content, kind, limits.max_pixels)
        return Inspection(yes, name, size, kind, width=width, height=height)
    if kind is Kind.MP4:
        return Inspection(yes, name, size, kind, seconds=check_video(content, size, limits.max_seconds))
    return Inspection(yes, name, size, kind)


def _megabytes(size: int) -> str:
    tenths = -(-size * 10 // 1_000_000)
    return f"{tenths // 10}.{tenths % 10} MB" if tenths % 10 else f"{tenths // 10} MB"
