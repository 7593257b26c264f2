"""A list of bits as W3C Bitstring Status List 1.0 wants it: compressed, in base64url, with the multibase sign `u`."""

import base64
import gzip
from collections.abc import Iterable
from typing import Final

BITS: Final = 131_072
"""The least length the standard allows (16 kB): nobody can tell from the list whose bit was asked for."""


def place_of(serial: int) -> tuple[int, int]:
    """The list (from 1) and the place in it of the certificate with this serial (from 1, over all editions)."""
    number, index = divmod(serial, BITS)
    return number + 1, index


def encoded(places: Iterable[int]) -> str:
    """The list with these bits set; bit 0 is the leftmost of the first byte. The same bits give the same text."""
    bits = bytearray(BITS // 8)
    for place in places:
        bits[place >> 3] |= 0x80 >> (place & 7)
    packed = gzip.compress(bytes(bits), compresslevel=9, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def is_set(text: str, place: int) -> bool:
    """Whether a bit of an encoded list is set. ValueError for what isn't such a list."""
    if not text.startswith("u"):
        raise ValueError("no multibase base64url")
    packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    bits = gzip.decompress(packed)
    return bool(bits[place >> 3] & (0x80 >> (place & 7)))
