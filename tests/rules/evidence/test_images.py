"""Pictures made anew, and the proportions of a portrait."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.rules.evidence import samples

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.evidence.images import check_photo, clean_image, crop_box, crop_photo, read_box, white_behind


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


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "0,0,0,10", "5,0,5,9", "0,0,101,10", "0,0,10,201", "a,b,c,d", "-1,0,9,9"]
)
def test_a_frame_that_is_none(text: str) -> None:
    with pytest.raises(BadInput, match="裁剪的范围不对"):
        read_box(text, 100, 200)


def test_a_photo_is_cut_to_its_frame() -> None:
    image = Image.new("RGB", (600, 800), "white")
    image.paste((200, 30, 30), (100, 50, 450, 540))
    out = BytesIO()
    image.save(out, "PNG")
    assert read_box("100,50,450,540", 600, 800) == (100, 50, 450, 540)
    cut = Image.open(BytesIO(crop_photo(out.getvalue(), (100, 50, 450, 540))))
    assert cut.size == (350, 490)
    assert cut.getcolors() == [(350 * 490, (200, 30, 30))]


@pytest.mark.parametrize(
    ("ground", "white"),
    [
        ("white", True),
        ((228, 226, 222), True),
        ((67, 142, 219), False),
        ((190, 20, 30), False),
        ((150, 150, 150), False),
    ],
)
def test_the_ground_of_a_portrait(ground: str | tuple[int, int, int], white: bool) -> None:
    image = Image.new("RGB", (413, 579), ground)
    image.paste((60, 50, 45), (130, 120, 280, 579))
    out = BytesIO()
    image.save(out, "JPEG")
    assert white_behind(out.getvalue()) is white
