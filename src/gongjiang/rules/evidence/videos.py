"""MP4: how long a film lasts, read from its boxes (ISO/IEC 14496-12) without decoding anything."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from math import floor
from typing import BinaryIO, Final

from gongjiang.kernel.errors import BadInput

_MAX_TABLE: Final = 16_000_000
_MAX_BOXES: Final = 10_000
_UNSET: Final = frozenset({0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF})
_TELLING: Final = frozenset({b"udta", b"meta", b"uuid"})
_CONTAINERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex"})


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    end: int


def video_seconds(content: BinaryIO, size: int) -> Fraction:
    """The length in seconds: the longest that any header or sample table claims.

    Raises BadInput where the file is cut short or does not say how long it is.
    """
    try:
        claims = list(_claims(content, size))
    except (struct.error, ValueError, ZeroDivisionError):
        raise BadInput(
            "视频不完整或已损坏，可能没有传完。请重新导出为 MP4 后上传。", "The video is damaged or cut short."
        ) from None
    longest = max(claims, default=Fraction(0))
    if longest == 0:
        raise BadInput("读不出视频时长。请用常见软件另存为普通 MP4 后上传。", "The video does not say how long it is.")
    return longest


def check_video(content: BinaryIO, size: int, max_seconds: int | None) -> int:
    """Whole seconds of the film; raises BadInput if it is longer than allowed.

    Judged by whole seconds: encoders round the last frame up, so 5:00.04 is still within five minutes.
    """
    seconds = floor(video_seconds(content, size))
    if max_seconds is not None and seconds > max_seconds:
        raise BadInput(
            f"视频长{_clock(seconds)}，不得超过{_clock(max_seconds)}。请剪短后再上传。",
            f"The video lasts {seconds} s; at most {max_seconds} s are allowed.",
        )
    return seconds


def without_metadata(content: BinaryIO) -> BinaryIO:
    """The film without what it says of itself: title, author, place, device. Those boxes become empty space of the
    same length, so that the places of samples still hold. Give it only what `check_video` has passed."""
    content.seek(0)
    data = bytearray(content.read())
    for box in _walk(content, 0, len(data)):
        if box.kind in _TELLING:
            head = box.start - 16 if data[box.start - 12 : box.start - 8] == box.kind else box.start - 8
            data[head + 4 : head + 8] = b"free"
            data[box.start : box.end] = bytes(box.end - box.start)
    return BytesIO(data)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"


def _claims(content: BinaryIO, size: int) -> Iterator[Fraction]:
    movie_scale = track_scale = 1
    media = moov = False
    for box in _walk(content, 0, size):
        media = media or box.kind in (b"mdat", b"moof")
        moov = moov or box.kind == b"moov"
        if box.kind == b"mvhd":
            movie_scale, duration = _header(content, box)
            yield Fraction(duration, movie_scale)
        elif box.kind == b"mdhd":
            track_scale, duration = _header(content, box)
            yield Fraction(duration, track_scale)
        elif box.kind == b"mehd":
            yield Fraction(_fragment_duration(content, box), movie_scale)
        elif box.kind == b"stts":
            yield Fraction(_sample_time(content, box), track_scale)
    if not (media and moov):
        raise ValueError("no film inside")


def _walk(content: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    """All boxes within a stretch, containers before what they hold."""
    stack = [(start, end)]
    for _ in range(_MAX_BOXES):
        while stack and stack[-1][0] >= stack[-1][1]:
            stack.pop()
        if not stack:
            return
        position, limit = stack[-1]
        box = _box(content, position, limit)
        stack[-1] = (box.end, limit)
        yield box
        if box.kind in _CONTAINERS:
            stack.append((box.start, box.end))
    raise ValueError("too many boxes")


def _box(content: BinaryIO, position: int, limit: int) -> _Box:
    content.seek(position)
    length, kind = struct.unpack(">I4s", content.read(8))
    body = position + 8
    if length == 1:
        (length,) = struct.unpack(">Q", content.read(8))
        body += 8
    elif length == 0:
        length = limit - position
    end = position + length
    if not body <= end <= limit:
        raise ValueError("box beyond its container")
    return _Box(kind, body, end)


def _header(content: BinaryIO, box: _Box) -> tuple[int, int]:
    """Time scale and duration of mvhd and mdhd, which begin alike."""
    content.seek(box.start)
    version = content.read(4)[0:1]
    layout = ">QQIQ" if version == b"\x01" else ">IIII"
    _made, _changed, scale, duration = struct.unpack(layout, content.read(struct.calcsize(layout)))
    return scale, 0 if duration in _UNSET else duration


def _fragment_duration(content: BinaryIO, box: _Box) -> int:
    content.seek(box.start)
    layout = ">Q" if content.read(4)[0:1] == b"\x01" else ">I"
    (duration,) = struct.unpack(layout, content.read(struct.calcsize(layout)))
    return int(duration)


def _sample_time(content: BinaryIO, box: _Box) -> int:
    """The sum of all sample durations: what a player follows, whatever the headers say."""
    content.seek(box.start + 4)
    (count,) = struct.unpack(">I", content.read(4))
    length = count * 8
    if length > min(_MAX_TABLE, box.end - box.start - 8):
        raise ValueError("sample table beyond its box")
    return sum(samples * delta for samples, delta in struct.iter_unpack(">II", content.read(length)))
