"""Sealed files read anywhere: the same bytes as read in a row; what was changed on the disk does not open."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.sealed_reading import SealedReader, plain_size
from gongjiang.kernel.sealed_stream import CHUNK, seal_chunks
from gongjiang.kernel.sealing import Keyring, SealBroken

RING = Keyring({"a": b"\1" * 32}, "a")
PLAIN = bytes(n % 251 for n in range(256)) * (CHUNK // 100)
SEALED = b"".join(seal_chunks(RING, [PLAIN], "file:x"))


def reader(data: bytes = SEALED, context: str = "file:x") -> SealedReader:
    return SealedReader(RING, io.BytesIO(data), context)


@given(st.integers(0, len(PLAIN) + 5), st.integers(0, 3 * CHUNK))
def test_any_stretch_is_that_of_the_content(start: int, length: int) -> None:
    stream = io.BufferedReader(reader())
    stream.seek(start)
    assert stream.read(length) == PLAIN[start : start + length]


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1])
def test_sizes(size: int) -> None:
    data = b"".join(seal_chunks(RING, [PLAIN[:size]], "file:x"))
    assert plain_size(io.BytesIO(data)) == size
    assert reader(data).read() == PLAIN[:size]


@pytest.mark.parametrize(
    ("data", "context"),
    [
        (SEALED, "file:y"),
        (SEALED[:-1], "file:x"),
        (SEALED[: -(CHUNK // 2)], "file:x"),
        (SEALED + b"\0", "file:x"),
        (SEALED[:-5] + bytes([SEALED[-5] ^ 1]) + SEALED[-4:], "file:x"),
        (b"%PDF-1.7", "file:x"),
    ],
)
def test_moved_cut_lengthened_or_altered_does_not_open(data: bytes, context: str) -> None:
    with pytest.raises(SealBroken):
        reader(data, context).read()


def test_closing_closes_the_file_below() -> None:
    below = io.BytesIO(SEALED)
    SealedReader(RING, below, "file:x").close()
    assert below.closed
