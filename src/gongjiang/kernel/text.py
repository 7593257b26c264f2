"""Text that people type: cleaned without loss, and counted by one rule (ledger X-08).

字数 is counted as Word's 字数 counts, not by code points:

- each Chinese character, kana, hangul, full-width letter, digit or punctuation mark is 1, rare Han outside the
  BMP too; so are “ ” ‘ ’ — … ·, emoji, arrows, circled numbers and geometric signs;
- each run of other characters without a space (Latin words, numbers, half-width signs) is 1: `3.5%`, `CO2`,
  `M6x30` and `zhang@example.com` are 1 each;
- spaces and line breaks are 0, and so is whatever has no width of its own (variation selectors, joiners,
  combining accents, skin tones, control characters).

`2016年以来带徒14人` is 8, `返修率由4.1%降到0.9%。` is 9, `hello, world` is 2.

The very same tables stand in static/js/text-count.js; tests/kernel/text_vectors.json holds both to the rule.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from gongjiang.kernel.decision import Decision, Reason

Ranges = tuple[tuple[int, int], ...]

WIDE: Final[Ranges] = (
    (0x00B7, 0x00B7), (0x1100, 0x11FF), (0x2014, 0x2015), (0x2018, 0x2019), (0x201C, 0x201D), (0x2026, 0x2026),
    (0x2103, 0x2103), (0x2160, 0x217F), (0x2190, 0x2BFF), (0x2E80, 0x2FFF), (0x3001, 0xA4CF), (0xA960, 0xA97F),
    (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE10, 0xFE1F), (0xFE30, 0xFE6F), (0xFF01, 0xFFEF), (0x1B000, 0x1B2FF),
    (0x1F000, 0x1F3FA), (0x1F400, 0x1FAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Code points that count 1 each."""

SPACES: Final[Ranges] = (
    (0x0009, 0x000D), (0x0020, 0x0020), (0x0085, 0x0085), (0x00A0, 0x00A0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip
"""Code points that count 0 and end a run."""

SILENT: Final[Ranges] = (
    (0x0000, 0x0008), (0x000E, 0x001F), (0x007F, 0x0084), (0x0086, 0x009F), (0x00AD, 0x00AD), (0x0300, 0x036F),
    (0x061C, 0x061C), (0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x20D0, 0x20FF),
    (0xD800, 0xDFFF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0x1F3FB, 0x1F3FF), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Code points that count 0 and neither end nor begin a run."""

STRIPPED: Final[Ranges] = (
    (0x0000, 0x0008), (0x000B, 0x000C), (0x000E, 0x001F), (0x007F, 0x009F), (0x00AD, 0x00AD), (0x061C, 0x061C),
    (0x180E, 0x180E), (0x200B, 0x200C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xD800, 0xDFFF),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
)  # fmt: skip
"""What `clean` takes out: controls, text-direction overrides, zero-width and lone half characters.

The zero-width joiner stays (emoji are made with it), and so do variation selectors (rare name glyphs).
"""


def _class(*ranges: Ranges) -> str:
    """Code points as the inside of a character class."""
    return "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for one in ranges for low, high in one)


_STRIP: Final = re.compile(f"[{_class(STRIPPED)}]+")
_SILENCE: Final = re.compile(f"[{_class(SILENT)}]+")
_PIECE: Final = re.compile(f"[{_class(WIDE)}]|[^{_class(WIDE, SPACES)}]+")
"""What counts 1: a wide character, or a run of others."""


def clean(text: str) -> str:
    """Typed text as it is kept: line ends as \\n, NFC (never NFKC), invisible tricks taken out.

    Full-width characters, emoji and rare Han stay as typed. Cleaning twice is cleaning once.
    """
    if text.isprintable():  # then there is nothing to take out: no control, override or half character is printable
        return unicodedata.normalize("NFC", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _STRIP.sub("", lines))


def surely_clean(texts: Iterable[str]) -> bool:
    """Would `clean` leave each of these as it is? Looked at all together; False only means: look singly."""
    together = "".join(texts)  # a piece of normalised text is normalised (Unicode Standard Annex 15, section 1.4)
    return together.replace("\n", "").isprintable() and unicodedata.is_normalized("NFC", together)


def same_name(text: str) -> str:
    """A name of an organisation as names are compared: blanks and invisible characters out, half- and full-width
    made one, capitals. `Ａcme 集团(有限)公司` and `ACME集团（有限）公司` are one name."""
    plain = unicodedata.normalize("NFKC", _SILENCE.sub("", clean(text)))
    return re.sub(r"\s", "", plain).upper().replace("(", "（").replace(")", "）")


def quoted(text: str) -> str:
    """In quotation marks; those it has itself become the inner ones: “‘工匠五力’支撑材料”."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def count_text(text: str) -> int:
    """字数 by the rule of this module."""
    return len(_PIECE.findall(_SILENCE.sub("", unicodedata.normalize("NFC", text))))


def check_length(text: str, limit: int, *, label: str, clause: str = "") -> Decision:
    """Is the text within `limit` 字 (the limit included)? The refusal says by how much it is over."""
    if len(text) <= limit and unicodedata.is_normalized("NFC", text):  # each 字 is a character at least
        return Decision.yes()
    count = count_text(text)
    if count <= limit:
        return Decision.yes()
    return Decision.no(Reason(f"{label}不超过{limit}字，现{count}字，超{count - limit}字。", clause=clause))
