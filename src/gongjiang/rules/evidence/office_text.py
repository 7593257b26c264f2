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
    r"word/(header|footer|footnotes|document|comments)\d*\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml"
)
_PIECES: Final = re.compile(r"<(?:w:)?t(?: [^>]*)?>([^<]*)</(?:w:)?t>|(</w:p>|</si>|</c>|<w:br/>|<w:tab/>)")


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
    pieces = (html.unescape(one.group(1)) if one.group(2) is None else "\n" for one in _PIECES.finditer(xml))
    return re.sub(r"\n{2,}", "\n", "".join(pieces)).strip("\n")
