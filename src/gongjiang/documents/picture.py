"""A portrait made fit for print: turned upright, sized for 300 dots an inch, without position or camera data."""

import io
from functools import lru_cache

from PIL import Image, ImageOps, UnidentifiedImageError

from gongjiang.kernel.errors import BadInput

LARGEST = (480, 640)
MOST_PIXELS = 60_000_000


@lru_cache(maxsize=32)
def portrait(image: bytes) -> bytes:
    """JPEG of at most 480 × 640 pixels. Raises BadInput for what is no picture, or too large to open safely."""
    try:
        with Image.open(io.BytesIO(image), formats=("JPEG", "PNG", "WEBP", "BMP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadInput(
                    "照片尺寸过大，请换一张不超过6000万像素的照片。", "The picture is too large.", place="照片"
                )
            opened.draft("RGB", LARGEST)
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise BadInput("照片无法打开，请换一张JPG或PNG照片。", "The picture can't be read.", place="照片") from wrong
    white = Image.new("RGBA", upright.size, "white")
    flat = Image.alpha_composite(white, upright).convert("RGB")
    flat.thumbnail(LARGEST)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=90)
    return out.getvalue()
