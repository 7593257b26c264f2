"""The bytes of a file, and pictures of a PDF's pages, for those who may see its case."""

from functools import lru_cache
from io import BytesIO
from typing import BinaryIO, cast

import pypdfium2
from django.core.files.storage import default_storage

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import File
from gongjiang.services.evidence.queries import get_file

PAGE_WIDTH = 1400
"""Pixels: an A4 page reads well at this width."""


def open_file(actor: Actor, file_id: int) -> tuple[File, BinaryIO]:
    """The row and its bytes, opened; close them. NotFound if the actor may not see it or the bytes are lost."""
    row = get_file(actor, file_id)
    if not default_storage.exists(row.stored):
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.", place=row.title)
    return row, cast(BinaryIO, default_storage.open(row.stored))


def page_picture(actor: Actor, file_id: int, page: int) -> bytes:
    """Page `page` (from 1) of a PDF as PNG. NotFound for other kinds of files and pages that aren't there."""
    row = get_file(actor, file_id)
    if row.kind != "pdf" or not 1 <= page <= (row.pages or 0):
        raise NotFound()
    return _picture(row.stored, page)


@lru_cache(maxsize=32)
def _picture(stored: str, page: int) -> bytes:
    try:
        with default_storage.open(stored) as content:
            document = pypdfium2.PdfDocument(content.read())
    except (OSError, pypdfium2.PdfiumError):
        raise NotFound("文件的内容已损坏或不在了，请联系平台管理员。", "The bytes are lost or broken.") from None
    try:
        sheet = document[page - 1]
        width = sheet.get_width() or 1
        out = BytesIO()
        sheet.render(scale=min(PAGE_WIDTH / width, 4)).to_pil().convert("RGB").save(out, "PNG")
        return out.getvalue()
    finally:
        document.close()
