"""A ZIP archive written forwards: entries as they are (printed forms and evidence are compressed already), sizes and
checksums before the content, so that every unpacker reads it, the large fields (ZIP64) where they are needed.

Layout after PKWARE's APPNOTE 6.3: local headers 4.3.7, directory 4.3.12, its ends 4.3.14-16; names are UTF-8 (bit 11).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_UTF8: Final = 0x0800
_FULL: Final = 0xFFFFFFFF
_MOST: Final = 0xFFFF
_FILE: Final = 0o100644 << 16


@dataclass(frozen=True)
class Entry:
    """One file of an archive: `size` in bytes, `crc` (CRC-32), `at`: where its header begins."""

    name: str
    size: int
    crc: int
    at: int = 0

    @property
    def length(self) -> int:
        """Bytes that header and content take."""
        return len(header(self, datetime(2000, 1, 1))) + self.size  # noqa: DTZ001  any day: stamps are all as long


def header(entry: Entry, stamp: datetime) -> bytes:
    """What stands before the content of an entry. `stamp`: local time."""
    name = entry.name.encode()
    large = entry.size >= _FULL
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.size) if large else b""
    size = _FULL if large else entry.size
    fields = (0x04034B50, 45 if large else 20, _UTF8, 0, *_dos(stamp), entry.crc, size, size, len(name), len(extra))
    return struct.pack("<I5H3I2H", *fields) + name + extra


def directory(entries: Iterable[Entry], start: int, stamp: datetime) -> Iterator[bytes]:
    """What ends an archive whose entries took `start` bytes."""
    number = size = 0
    for entry in entries:
        told = _listed(entry, stamp)
        number, size = number + 1, size + len(told)
        yield told
    if number >= _MOST or size >= _FULL or start >= _FULL:
        yield struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, number, number, size, start)
        yield struct.pack("<IIQI", 0x07064B50, 0, start + size, 1)
    some = min(number, _MOST)
    yield struct.pack("<I4H2IH", 0x06054B50, 0, 0, some, some, min(size, _FULL), min(start, _FULL), 0)


def placed(entries: Sequence[Entry], start: int) -> list[Entry]:
    """Entries that stand one after the other from `start` on, each with its place."""
    found = []
    for one in entries:
        found.append(Entry(one.name, one.size, one.crc, start))
        start += one.length
    return found


def _listed(entry: Entry, stamp: datetime) -> bytes:
    name = entry.name.encode()
    sizes = (entry.size, entry.size) if entry.size >= _FULL else ()
    large = (*sizes, *((entry.at,) if entry.at >= _FULL else ()))
    extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    size = min(entry.size, _FULL)
    head = (0x02014B50, 0x0300 | 45, 45 if large else 20, _UTF8, 0, *_dos(stamp), entry.crc, size, size, len(name))
    rest = (len(extra), 0, 0, 0, _FILE, min(entry.at, _FULL))
    return struct.pack("<I6H3IH", *head) + struct.pack("<4HII", *rest) + name + extra


def _dos(stamp: datetime) -> tuple[int, int]:
    year = max(1980, stamp.year) - 1980
    return stamp.hour << 11 | stamp.minute << 5 | stamp.second // 2, year << 9 | stamp.month << 5 | stamp.day
