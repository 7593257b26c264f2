"""Archives written forwards: read back by the standard library, byte for byte; large ones have large fields."""

import io
import struct
import zipfile
import zlib
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.packages.archive import Entry, directory, header, placed

STAMP = datetime(2031, 5, 6, 9, 30, 8)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=20)


def archive(files: dict[str, bytes]) -> bytes:
    entries = placed([Entry(name, len(data), zlib.crc32(data)) for name, data in files.items()], 0)
    body = b"".join(header(one, STAMP) + data for one, data in zip(entries, files.values(), strict=True))
    return body + b"".join(directory(entries, len(body), STAMP))


@given(st.dictionaries(NAMES, st.binary(max_size=60), max_size=6))
def test_what_went_in_is_read_back(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(files))) as read:
        assert read.testzip() is None
        assert {one.filename: read.read(one) for one in read.infolist()} == files


def test_the_stamp_and_the_names() -> None:
    with zipfile.ZipFile(io.BytesIO(archive({"样例厂-何焊平/01-𠮷.pdf": b"x"}))) as read:
        (one,) = read.infolist()
    assert (one.filename, one.date_time) == ("样例厂-何焊平/01-𠮷.pdf", (2031, 5, 6, 9, 30, 8))
    assert one.flag_bits == 0x800
    assert not one.is_dir()


def test_more_entries_than_the_small_field_holds() -> None:
    files = {f"{n}.txt": b"" for n in range(70_000)}
    with zipfile.ZipFile(io.BytesIO(archive(files))) as read:
        assert len(read.namelist()) == 70_000


def test_an_entry_beyond_four_gigabytes_is_found_by_its_large_fields() -> None:
    five = 5 << 30
    entry = Entry("录像.mp4", five, 7, at=five + 3)
    made = b"".join(directory([entry], 2 * five, STAMP))
    name = len("录像.mp4".encode())
    assert struct.unpack_from("<HHQQQ", made, 46 + name) == (1, 24, five, five, five + 3)
    end = made.index(b"PK\x06\x06")
    assert struct.unpack_from("<QQQQ", made, end + 24) == (1, 1, end, 2 * five)
    assert struct.unpack_from("<HHQQ", header(entry, STAMP), 30 + name) == (1, 16, five, five)
    assert entry.length == len(header(entry, STAMP)) + five
