"""A portrait made fit for print: turned upright, sized for 300 dots an inch, without position or camera data."""

import io
from functools import lru_cache

from PIL import Image, ImageOps, UnidentifiedImageError

from gongjiang.kernel.errors import BadInput

LARGEST = (480, 640)
MOST_PIXELS = 60_000_000
#: The last two bytes of a JPEG.
END = b"\xff\xd9"
#: What a bare JPEG may say of itself; anything else (camera, position, comments) is written anew without it.
BARE = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression"}


@lru_cache(maxsize=32)
def portrait(image: bytes) -> bytes:
    """JPEG of at most 480 × 640 pixels; one that is already bare and small enough stays as it is, byte for byte.

    Raises BadInput for what is no picture, or too large to open safely.
    """
    try:
        with Image.open(io.BytesIO(image), formats=("JPEG", "PNG", "WEBP", "BMP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadInput(
                    "照片尺寸过大，请换一张不超过6000万像素的照片。", "The picture is too large.", place="照片"
                )
            fit = opened.width <= LARGEST[0] and opened.height <= LARGEST[1]
            whole = image.endswith(END)  # one cut short is decoded, and told; what hangs behind is left out
            if fit and whole and opened.format == "JPEG" and opened.mode == "RGB" and BARE.issuperset(opened.info):
                return image
            opened.draft("RGB", LARGEST)
            flat = _flat(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise BadInput("照片无法打开，请换一张JPG或PNG照片。", "The picture can't be read.", place="照片") from wrong
    flat.thumbnail(LARGEST)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=90)
    return out.getvalue()


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency, on white."""
    if picture.mode in ("RGB", "L"):
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height of what `portrait` returned, in pixels."""
    with Image.open(io.BytesIO(jpeg)) as opened:
        return opened.size
