"""The storage of files, sealed: what lies on the disk and in its backups is unreadable without the installation's keys.

Whoever opens a name through Django's storage reads plain bytes; whoever copies the folder copies sealed ones, and keeps
`secrets.json` with them. A file bears its name inside its seal, so one put in another's place does not open. Files from
before sealing are read as they stand.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from gongjiang.kernel.sealed_reading import SealedReader, is_sealed_file, plain_size
from gongjiang.kernel.sealed_stream import seal_chunks
from gongjiang.services.people.sealing import keyring


class SealedStorage(FileSystemStorage):
    """Files under MEDIA_ROOT (or `location`), sealed chunk by chunk as they are written."""

    def size(self, name: str) -> int:
        """Of the content, not of what lies on the disk."""
        with open(self.path(name), "rb") as raw:
            return plain_size(raw) if is_sealed_file(raw.read(4)) else super().size(name)

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        raw: BinaryIO = open(self.path(name), "rb")  # noqa: SIM115  whoever asked for it closes it
        if not is_sealed_file(raw.read(4)):
            raw.seek(0)
            return File(raw, name=name)
        stream = io.BufferedReader(SealedReader(keyring(), raw, _context(name)))
        return File(cast(Any, stream), name=name)

    def _save(self, name: str, content: "File[Any]") -> str:
        saved: str = super()._save(name, _Sealing(name, content))  # type: ignore[misc]
        if _context(saved) != _context(name):  # another took the name meanwhile: seal it anew under its own
            super().delete(saved)
            return self._save(self.get_available_name(saved), content)
        return saved


class _Sealing:
    """What Django's storage writes: the sealed chunks of some content. Each look at it seals anew."""

    def __init__(self, name: str, content: "File[Any]") -> None:
        self.name, self.content = name, content

    def chunks(self) -> Iterator[bytes]:
        """From the beginning."""
        self.content.seek(0)
        return seal_chunks(keyring(), self.content.chunks(), _context(self.name))


def _context(name: str) -> str:
    return "file:" + name.replace("\\", "/")
