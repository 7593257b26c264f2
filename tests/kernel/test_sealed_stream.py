"""Sealed files: what went in comes out, whatever the pieces; anything changed on the way is found."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel import sealed_stream
from gongjiang.kernel.sealed_stream import CHUNK, open_chunks, seal_chunks
from gongjiang.kernel.sealing import Keyring, SealBroken

RING = Keyring({"a": b"\1" * 32, "b": b"\2" * 32}, "b")
TAG = 16


def sealed(*pieces: bytes, context: str = "package:1:1") -> bytes:
    return b"".join(seal_chunks(RING, pieces, context))


def opened(data: bytes, context: str = "package:1:1", ring: Keyring = RING) -> bytes:
    return b"".join(open_chunks(ring, io.BytesIO(data).read, context))


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_what_went_in_comes_out(pieces: list[bytes]) -> None:
    assert opened(sealed(*pieces)) == b"".join(pieces)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_at_the_edges_of_chunks(size: int) -> None:
    content = bytes(n % 251 for n in range(256)) * (size // 256 + 1)
    assert opened(sealed(content[:size])) == content[:size]


def test_nothing_of_the_content_shows() -> None:
    assert "身份证号".encode() not in sealed("身份证号".encode() * 100)
    assert sealed(b"x") != sealed(b"x")


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_found(place: int, change: int) -> None:
    data = bytearray(sealed(b"some content"))
    data[place % len(data)] ^= change
    with pytest.raises(SealBroken):
        opened(bytes(data))


def test_a_file_cut_off_at_a_chunk_is_found() -> None:
    data = sealed(b"x" * (2 * CHUNK + 9))
    head = len(data) - 2 * (CHUNK + TAG) - 9 - TAG
    with pytest.raises(SealBroken):
        opened(data[: head + 2 * (CHUNK + TAG)])


def test_swapped_chunks_are_found() -> None:
    data = sealed(b"x" * (2 * CHUNK + 9))
    head, size = len(data) - 2 * (CHUNK + TAG) - 9 - TAG, CHUNK + TAG
    first, second = data[head : head + size], data[head + size : head + 2 * size]
    with pytest.raises(SealBroken):
        opened(data[:head] + second + first + data[head + 2 * size :])


@pytest.mark.parametrize("data", [b"", b"GJS1", b"PK\3\4", b"GJS1\1b"])
def test_what_is_no_sealed_file_is_refused(data: bytes) -> None:
    with pytest.raises(SealBroken):
        opened(data)


def test_another_place_or_a_lost_key_open_nothing() -> None:
    with pytest.raises(SealBroken):
        opened(sealed(b"x"), "package:1:2")
    with pytest.raises(SealBroken):
        opened(sealed(b"x"), ring=Keyring({"a": b"\1" * 32}, "a"))


def test_an_old_key_still_opens() -> None:
    old = b"".join(seal_chunks(Keyring({"a": b"\1" * 32}, "a"), [b"old"], "c"))
    assert opened(old, "c") == b"old"


def test_content_is_taken_and_given_in_chunks() -> None:
    """No more than a chunk or two is held, whatever the size."""
    taken = 0

    def pieces():
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield b"x" * (CHUNK // 4)

    made = seal_chunks(RING, pieces(), "c")
    next(made)
    next(made)
    assert taken <= 6
    assert sealed_stream.CHUNK == 1 << 20
