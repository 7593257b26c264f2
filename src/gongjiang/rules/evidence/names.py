"""Names of uploaded files: kept readable, made harmless."""

import re
from typing import Final

from gongjiang.kernel.text import clean
from gongjiang.rules.evidence.kinds import Kind

MAX_BYTES: Final = 200
"""A file system takes 255 bytes; 255 Han characters would be 765. Room is left for a prefix of ours."""

UNNAMED: Final = "未命名"

_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00-\x1f\n\t]')
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe_name(name: str, kind: Kind | None = None) -> str:
    """A name for showing and for downloads: no folder, no line break, no direction tricks, no hidden dots.

    With a `kind`, its extension replaces the one the file came with. Never empty, at most 200 bytes of UTF-8.
    """
    last = re.split(r"[/\\]", clean(name).replace("\n", " "))[-1]
    stem = re.sub(r"\s+", " ", _FORBIDDEN.sub("", last)).strip(" .")
    extension = ""
    found = _EXTENSION.search(stem)
    if found:
        stem, extension = stem[: found.start()].rstrip(" ."), found.group()
    if kind is not None:
        extension = f".{kind.value}"
    room = MAX_BYTES - len(extension.encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
    return (stem or UNNAMED) + extension
