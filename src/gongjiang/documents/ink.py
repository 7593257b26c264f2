"""Runs and paragraphs: the words inside a box, with the little that printers need to know about them."""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
Style = Literal["body", "label", "note", "title"]


@dataclass(frozen=True)
class Run:
    """`fill`: written on a line, underlined; an empty fill is an empty line to write on. `whole`: not parted."""

    text: str
    fill: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Para:
    runs: tuple[Run, ...]
    align: Align = "left"
    style: Style = "body"
    indent: bool = False


def printable(text: str) -> str:
    """`text` without characters that no printed form can hold: controls, direction marks, zero-width ones,
    those that colour a sign."""
    if text.isprintable() and "\ufe0e" not in text and "\ufe0f" not in text:
        return text
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "　")
    return "".join(char for char in kept if char == "\n" or not _hidden(ord(char)))


def _hidden(code: int) -> bool:
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0x200B <= code <= 0x200F
        or 0x2028 <= code <= 0x202E
        or 0x2060 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
        or 0xE0000 <= code <= 0xE007F
        or code in (0xFE0E, 0xFE0F, 0xFEFF, 0xFFFE, 0xFFFF)
    )


def paras_of(text: str, *, style: Style = "body", align: Align = "left", indent: bool = False) -> tuple[Para, ...]:
    """One paragraph a line of `text`; at least one, since an empty box has an empty paragraph."""
    lines = printable(text).strip("\n").split("\n")
    return tuple(Para((Run(line),), align, style, indent and bool(line)) for line in lines)
