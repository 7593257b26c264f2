"""Answers to requests for a part of a file (RFC 9110, 14): players jump by them."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK = 1 << 18
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def partial(request: HttpRequest, content: BinaryIO, size: int, kind: str) -> HttpResponseBase:
    """The whole file, or the one range that was asked for; 416 for a range beyond its end."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked.group() == "bytes=-":
        answer: HttpResponseBase = FileResponse(content, content_type=kind)
        answer.headers["Accept-Ranges"] = "bytes"
        return answer
    first, last = _bounds(asked, size)
    if first >= size or first > last:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    content.seek(first)
    answer = StreamingHttpResponse(_part(content, last - first + 1), status=206, content_type=kind)
    answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer.headers["Content-Length"] = str(last - first + 1)
    answer.headers["Accept-Ranges"] = "bytes"
    return answer


def _bounds(asked: re.Match[str], size: int) -> tuple[int, int]:
    start, end = asked.groups()
    if not start:
        return max(0, size - int(end)), size - 1
    return int(start), min(int(end), size - 1) if end else size - 1


def _part(content: BinaryIO, left: int) -> Iterator[bytes]:
    with content:
        while left > 0 and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
