"""Copies are known again, other pages are not: sizes, brightness, compression; texts with pieces changed."""

from io import BytesIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from gongjiang.rules.evidence.likeness import (
    ALIKE_TEXTS,
    FAR,
    LEAST_WORDS,
    distance,
    page_bands,
    page_mark,
    pages_alike,
    plain_words,
    text_bands,
    texts_alike,
)


def page(seed: int, *, head: int = 0) -> Image.Image:
    """A page of writing: lines of dark strokes; pages of the same `head` share frame, heading and seal."""
    image = Image.new("RGB", (1000, 1400), (250, 248, 240))
    pen, chance = ImageDraw.Draw(image), Random(seed)
    if head:
        pen.rectangle((40, 40, 960, 1360), outline=(150, 20, 20), width=10)
        pen.rectangle((200, 100, 800, 190), fill=(160, 20, 20))
        pen.ellipse((650, 1050, 880, 1280), outline=(200, 20, 20), width=12)
    for line in range(12 if head else 30):
        top = 280 + line * 60 if head else 90 + line * 42
        left = 120
        for _ in range(chance.randrange(6, 26)):
            width = chance.randrange(8, 26)
            pen.rectangle((left, top, left + width, top + chance.randrange(14, 28)), fill=(20, 20, 20))
            left += width + chance.randrange(4, 10)
    return image


def copy(image: Image.Image, scale: float, quality: int, bright: float) -> Image.Image:
    """As somebody hands it in again: photographed smaller, saved anew, a little darker."""
    small = ImageEnhance.Brightness(image.resize((int(image.width * scale), int(image.height * scale)))).enhance(bright)
    out = BytesIO()
    small.save(out, "JPEG", quality=quality)
    return Image.open(out)


@hypothesis_settings(max_examples=12)
@given(st.integers(0, 50), st.floats(0.5, 1.2), st.integers(35, 95), st.floats(0.85, 1.1))
def test_a_copy_is_known_again(seed: int, scale: float, quality: int, bright: float) -> None:
    first = page(seed)
    second = copy(first, scale, quality, bright)
    one, other = page_mark(first), page_mark(second)
    assert distance(one, other) <= FAR
    assert set(page_bands(one)) & set(page_bands(other))
    assert pages_alike(first, second) >= 95
    assert pages_alike(first, second) == pages_alike(second, first)


@hypothesis_settings(max_examples=12)
@given(st.integers(0, 50), st.integers(51, 99))
def test_another_page_is_another_page(seed: int, other: int) -> None:
    assert pages_alike(page(seed), page(other)) == 0


def test_a_certificate_of_the_same_pattern_is_another_one() -> None:
    """The marks are near, so that it is looked at; looked at closely it says something else."""
    first, second = page(1, head=1), page(2, head=1)
    assert pages_alike(first, second) == 0
    assert pages_alike(first, copy(first, 0.6, 60, 0.95)) >= 95


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("head", [0, 1])
def test_margins_cut_or_added_and_a_scan_askew_are_known_again(seed: int, head: int) -> None:
    first = page(seed, head=head)
    width, height = first.size
    cut = first.crop((width // 50, height // 50, width - width // 50, height - height // 50))
    wide = Image.new("RGB", (width + 80, height + 112), "white")
    wide.paste(first, (40, 56))
    askew = copy(cut.rotate(0.7, fillcolor=(250, 248, 240)), 0.9, 50, 0.95)
    for second in (cut, wide, askew):
        assert distance(page_mark(first), page_mark(second)) <= FAR
        assert set(page_bands(page_mark(first))) & set(page_bands(page_mark(second)))
        assert pages_alike(first, second) >= 87
    assert pages_alike(page(seed + 5, head=head), askew) == 0


def test_an_empty_page_has_no_mark() -> None:
    assert page_mark(Image.new("RGB", (800, 1100), "white")) == ""
    assert page_bands("") == ()


def text(seed: int, length: int = 1500) -> str:
    chance = Random(seed)
    return "".join(chr(chance.randrange(0x4E00, 0x5E00)) for _ in range(length))


def test_a_text_with_a_piece_changed_is_known_again() -> None:
    first = text(1)
    second = first[:700] + "改过的一段话" * 12 + first[772:]
    assert len(set(text_bands(first)) & set(text_bands(second))) >= 5
    assert texts_alike(first, second) >= 90


def test_another_text_shares_nothing() -> None:
    assert not set(text_bands(text(1))) & set(text_bands(text(2)))
    assert texts_alike(text(1), text(2)) < ALIKE_TEXTS


def test_pages_in_another_order_are_the_same_text() -> None:
    pages = [text(n, 400) for n in range(6)]
    first, second = "".join(pages), "".join(reversed(pages))
    assert len(set(text_bands(first)) & set(text_bands(second))) >= 5
    assert texts_alike(first, second) >= 90
    assert texts_alike(first, "".join(pages[:2])) < ALIKE_TEXTS


def test_a_short_text_says_too_little() -> None:
    assert text_bands(text(1, LEAST_WORDS - 1)) == ()
    assert len(text_bands(text(1, LEAST_WORDS))) == 20


@pytest.mark.parametrize(
    ("given", "kept"), [(["工 匠，\n培育", "（2026）_"], "工匠培育2026"), ([], ""), (["\u200b"], "")]
)
def test_plain_words(given: list[str], kept: str) -> None:
    assert plain_words(given) == kept


@given(st.text(max_size=400))
def test_any_text_has_bands_that_a_database_keeps(anything: str) -> None:
    assert all(0 <= one < 2**63 for one in text_bands(plain_words([anything])))
