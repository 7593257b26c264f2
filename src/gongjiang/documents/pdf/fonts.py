"""The typefaces of a print, and which characters none of them has.

Body and title use Noto Serif SC, labels Noto Sans SC. Names hold characters outside them: the Japanese and
Taiwan cuts of the same design are the fallback. A unit may have its own in a folder, `use_fonts` or the one named by
GONGJIANG_FONTS: they are asked for what the others lack, and a 小标宋, 仿宋, 楷体 or 黑体 among them takes its part.
The machine's free 楷体 (霞鹜文楷) is taken where a Debian or Fedora package has brought it.
"""

import mmap
import os
import re
import struct
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Literal, cast

import pylopdf_fonts_jp
import pylopdf_fonts_zh_cn
import pylopdf_fonts_zh_tw
import typst

BUILT_IN = (
    pylopdf_fonts_zh_cn.serif_path(),
    pylopdf_fonts_zh_cn.sans_path(),
    pylopdf_fonts_jp.serif_path(),
    pylopdf_fonts_zh_tw.serif_path(),
)
#: Which part a typeface takes, by what its family is called.
PARTS = {
    "title": ("小标宋", "xiaobiaosong"),
    "body": ("仿宋", "fangsong"),
    "note": ("楷", "kaiti", "wenkai", "ukai"),
    "label": ("黑体", "simhei", "fzhei"),
}
#: What officials call the typeface of each part, and what stands in for it where the unit has none.
OFFICIAL = {"title": "小标宋", "body": "仿宋", "note": "楷体", "label": "黑体"}
STAND_IN = {"title": "思源宋体（描粗）", "body": "思源宋体", "note": "思源宋体", "label": "思源黑体"}
#: Where packages put a 楷体 that anybody may use: fonts-lxgw-wenkai of Debian, lxgw-wenkai-fonts of Fedora.
MACHINE = (Path("/usr/share/fonts/truetype/lxgw-wenkai"), Path("/usr/share/fonts/lxgw-wenkai-fonts"))
#: The sign of a character that a printer hasn't got; whoever reads it knows that one is to be written there.
MISSING = "〓"
#: What the compiler's own typefaces bring: letters with marks, Greek, Cyrillic, signs and mathematics; and what shapes
#: the character before it and has no shape of its own.
BROUGHT = (
    *(range(0xA0, 0x530), range(0x1E00, 0x2C00), range(0x1D400, 0x1D800)),
    *(range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)),
)
FALLBACK = ("Noto Serif JP", "Noto Serif TC", "Noto Sans SC", "DejaVu Sans Mono", "New Computer Modern Math")


@dataclass
class _Press:
    """The process's compiler, built at the first print; `lock`, because a compiler prints one sheet at a time."""

    lock: threading.Lock
    chosen: Path | None = None
    machine: tuple[Path, ...] = MACHINE
    compiler: typst.Compiler | None = None

    @property
    def own_dir(self) -> Path | None:
        """The unit's folder; the one of the installation unless another was chosen, None if there is none."""
        named = self.chosen or Path(os.environ.get("GONGJIANG_FONTS") or "fonts-of-nobody")
        return named if named.is_dir() else None

    @property
    def folders(self) -> list[Path]:
        """Where typefaces lie that did not come with the platform."""
        return [*([self.own_dir] if self.own_dir else []), *(one for one in self.machine if one.is_dir())]


_press = _Press(threading.Lock())


def use_fonts(directory: Path | None, machine: tuple[Path, ...] = MACHINE) -> None:
    """Take the unit's own fonts (*.ttf, *.otf, *.ttc) in `directory` as a further fallback; None forgets them.
    `machine`: folders in which the machine may have some."""
    with _press.lock:
        _press.chosen, _press.machine, _press.compiler = directory, machine, None
    _lacking.cache_clear()
    own_families.cache_clear()


def compile_pdf(files: dict[str, bytes]) -> bytes:
    """Compile `main.typ` of `files`; the same files give the same bytes."""
    return _compiled(files, "pdf")


