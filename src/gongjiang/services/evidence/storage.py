"""Where bytes lie. Everything this room keeps is written and read here and nowhere else, under names that only this
room makes: files handed in, pictures of their pages, parts on their way in."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

from django.conf import settings
from django.core.files.base import File as Stored
from django.core.files.storage import Storage, default_storage

from gongjiang.services.evidence.sealed_storage import SealedStorage

FILES: Final = ""
"""Files of nominations: they belong to every backup."""
PREVIEWS: Final = "previews"
"""Pictures that can be made anew any time."""
STAGING: Final = "staging"
"""Parts of files that are not complete yet."""


def keep(name: str, content: BinaryIO, area: str = FILES) -> str:
    """Write bytes from their beginning; the name they got. OSError where they could not be written whole: nothing is
    left of them then."""
    content.seek(0)
    where = _area(area)
    try:
        return where.save(name, Stored(content))
    except OSError:
        where.delete(name)
        raise


def opened(name: str, area: str = FILES) -> BinaryIO:
    """The bytes, to be closed by whoever asked. FileNotFoundError where there are none."""
    return cast(BinaryIO, _area(area).open(name))


def exists(name: str, area: str = FILES) -> bool:
    """Are there bytes under this name?"""
    return _area(area).exists(name)


def drop(name: str, area: str = FILES) -> None:
    """Delete bytes; nothing happens where there are none."""
    _area(area).delete(name)


def drop_folder(name: str, area: str) -> None:
    """Delete a folder with all that lies in it."""
    where = _area(area)
    if where.exists(name):
        folders, files = where.listdir(name)
        for one in files:
            where.delete(f"{name}/{one}")
        for one in folders:
            drop_folder(f"{name}/{one}", area)
        with suppress(OSError):  # whoever still writes there drops what it wrote, finding its upload gone
            where.delete(name)


def names(area: str = FILES) -> Iterator[str]:
    """All names under which bytes lie, folder by folder."""
    yield from _names(_area(area), "")


def _names(where: Storage, folder: str) -> Iterator[str]:
    if not where.exists(folder or "."):
        return
    folders, files = where.listdir(folder)
    for one in sorted(files):
        yield f"{folder}/{one}" if folder else one
    for one in sorted(folders):
        yield from _names(where, f"{folder}/{one}" if folder else one)


def room_left() -> int:
    """Bytes that the disk of the data folder still takes."""
    return shutil.disk_usage(Path(settings.MEDIA_ROOT).parent).free


def _area(area: str) -> Storage:
    if area == FILES:
        return default_storage
    return SealedStorage(location=Path(settings.MEDIA_ROOT).parent / area)
