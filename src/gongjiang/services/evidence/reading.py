"""The text of a file, looked through in the background for what may be secret; only what was found is kept."""

from collections.abc import Iterator
from typing import BinaryIO, Final

import pypdfium2

from gongjiang.kernel.errors import BadInput
from gongjiang.models import File, FileHint
from gongjiang.rules.evidence.office_text import office_text
from gongjiang.rules.evidence.secrecy import MOST, scan

PAGE: Final = 50_000
"""Characters of one page: no page that a person reads has more."""


def hints_in(kind: str, content: BinaryIO) -> list[FileHint]:
    """Hints page by page, not saved. Pictures and films have no text. Raises PdfiumError for broken bytes."""
    found = [
        FileHint(page=page, kind=one.kind.value, words=one.words[:80], around=one.around[:120])
        for page, text in texts(kind, content)
        for one in scan(text)
    ]
    return found[: MOST * 2]


def keep(row: File, hints: list[FileHint]) -> None:
    """In place of what an earlier reading found."""
    for one in hints:
        one.file = row
    FileHint.objects.filter(file=row).delete()
    FileHint.objects.bulk_create(hints)


def texts(kind: str, content: BinaryIO) -> Iterator[tuple[int, str]]:
    """Page by page (0: without pages) what is written in a file, none for pictures and films. PdfiumError for broken
    bytes."""
    content.seek(0)
    if kind == "pdf":
        document = pypdfium2.PdfDocument(content)
        try:
            for number in range(len(document)):
                page = document[number]
                words = page.get_textpage()
                yield number + 1, words.get_text_range(0, min(words.count_chars(), PAGE)).replace("\r\n", "\n")
        finally:
            document.close()
    elif kind in {"docx", "xlsx"}:
        try:
            yield 0, office_text(content)
        except BadInput:
            return
