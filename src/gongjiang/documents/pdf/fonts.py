"""The typefaces of a print, and which characters none of them has.

Body and title use Noto Serif SC, labels Noto Sans SC. Names hold characters outside them: the Japanese and
Taiwan cuts of the same design are the fallback. A unit may have its own in a folder, `use_fonts` or the one named by
GONGJIANG_FONTS: they are asked for what the others lack, and a 小标宋, 仿宋, 楷体 or 黑体 among them takes its part.
"""

import os
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
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
FALLBACK = ("Noto Serif JP", "Noto Serif TC", "DejaVu Sans Mono", "New Computer Modern Math")


@dataclass
class _Press:
    """The process's compiler, built at the first print; `lock`, because a compiler prints one sheet at a time."""

    lock: threading.Lock
    chosen: Path | None = None
    compiler: typst.Compiler | None = None

    @property
    def own_dir(self) -> Path | None:
        """The unit's folder; the one of the installation unless another was chosen, None if there is none."""
        named = self.chosen or Path(os.environ.get("GONGJIANG_FONTS") or "fonts-of-nobody")
        return named if named.is_dir() else None


_press = _Press(threading.Lock())


def use_fonts(directory: Path | None) -> None:
    """Take the unit's own fonts (*.ttf, *.otf, *.ttc) in `directory` as a further fallback; None forgets them."""
    with _press.lock:
        _press.chosen, _press.compiler = directory, None
    _covered.cache_clear()
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
            folders = {str(path.parent) for path in BUILT_IN} | ({str(_press.own_dir)} if _press.own_dir else set())
            _press.compiler = typst.Compiler(
                input=cast(Any, {"main.typ": b""}), font_paths=sorted(folders), ignore_system_fonts=True
            )
        made = _press.compiler.compile(input=cast(Any, files), format=form, ppi=ppi, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made


def parts() -> dict[str, list[str]]:
    """The unit's own families by the part they take in a form: title, body, note, label."""
    found: dict[str, list[str]] = {part: [] for part in PARTS}
    for family in own_families():
        plain = family.lower().replace(" ", "").replace("-", "")
        for part, words in PARTS.items():
            if any(word in plain for word in words):
                found[part].append(family)
    return found


@cache
def own_families() -> tuple[str, ...]:
    """Families of the unit's own fonts, in order of name."""
    if _press.own_dir is None:
        return ()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_press.own_dir)])
    return tuple(sorted(fonts.families()))


def without_glyph(text: str) -> tuple[str, ...]:
    """The characters of `text` that a print would show as an empty box, each once, in order.

    For a name they mean: ask the unit to add a font that has them.
    """
    found = (char for char in text if char not in "\n\r\t" and ord(char) > 0x7E and ord(char) not in _covered())
    return tuple(dict.fromkeys(found))


@cache
def _covered() -> frozenset[int]:
    own = sorted(_press.own_dir.glob("*.[ot]t[fc]")) if _press.own_dir else []
    return frozenset(code for path in (*BUILT_IN, *own) for code in code_points(path.read_bytes())) | {0x2611}


def code_points(font: bytes) -> Iterator[int]:
    """The characters that the (first) font in a file has, read from its `cmap` table, formats 4 and 12."""
    start = struct.unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    for index in range(struct.unpack_from(">H", font, start + 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, start + 12 + 16 * index)
        if tag == b"cmap":
            for record in range(struct.unpack_from(">H", font, offset + 2)[0]):
                table = offset + struct.unpack_from(">HHI", font, offset + 4 + 8 * record)[2]
                yield from _cmap(font, table)


def _cmap(font: bytes, table: int) -> Iterator[int]:
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
