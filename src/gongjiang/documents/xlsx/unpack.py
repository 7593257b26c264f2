"""The parts of a package unpacked in pieces, and a copy of it as the reader takes it best."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

PIECE, FED = 1 << 20, 1 << 17
"""Unpacked bytes of one piece at most, and packed bytes given in at a time."""
MOST_COPIED = 64 << 20
"""Unpacked bytes of a package that is copied; a larger one is opened as it came, to spare memory."""
DATA, NOTHING_MERGED = b"<sheetData", b"<mergeCells/>"


def pieces(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part of a package unpacked piece by piece, whatever length it claims to have."""
    names = struct.unpack_from("<HH", data, entry.header_offset + 26)
    start = entry.header_offset + 30 + sum(names)
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        flow = zlib.decompressobj(-15)
        for at in range(0, len(packed), FED):  # what is not used up yet is copied at each piece: so little at a time
            rest = packed[at : at + FED]
            while piece := flow.decompress(rest, PIECE):
                yield piece
                rest = flow.unconsumed_tail
    else:
        raise zipfile.BadZipFile("another way of packing")


def ahead(some: Iterator[bytes]) -> Iterator[bytes]:
    """The same, the next one being made meanwhile in a thread of its own: unpacking needs no Python."""
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(next, some, b"")
        while one := waiting.result():
            waiting = beside.submit(next, some, b"")
            yield one


class Copy:
    """A package again, its parts unpacked, made of the very pieces that are looked over: so a reader opens what was
    looked at, and unpacks nothing.

    Each sheet says first that nothing in it is merged. The reader asks for merged cells unasked, and walks a whole
    sheet a second time to find them; the look has told them already (two fifths of reading, decision 22).
    """

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._package = zipfile.ZipFile(self._bytes, "w", zipfile.ZIP_STORED)
        self._size = 0

    def keep(self, name: str, some: Iterator[bytes], *, sheet: bool) -> Iterator[bytes]:
        """The pieces of a part as they are, each kept before it is handed on."""
        with self._package.open(zipfile.ZipInfo(name), "w") as part:
            for number, piece in enumerate(some):
                self._size += len(piece)
                if self._size <= MOST_COPIED:
                    part.write(piece.replace(DATA, NOTHING_MERGED + DATA, 1) if sheet and not number else piece)
                yield piece

    def whole(self) -> bytes:
        """The package, once every part is kept; nothing where it is too large."""
        self._package.close()
        return self._bytes.getvalue() if self._size <= MOST_COPIED else b""
