"""A sealed file read where one likes: only the chunks asked for are opened, each after its tag was checked.

The form of the file is sealed_stream's. Whether a chunk is the last one is told by the file's length, and the length by
the chunks: a file that was cut off or lengthened does not open at its end.
"""

import io
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag

from gongjiang.kernel.sealed_stream import _MAGIC, _SALT, _TAG, CHUNK, _box, _nonce
from gongjiang.kernel.sealing import Keyring, SealBroken

_HEAD: Final = len(_MAGIC) + 1


def is_sealed_file(head: bytes) -> bool:
    """Do these first bytes open a sealed file?"""
    return head[: len(_MAGIC)] == _MAGIC


def plain_size(source: BinaryIO) -> int:
    """How many bytes a sealed file holds."""
    return _measure(source)[1]


class SealedReader(io.RawIOBase):
    """The content of a sealed file as a seekable stream. Closing it closes the file below."""

    def __init__(self, keyring: Keyring, source: BinaryIO, context: str) -> None:
        source.seek(0)
        head = source.read(_HEAD)
        if not is_sealed_file(head) or len(head) < _HEAD:
            raise SealBroken("这不是已加密的文件，格式不对。", "This is not a sealed file.", place=context)
        key_id = source.read(head[-1]).decode("ascii", "replace")
        self._box = _box(keyring, key_id, source.read(_SALT), context)
        self._source, self._context, self._at = source, context, 0
        self._start, self._size = _measure(source)
        self._held = (-1, b"")

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As every stream has it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Up to the end of the chunk in which it stands."""
        if self._at >= self._size:
            if self._size == 0:
                self._chunk(0)
            return 0
        number, skip = divmod(self._at, CHUNK)
        piece = self._chunk(number)[skip : skip + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """And the file below."""
        if not self.closed:
            self._source.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            last = number == max(0, -(-self._size // CHUNK) - 1)
            self._source.seek(self._start + number * (CHUNK + _TAG))
            sealed = self._source.read(CHUNK + _TAG)
            try:
                self._held = (number, self._box.decrypt(_nonce(number, last=last), sealed, None))
            except InvalidTag:
                raise SealBroken(
                    "已加密的文件被改动过、不完整，或不在原来的位置，拒绝打开。",
                    "The sealed file was altered, cut off or moved.",
                    place=self._context,
                ) from None
        return self._held[1]


def _measure(source: BinaryIO) -> tuple[int, int]:
    """Where the first chunk begins, and the bytes of content behind it."""
    end = source.seek(0, io.SEEK_END)
    source.seek(len(_MAGIC))
    start = _HEAD + source.read(1)[0] + _SALT
    body = max(0, end - start)
    chunks = max(1, -(-body // (CHUNK + _TAG)))
    return start, max(0, body - chunks * _TAG)
