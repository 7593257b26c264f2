"""Names inside an archive: made of what people typed, so they are taken apart and put together safely."""

import re
import unicodedata
from typing import Final

from gongjiang.kernel.text import clean

LONGEST: Final = 180
"""Bytes of a name; systems take 255, and the whole path must fit into what Windows takes."""
_UNLAWFUL: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_HIDDEN: Final = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")


def safe_name(text: str, ending: str = "", *, without: str = "未命名") -> str:
    """`text` as one name of a file or folder, `ending` (`.pdf`) kept whole; `without` where nothing is left of it.

    No separators of paths, no leading or trailing dots and blanks, no device names, at most `LONGEST` bytes.
    """
    plain = _HIDDEN.sub("", clean(text).replace("\n", " ").replace("\t", " "))
    plain = re.sub(r"\s+", " ", _UNLAWFUL.sub("、", plain)).strip(" .、~")
    plain = _cut(plain, LONGEST - len(ending.encode())).rstrip(" .、") or without
    return f"{plain}＿{ending}" if _DEVICES.fullmatch(plain) else f"{plain}{ending}"


def free_name(name: str, taken: set[str]) -> str:
    """`name`, or the first of `name (2)`, `name (3)` that nobody has, as systems compare names; it is taken then."""
    stem, dot, ending = name.rpartition(".") if 0 < name.rfind(".") >= len(name) - 6 else (name, "", "")
    number, found = 1, name
    while _compared(found) in taken:
        number += 1
        mark = f" ({number})"
        found = f"{_cut(stem, LONGEST - len((mark + dot + ending).encode()))}{mark}{dot}{ending}"
    taken.add(_compared(found))
    return found


def _compared(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(text: str, most: int) -> str:
    """As many whole characters as fit into `most` bytes."""
    return text.encode()[:most].decode("utf-8", "ignore")
