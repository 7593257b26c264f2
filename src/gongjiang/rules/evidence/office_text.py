"""The words of a Word or Excel file, headers and footers first: marks of secrecy stand there."""

import html
import re
import zlib
from typing import BinaryIO, Final
from zipfile import BadZipFile

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.evidence.archives import check_archive

MOST: Final = 2_000_000
"""Characters of XML read from one part."""

_PARTS: Final = re.compile(
    r"word/(header|footer|footnotes|endnotes|document|comments)\d*\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml"
    r"|xl/comments\d*\.xml|xl/drawings/drawing\d+\.xml"
)
_PIECES: Final = re.compile(
    r"<(?:[aw]:)?t(?: [^>]*)?>([^<]*)</(?:[aw]:)?t>|<(?:odd|even|first)(?:Header|Footer)>([^<]*)</"
    r"|(</[aw]:p>|</si>|</c>|</comment>|<w:br/>|<w:tab/>)"
)
_CODES: Final = re.compile(r'&"[^"]*"|&\d+|&[A-Z]')
"""In the headers of a sheet: fonts, sizes, left, middle and right."""


def office_text(content: BinaryIO) -> str:
    """Line by line. Raises BadInput for what is no archive that one may open."""
    archive = check_archive(content)
    names = [one for one in archive.namelist() if _PARTS.fullmatch(one)]
    found = []
    for name in sorted(names, key=lambda one: ("header" not in one and "footer" not in one, one)):
        try:
            with archive.open(name) as part:
                found.append(_words(part.read(MOST).decode("utf-8", "replace")))
        except (BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error):
            raise BadInput("文件不完整或已损坏。", "A part of the file is damaged.", place=name) from None
    return "\n".join(found)


def _words(xml: str) -> str:
    return re.sub(r"\n{2,}", "\n", "".join(_piece(one) for one in _PIECES.finditer(xml))).strip("\n")


def _piece(found: "re.Match[str]") -> str:
    words, head, end = found.groups()
    if end is not None:
        return "\n"
    if head is not None:
        return "\n" + _CODES.sub("\n", html.unescape(head)) + "\n"
    return html.unescape(words)
