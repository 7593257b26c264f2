"""What no printed form can hold is taken out, and nothing else."""

from itertools import chain

import pytest

from gongjiang.documents.ink import printable

HIDDEN = {
    *range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x206A),
    *range(0xD800, 0xE000), *range(0xE0000, 0xE0080), 0xFE0E, 0xFE0F, 0xFEFF, 0xFFFE, 0xFFFF,
}  # fmt: skip


def test_every_character_is_kept_or_hidden() -> None:
    said = HIDDEN - set(map(ord, "\t\r\n"))
    for code in chain(range(0x1_0000), range(0x2_0000, 0x2_0100), range(0xE_0000, 0xE_0100)):
        if code not in (9, 10, 13):
            assert printable(f"甲{chr(code)}") == ("甲" if code in said else f"甲{chr(code)}"), hex(code)


@pytest.mark.parametrize(("typed", "printed"), [("a\r\nb\rc", "a\nb\nc"), ("a\tb", "a　b"), ("☑️", "☑")])
def test_line_breaks_and_tabs(typed: str, printed: str) -> None:
    assert printable(typed) == printed
