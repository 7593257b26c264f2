"""Pictures made anew, and the proportions of a portrait."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.rules.evidence import samples

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.evidence.images import check_photo, clean_image, crop_box


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_position_is_gone_and_the_picture_upright(kind: str) -> None:
    before = samples.picture(kind, 60, 40, position=True, orientation=6)
    assert Image.open(BytesIO(before)).getexif().get_ifd(0x8825)
    after = Image.open(BytesIO(clean_image(before + b"trailing secret")))
    assert (after.format, after.size) == (kind, (40, 60))
    assert dict(after.getexif()) == {}
    assert b"secret" not in clean_image(before + b"trailing secret")


def test_texts_inside_a_png_are_gone() -> None:
    out = BytesIO()
    image = Image.new("P", (4, 4))
    image.save(out, "PNG", transparency=0, comment="x")
    again = Image.open(BytesIO(clean_image(out.getvalue())))
    assert again.mode == "RGBA"
    assert again.info == {}


def test_what_is_no_picture() -> None:
    with pytest.raises(BadInput, match="图片不完整或已损坏"):
        clean_image(b"%PDF-1.4")


@pytest.mark.parametrize(
    ("size", "allowed"),
    [
        ((413, 579), True),
        ((413, 626), True),
        ((413, 531), True),
        ((350, 490), True),
        ((600, 600), False),
        ((413, 900), False),
        ((280, 392), False),
    ],
)
def test_two_inches(size: tuple[int, int], allowed: bool) -> None:
    assert check_photo(*size).allowed is allowed


def test_the_refusal_says_how_to_crop() -> None:
    assert check_photo(600, 600).reasons[0].text == (
        "照片不是2寸比例（宽35×高49）：现为600×600像素，可裁成428×600像素。"
    )
    assert check_photo(200, 280).reasons[0].text == "照片太小：宽200像素，打印会模糊，至少295像素。"


@given(st.integers(420, 5000), st.integers(420, 5000))
def test_a_cropped_picture_lies_within_and_has_the_proportion(width: int, height: int) -> None:
    left, top, right, bottom = crop_box(width, height)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left == width or bottom - top == height
    assert right - left < 295 or check_photo(right - left, bottom - top).allowed
