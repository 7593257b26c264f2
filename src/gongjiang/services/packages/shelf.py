"""Where the bytes of packages lie: sealed, a file a piece, a folder a package, apart from the files of nominations."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from gongjiang.kernel.sealed_stream import open_chunks, seal_chunks
from gongjiang.services.people.sealing import keyring


def put(package_id: int, number: int, pieces: Iterable[bytes]) -> int:
    """Seal `pieces` as piece `number`, in place of an earlier one; the bytes they had. OSError where the disk is full:
    what was written of the piece is gone then."""
    place, size = _place(package_id, number), 0
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = place.with_suffix(".new")

    def counted() -> Iterator[bytes]:
        nonlocal size
        for one in pieces:
            size += len(one)
            yield one

    try:
        with unfinished.open("wb") as file:
            for chunk in seal_chunks(keyring(), counted(), _context(package_id, number)):
                file.write(chunk)
        os.replace(unfinished, place)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return size


def read(package_id: int, number: int) -> Iterator[bytes]:
    """What piece `number` holds, a chunk at a time. OSError where it is gone, SealBroken where it was altered."""
    with _place(package_id, number).open("rb") as file:
        yield from open_chunks(keyring(), file.read, _context(package_id, number))


def drop(package_id: int, number: int) -> None:
    """One piece less."""
    _place(package_id, number).unlink(missing_ok=True)


def clear(package_id: int) -> None:
    """Nothing of the package is left."""
    shutil.rmtree(_place(package_id, 0).parent, ignore_errors=True)


def held(package_id: int) -> bool:
    """Is anything of it there?"""
    return _place(package_id, 0).parent.exists()


def _place(package_id: int, number: int) -> Path:
    return Path(settings.MEDIA_ROOT).parent / "packages" / str(package_id) / f"{number:06d}.sealed"


def _context(package_id: int, number: int) -> str:
    return f"package:{package_id}:{number}"
