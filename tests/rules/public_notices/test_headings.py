"""Headings of a list by strokes."""

import pytest

from gongjiang.catalogue.strokes import stroke_count
from gongjiang.rules.public_notices.headings import stroke_heading


@pytest.mark.parametrize(
    ("count", "heading"),
    [(1, "一画"), (10, "十画"), (11, "十一画"), (20, "二十画"), (36, "三十六画"), (None, "其他"), (0, "其他")],
)
def test_heading(count: int | None, heading: str) -> None:
    assert stroke_heading(count) == heading


@pytest.mark.parametrize(
    ("chars", "count"),
    [
        ("丁卜", 2), ("于马", 3), ("王韦毛邓", 4), ("石卢叶", 5), ("向江许邬", 6), ("何岑沈陈陆苏", 7), ("苗罗卓郑", 8),
        ("胡郝", 9), ("秦莫陶", 10), ("黄萧", 11), ("温董蒋", 12), ("鲍蓝", 13), ("蔡谭", 14), ("潘黎", 15), ("薛", 16),
        ("魏", 17), ("瞿", 18),
    ],
)  # fmt: skip
def test_strokes_of_surnames(chars: str, count: int) -> None:
    assert [stroke_count(one) for one in chars] == [count] * len(chars)


def test_letters_and_the_rarest_have_no_count() -> None:
    assert stroke_count("A") is None
    assert stroke_count("\U0002b7fc") is None
