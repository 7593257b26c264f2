"""A reader's page from the folder of pages made ahead, without a question to the database."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongjiang.services.programmes.clock import offset
from gongjiang.services.public_notices import shelf


@dataclass(frozen=True)
class Standing:
    """The bytes of a page or Word file, by what they are known again, and the notice's title. `gone`: it was taken
    down, and this is the page that says so."""

    content: bytes
    tag: str
    title: str
    gone: bool = False


def standing(slug: str, real_at: datetime, *, large: bool = False, word: bool = False) -> Standing | None:
    """What lies ready for a reader at this moment of the real clock; None where nothing does.

    Only a sample installation, whose clock is moved, is asked how far.
    """
    if not settings.PUBLIC_ROOT:
        return None
    shift = offset() if shelf.moved() else None
    day = timezone.localtime(real_at + shift if shift is not None else real_at).date()
    try:
        if shelf.is_gone(slug):
            return _read(shelf.root() / "gone.html", slug, gone=True)
        name = shelf.WORD if word else shelf.LARGE if large else shelf.USUAL
        found = shelf.find(slug, day, name)
        return _read(found, slug) if found is not None else None
    except OSError:
        return None  # taken away between two looks


def _read(path: Path, slug: str, *, gone: bool = False) -> Standing:
    with path.open("rb") as file:
        content = file.read()
    told = path.stat()
    title = str(shelf.state(shelf.shelf(slug, moved=shelf.moved())).get("title", "公示"))
    return Standing(content, f'"{told.st_mtime_ns:x}-{told.st_size:x}"', title, gone)
