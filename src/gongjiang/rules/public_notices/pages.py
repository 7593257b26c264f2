"""The gate for web pages: everything a page carries is read, shown or not."""

import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Final

from gongjiang.rules.public_notices.gate import Finding, scan_text

_INLINE: Final = re.compile(
    "a|abbr|b|bd[io]|big|cite|code|data|dfn|em|font|i|ins|kbd|mark|nobr|q|s|samp|small|span|strike|strong|su[bp]|time"
    "|tt|u|var|wbr"
)
_CELLS: Final = frozenset({"td", "dd"})
_FREE_ATTRIBUTES: Final = frozenset({"class", "d", "points", "viewbox", "integrity", "nonce"})


@dataclass(slots=True)
class _Piece:
    line: int
    people: bool
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects text by block: inline tags don't part a number, blocks do."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces = [_Piece(1, people=False)]
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name not in _FREE_ATTRIBUTES:
                self.pieces.insert(-1, _Piece(self.getpos()[0], people=False, text=[value]))
        if tag in _CELLS:
            self._cells += 1
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self._cells = max(0, self._cells - 1)
        self._part(tag)

    def handle_data(self, data: str) -> None:
        self.pieces[-1].text.append(data)

    def handle_comment(self, data: str) -> None:
        self.pieces.insert(-1, _Piece(self.getpos()[0], people=False, text=[data]))

    def _part(self, tag: str) -> None:
        if not _INLINE.fullmatch(tag):
            self.pieces.append(_Piece(self.getpos()[0], people=self._cells > 0))


def scan_html(html: str, place: str, *, on: date) -> tuple[Finding, ...]:
    """All finds in a page: text, table cells, attributes, comments, scripts; each with its line.

    A block is read whole and piece by piece, so that neither an inline tag within a number nor a number before it
    hides one.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found: list[Finding] = []
    for piece in reader.pieces:
        for text in {"".join(piece.text): None, **dict.fromkeys(piece.text)}:
            found += scan_text(text, f"{place}第{piece.line}行", on=on, people=piece.people)
    return tuple(dict.fromkeys(found))
