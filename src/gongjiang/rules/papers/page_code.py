"""The page code as it is read back: from a scan, or typed in from the small print beside it."""

import re
from dataclasses import dataclass
from typing import Final

from gongjiang.kernel.errors import BadInput

_CASE: Final = re.compile(r"\d{4}-\d{3,6}-\d{3,8}")
_MARK: Final = re.compile(r"[0-9a-f]{8,16}")


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What a page says of itself. `mark`: the first digits of the digest of what was printed; `form` is '' where the
    code was typed in, since the small print doesn't name it."""

    form: str
    case_no: str
    version: str
    mark: str


def parse_payload(text: str) -> ReadCode | None:
    """The content of a QR code; None if it is not one of ours."""
    parts = text.strip().split("|")
    if len(parts) != 5 or parts[0] != "GJ1" or not _MARK.fullmatch(parts[4]):
        return None
    return ReadCode(parts[1].rpartition("/")[2], parts[2], parts[3], parts[4])


def parse_typed(text: str) -> ReadCode:
    """`2026-001-00001 第3版 1a2b3c4d`, however spaced; or the payload itself. BadInput says what it looks like."""
    found = parse_payload(text)
    if found is not None:
        return found
    plain = re.sub(r"[　\s]+", " ", text.strip()).lower().replace("—", "-").replace("－", "-")
    number, version = _CASE.search(plain), re.search(r"第 ?(\d+) ?版", plain)
    rest = plain.replace(number[0], " ") if number else plain
    rest = rest.replace(version[0], " ") if version else rest
    marks = _MARK.findall(rest)
    if number is None or len(marks) != 1:
        raise BadInput(
            "页码写在每页的二维码旁，如“2026-001-00001 第3版 1a2b3c4d”，请照原样输入。",
            "Type the code as it stands beside the QR code.",
            place="页码",
        )
    return ReadCode("", number[0], version[1] if version else "", marks[0])