def compile_png(files: dict[str, bytes], ppi: float = 200) -> bytes:
    """The same as a picture, of a `main.typ` that makes one page."""
    return _compiled(files, "png", ppi)


def _compiled(files: dict[str, bytes], form: Literal["pdf", "png"], ppi: float | None = None) -> bytes:
    with _press.lock:
        if _press.compiler is None:
            folders = {str(path.parent) for path in BUILT_IN} | {str(one) for one in _press.folders}
            _press.compiler = typst.Compiler(
                input=cast(Any, {"main.typ": b""}), font_paths=sorted(folders), ignore_system_fonts=True
            )
        made = _press.compiler.compile(input=cast(Any, files), format=form, ppi=ppi, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made


def parts() -> dict[str, list[str]]:
    """Families of the unit or the machine by the part they take in a form: title, body, note, label."""
    found: dict[str, list[str]] = {part: [] for part in PARTS}
    for family in own_families():
        plain = family.lower().replace(" ", "").replace("-", "")
        for part, words in PARTS.items():
            if any(word in plain for word in words):
                found[part].append(family)
    return found


def faces() -> list[tuple[str, str, bool]]:
    """For each part what officials call its typeface, what a PDF is set in, and whether that only stands in for it."""
    found = parts()
    return [
        (name, found[part][0] if found[part] else STAND_IN[part], not found[part]) for part, name in OFFICIAL.items()
    ]


@cache
def own_families() -> tuple[str, ...]:
    """Families that did not come with the platform: the unit's in order of name, then the machine's."""
    found: dict[str, None] = {}
    for folder in _press.folders:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
        found |= dict.fromkeys(sorted(fonts.families()))
    return tuple(found)


def without_glyph(text: str) -> tuple[str, ...]:
    """The characters of `text` that no typeface has, each once, in order; a print shows `MISSING` for them.

    For a name they mean: ask the unit to add a font that has them.
    """
    return tuple(dict.fromkeys(_lacking().findall(text)))


def marked(text: str) -> str:
    """`text` as it can be printed: `MISSING` for what no typeface has, never an empty box."""
    return text if text.isascii() else _lacking().sub(MISSING, text)


@cache
def _lacking() -> re.Pattern[str]:
    """A character that no typeface has. (A set of the seventy thousand they have takes 8 MB of each process.)"""
    had = bytearray(sys.maxunicode + 1)
    own = [path for folder in _press.folders for path in sorted(folder.glob("*.[ot]t[fc]"))]
    for code in chain(range(0x7F), *BROUGHT, *(_points_of(Path(path)) for path in (*BUILT_IN, *own))):
        had[code] = 1
    ranges = (f"\\U{one.start():08x}-\\U{one.end() - 1:08x}" for one in re.finditer(b"\1+", had))
    return re.compile(f"[^{''.join(ranges)}]")


def _points_of(path: Path) -> Iterator[int]:
    """Only the table is read: a folder may hold a hundred megabytes of typefaces."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as font:
        yield from code_points(font)


def code_points(font: bytes | mmap.mmap) -> Iterator[int]:
    """The characters that the (first) font in a file has, read from its `cmap` table, formats 4 and 12."""
    start = struct.unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    for index in range(struct.unpack_from(">H", font, start + 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, start + 12 + 16 * index)
        if tag == b"cmap":
            for record in range(struct.unpack_from(">H", font, offset + 2)[0]):
                table = offset + struct.unpack_from(">HHI", font, offset + 4 + 8 * record)[2]
                yield from _cmap(font, table)


def _cmap(font: bytes | mmap.mmap, table: int) -> Iterator[int]:
    kind = struct.unpack_from(">H", font, table)[0]
    if kind == 12:
        for group in range(struct.unpack_from(">I", font, table + 12)[0]):
            first, last, _ = struct.unpack_from(">III", font, table + 16 + 12 * group)
            yield from range(first, last + 1)
    elif kind == 4:
        count = struct.unpack_from(">H", font, table + 6)[0] // 2
        ends = struct.unpack_from(f">{count}H", font, table + 14)
        starts = struct.unpack_from(f">{count}H", font, table + 16 + 2 * count)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, last + 1 if last < 0xFFFF else last)
