"""Page codes in a scan: a PDF drawn page by page, or a picture; turned, scaled and noisy as scanners and telephones
make them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from gongjiang.rules.papers.page_code import ReadCode, parse_payload

MOST_PAGES: Final = 12
"""So many pages of a scan are looked at; a form has fewer."""
WIDTHS: Final = (1700, 2600, 1100)
"""Pixels of a page's width, tried in this order: about 200 dots an inch, 300 for small codes, then softened."""

_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(data: bytes, kind: str) -> tuple[ReadCode, ...]:
    """Every page code of ours that a scan shows, once each, in the order of its pages. `kind`: pdf, jpg or png. Bytes
    that can't be drawn show none."""
    found: dict[ReadCode, None] = {}
    try:
        for page in _pages(data, kind):
            for code in _on_page(page):
                found[code] = None
    except (pypdfium2.PdfiumError, OSError, ValueError, SyntaxError):
        return tuple(found)
    return tuple(found)


def _on_page(page: Image.Image) -> list[ReadCode]:
    for width in WIDTHS:
        sharp = page if abs(page.width - width) < 200 else _scaled(page, width)
        for tried in (sharp, ImageOps.autocontrast(sharp.filter(ImageFilter.MedianFilter(3)))):
            read = (parse_payload(one.text) for one in zxingcpp.read_barcodes(tried, formats=_QR))
            codes = [one for one in read if one is not None]
            if codes:
                return codes
    return []


def _scaled(page: Image.Image, width: int) -> Image.Image:
    height = max(1, round(page.height * width / page.width))
    return page.resize((width, min(height, 4 * width)), Image.Resampling.LANCZOS)


def _pages(data: bytes, kind: str) -> Iterator[Image.Image]:
    if kind != "pdf":
        with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as image:
            yield ImageOps.exif_transpose(image).convert("L")
        return
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(min(len(document), MOST_PAGES)):
            sheet = document[number]
            size = max(sheet.get_width(), 1.0), max(sheet.get_height(), 1.0)
            scale = min(WIDTHS[0] / size[0], 6.0, (12_000_000 / (size[0] * size[1])) ** 0.5)
            yield sheet.render(scale=scale).to_pil().convert("L")
            sheet.close()
    finally:
        document.close()
