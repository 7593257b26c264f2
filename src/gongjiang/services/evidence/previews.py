"""Pictures of a file's pages, made ahead: a small one for lists, a large one a page. They can be made anew any time,
so they lie apart from the files and in no backup."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, Final

import pypdfium2
from PIL import Image

from gongjiang.models import File
from gongjiang.services.evidence import storage

PAGE_WIDTH: Final = 1400
"""Pixels: an A4 page reads well at this width."""
THUMB: Final = 240
"""Pixels of the longer side in lists."""
MOST_PIXELS: Final = 8_000_000
"""Of one page: however long a page says it is, its picture stays bounded."""
SMALL: Final = "small"
PICTURED: Final = frozenset({"pdf", "jpg", "png"})


def make(row: File, content: BinaryIO) -> int:
    """Store all pictures of a file; the number of its pages. 0 for kinds of files that have none.

    Raises PdfiumError, OSError or ValueError where the bytes can't be drawn.
    """
    made = 0
    for made, picture in enumerate(page_pictures(row.kind, content), 1):
        if made == 1:
            small = picture.copy()
            small.thumbnail((THUMB, THUMB))
            _keep(row, SMALL, small)
        _keep(row, str(made), picture)
    return made


def opened(row: File, page: str) -> BinaryIO | None:
    """A picture that was made: a page by its number, or `SMALL`; None if there is none."""
    name = _name(row, page)
    return storage.opened(name, storage.PREVIEWS) if storage.exists(name, storage.PREVIEWS) else None


def drop(row: File) -> None:
    """Delete all pictures of a file."""
    storage.drop_folder(_folder(row), storage.PREVIEWS)


def _folder(row: File) -> str:
    return str(PurePosixPath(row.stored).with_suffix(""))


def _name(row: File, page: str) -> str:
    return f"{_folder(row)}/{page}.jpg"


def _keep(row: File, page: str, picture: Image.Image) -> None:
    name, out = _name(row, page), BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    storage.drop(name, storage.PREVIEWS)  # an attempt that was broken off may have left one
    storage.keep(name, out, storage.PREVIEWS)


def page_pictures(kind: str, content: BinaryIO, number: int = 0) -> Iterator[Image.Image]:
    """Pictures of all pages in order, or of page `number` alone."""
    if kind == "pdf":
        yield from _sheets(content, number)
    elif kind in PICTURED:
        with Image.open(content, formats=["JPEG", "PNG"]) as image:
            image.draft("RGB", (PAGE_WIDTH, PAGE_WIDTH * 2))
            plain = _on_white(image)
        plain.thumbnail((PAGE_WIDTH, PAGE_WIDTH * 4))
        yield plain


def _sheets(content: BinaryIO, only: int = 0) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)) if not only else range(only - 1, min(only, len(document))):
            sheet = document[number]
            width, height = max(sheet.get_width(), 1.0), max(sheet.get_height(), 1.0)
            scale = min(PAGE_WIDTH / width, 4.0, (MOST_PIXELS / (width * height)) ** 0.5)
            yield sheet.render(scale=scale).to_pil().convert("RGB")
            sheet.close()
    finally:
        document.close()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white
