"""Pictures: size read from the header before anything is decoded, position data taken out, photo proportions."""

import struct
from fractions import Fraction
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image, ImageOps, ImageStat

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.evidence.kinds import Kind

MAX_PIXELS: Final = 50_000_000
"""A camera of today makes 12 to 48 million; decoding more costs memory and shows nothing more."""

TWO_INCH: Final = Fraction(35, 49)
"""2寸 in mm; shops also cut 35 x 45 and 35 x 53."""

_NARROWEST: Final = Fraction(35, 53) * Fraction(98, 100)
_WIDEST: Final = Fraction(35, 45) * Fraction(102, 100)
_LEAST_WIDTH: Final = 295
_WHITE: Final = 205
_TINT: Final = 24
"""Of 255: the paper of a scan is grey, lamps are warm; blue and red grounds are far from both."""
_ORIENTATION: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BROKEN: Final = (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError)


Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


def check_image(content: BinaryIO, kind: Kind, max_pixels: int = MAX_PIXELS) -> tuple[int, int]:
    """Width and height in pixels, upright. Raises BadInput for a pixel bomb and for what can't be decoded whole."""
    try:
        width, height = _png_size(content) if kind is Kind.PNG else _jpeg_size(content)
    except _BROKEN:
        raise _damaged() from None
    if width * height > max_pixels:
        raise BadInput(
            f"图片太大：{width}×{height}像素，最多{max_pixels // 1_000_000}百万像素。请缩小后再上传。",
            f"The picture has more than {max_pixels} pixels; make it smaller.",
        )
    try:
        content.seek(0)
        with Image.open(content, formats=[kind.name]) as image:
            image.load()
            sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
    except _BROKEN:
        raise _damaged() from None
    return (height, width) if sideways else (width, height)


def clean_image(content: bytes) -> bytes:
    """The same picture, upright, encoded anew: no position, no camera data, nothing appended.

    Give it only what `check_image` has passed. JPEG stays JPEG, PNG stays PNG.
    """
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as image:
            png = image.format == "PNG"
            upright = ImageOps.exif_transpose(image)
            plain = upright.convert(_mode(upright, png=png))
    except _BROKEN:
        raise _damaged() from None
    plain.info = {}
    out = BytesIO()
    if png:
        plain.save(out, "PNG", optimize=False)
    else:
        plain.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def check_photo(width: int, height: int) -> Decision:
    """Has a portrait the proportion of 2寸 (35 x 45 to 35 x 53 mm), and pixels enough to print?"""
    if width < _LEAST_WIDTH:
        return Decision.no(Reason(f"照片太小：宽{width}像素，打印会模糊，至少{_LEAST_WIDTH}像素。", subject="photo"))
    if not _NARROWEST <= Fraction(width, height) <= _WIDEST:
        left, top, right, bottom = crop_box(width, height)
        return Decision.no(
            Reason(
                f"照片不是2寸比例（宽35×高49）：现为{width}×{height}像素，可裁成{right - left}×{bottom - top}像素。",
                subject="photo",
            )
        )
    return Decision.yes()


def crop_box(width: int, height: int) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of the largest 2寸 part: from the middle, of a tall picture from its upper third."""
    if Fraction(width, height) > TWO_INCH:
        inner = int(height * TWO_INCH)
        left = (width - inner) // 2
        return left, 0, left + inner, height
    inner = int(width / TWO_INCH)
    top = (height - inner) // 3
    return 0, top, width, top + inner


def read_box(text: str, width: int, height: int) -> Box:
    """What somebody framed on screen, "left,top,right,bottom" in pixels of the upright picture. BadInput for a frame
    that is none or lies outside."""
    found = [int(one) for one in text.split(",") if one.isascii() and one.isdecimal() and len(one) < 9]
    if len(found) == 4:
        left, top, right, bottom = found
        if left < right <= width and top < bottom <= height:
            return left, top, right, bottom
    raise BadInput("裁剪的范围不对，请在照片上重新框选。", "The frame lies outside the picture.", place="照片")


def white_behind(content: bytes) -> bool:
    """Is the ground beside the head of a portrait white, or nearly so?"""
    with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as image:
        plain = image.convert("RGB")
    width, height = max(plain.width // 8, 1), max(plain.height // 8, 1)
    corners = [(0, 0, width, height), (plain.width - width, 0, plain.width, height)]
    means = [ImageStat.Stat(plain.crop(one)).mean for one in corners]
    return all(min(one) >= _WHITE and max(one) - min(one) <= _TINT for one in means)


def crop_photo(content: bytes, box: Box | None = None) -> bytes:
    """A part of a picture that `clean_image` made: the frame, else the largest 2寸 part of it; without a frame, what
    has the proportion already stays as it is."""
    with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as image:
        if box is None and _NARROWEST <= Fraction(*image.size) <= _WIDEST:
            return content
        cut = image.crop(box or crop_box(*image.size))
        out = BytesIO()
        if image.format == "PNG":
            cut.save(out, "PNG", optimize=False)
        else:
            cut.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def _mode(image: Image.Image, *, png: bool) -> str:
    if image.mode in ("L", "RGB") or (png and image.mode == "RGBA"):
        return image.mode
    transparent = image.mode in ("LA", "PA") or "transparency" in image.info
    return "RGBA" if png and transparent else "RGB"


def _png_size(content: BinaryIO) -> tuple[int, int]:
    content.seek(8)
    _length, chunk, width, height = struct.unpack(">I4sII", content.read(16))
    if chunk != b"IHDR" or not (width and height):
        raise ValueError("no IHDR")
    return width, height


def _jpeg_size(content: BinaryIO) -> tuple[int, int]:
    """Walks the segments up to the first frame header (ITU-T T.81, B.2.2)."""
    content.seek(2)
    while True:
        lead, marker = struct.unpack(">BB", content.read(2))
        while marker == 0xFF:
            (marker,) = struct.unpack(">B", content.read(1))
        if lead != 0xFF or marker in (0xD9, 0xDA):
            raise ValueError("no frame header")
        (length,) = struct.unpack(">H", content.read(2))
        if length < 2:
            raise ValueError("bad segment")
        if marker in _FRAME_MARKERS:
            _precision, height, width = struct.unpack(">BHH", content.read(5))
            if not (width and height):
                raise ValueError("no size")
            return width, height
        content.seek(length - 2, 1)


def _damaged() -> BadInput:
    return BadInput("图片不完整或已损坏，打不开。请重新导出后上传。", "The picture is damaged or cut short.")
