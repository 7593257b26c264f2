"""The bytes of a file, and pictures of its pages, for those who may see its case."""

from typing import BinaryIO

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import File
from gongjiang.services.evidence import previews, storage
from gongjiang.services.evidence.queries import get_file


def open_file(actor: Actor, file_id: int) -> tuple[File, BinaryIO]:
    """The row and its bytes, opened; close them. NotFound if the actor may not see it or the bytes are lost."""
    row = get_file(actor, file_id)
    try:
        return row, storage.opened(row.stored)
    except FileNotFoundError:
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.", place=row.title) from None


def open_page(actor: Actor, file_id: int, page: int) -> tuple[File, BinaryIO | None]:
    """The row and the picture (JPEG) of page `page`, from 1; page 0 is the small one for lists. None while it is not
    made yet, or can't be. NotFound for other kinds of files and pages that aren't there."""
    row = get_file(actor, file_id)
    pages = (row.pages or 0) if row.kind == "pdf" else 1
    if row.kind not in previews.PICTURED or page > pages:
        raise NotFound()
    return row, previews.opened(row, str(page) if page else previews.SMALL)
