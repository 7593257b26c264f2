"""What the fast reader doesn't tell about the sheets of an .xls file: errors of formulas (it reads them as blank),
formulas, hidden rows, merged cells.

After [MS-CFB] (the file of sectors) and [MS-XLS] (records of BIFF8). A file that is laid out otherwise has no marks:
whether it can be read at all is the reader's to say.
"""

import struct
from collections.abc import Iterator
from typing import Final

from gongjiang.documents.xlsx.package import Marks
from gongjiang.documents.xlsx.rows import letters

SIGN: Final = b"\xd0\xcf\x11\xe0"
MOST_RECORDS: Final = 4_000_000
"""Of all sheets together: what says more is not looked over to the end."""
_STREAM: Final = "Workbook".encode("utf-16-le")
_LAST: Final = 0xFFFFFFFA
_SMALL: Final = 4096
_FORMULA, _EOF, _BOUND, _MERGED, _BOOL_OR_ERROR, _ROW, _BOF = 0x06, 0x0A, 0x85, 0xE5, 0x205, 0x208, 0x809
_BIFF8: Final = 0x600


def survey_old(data: bytes) -> dict[str, Marks]:
    """The marks of every sheet of an .xls file by its name."""
    budget = iter(range(MOST_RECORDS))
    try:
        book = _workbook(data)
        return {name: _marks(book, at, budget) for name, at in _sheets(book, budget)}
    except (struct.error, IndexError):
        return {}


def _workbook(data: bytes) -> bytes:
    """The bytes of the stream that holds the workbook; empty where there is none."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    most = len(data) // size + 1  # sectors that the file can have, whatever it says
    count, folder = min(most, struct.unpack_from("<I", data, 44)[0]), struct.unpack_from("<I", data, 48)[0]
    tables = [one for one in struct.unpack_from("<109I", data, 76)[:count] if one < _LAST]
    further = struct.unpack_from("<I", data, 68)[0]
    while further < _LAST and len(tables) < count:
        told = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        tables, further = [*tables, *told[:-1]], told[-1]
    follows: list[int] = []
    for one in tables[:count]:
        follows += struct.unpack_from(f"<{size // 4}I", data, (one + 1) * size)

    def chain(start: int) -> bytes:
        found: list[bytes] = []
        while start < _LAST and len(found) < most:
            found.append(data[(start + 1) * size : (start + 2) * size])
            start = follows[start]
        return b"".join(found)

    entries = chain(folder)
    for at in range(0, len(entries), 128):
        if entries[at : at + len(_STREAM) + 2] == _STREAM + b"\0\0":
            start, length = struct.unpack_from("<II", entries, at + 116)
            return chain(start)[:length] if length >= _SMALL else b""
    return b""


def _records(book: bytes, at: int, budget: Iterator[int]) -> Iterator[tuple[int, bytes]]:
    """Records from `at` on to the end of their part."""
    while at + 4 <= len(book) and next(budget, None) is not None:
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(book: bytes, budget: Iterator[int]) -> Iterator[tuple[str, int]]:
    """Name and place of each sheet; none in a workbook older than 1997."""
    for kind, said in _records(book, 0, budget):
        if kind == _BOF and struct.unpack_from("<H", said)[0] != _BIFF8:
            return
        if kind == _BOUND:
            wide = said[7] & 1
            name = said[8 : 8 + said[6] * (1 + wide)]
            yield name.decode("utf-16-le" if wide else "latin-1", "replace"), struct.unpack_from("<I", said)[0]


def _marks(book: bytes, at: int, budget: Iterator[int]) -> Marks:
    found = Marks()
    for kind, said in _records(book, at, budget):
        if kind == _ROW and struct.unpack_from("<H", said, 12)[0] & 0x20:
            found.hidden.add(struct.unpack_from("<H", said)[0] + 1)
        elif kind == _FORMULA:
            found.formulas.add(_cell(said))
            if said[12:14] == b"\xff\xff" and said[6] == 2:
                found.errors.add(_cell(said))
        elif kind == _BOOL_OR_ERROR and said[7]:
            found.errors.add(_cell(said))
        elif kind == _MERGED:
            areas = struct.iter_unpack("<4H", said[2 : 2 + 8 * struct.unpack_from("<H", said)[0]])
            found.merged += [
                (top + 1, bottom + 1, f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}")
                for top, bottom, left, right in areas
            ]
    return found


def _cell(said: bytes) -> tuple[int, str]:
    row, column = struct.unpack_from("<HH", said)
    return row + 1, letters(column)
