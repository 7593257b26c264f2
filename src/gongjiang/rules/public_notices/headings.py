"""Headings of a list ordered by strokes: 二画, 十一画."""

from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"


def stroke_heading(count: int | None) -> str:
    """`十一画` for 11; 其他 where the number of strokes isn't known (letters, the rarest characters).

    >>> stroke_heading(7), stroke_heading(10), stroke_heading(21)
    ('七画', '十画', '二十一画')
    """
    if count is None or not 0 < count < 100:
        return "其他"
    tens, ones = divmod(count, 10)
    word = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
    return f"{word}画"
