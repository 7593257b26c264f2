"""Sealed files: what is too large for a token, sealed chunk by chunk, so that a file of any size takes no memory.

A file is `GJS1`, the length and letters of the key's id, 32 random bytes, then chunks of 1 MiB, each with its tag
(AES-256-GCM). The key of a file is derived (HKDF-SHA256) from the installation's key, the random bytes and the context
(such as `package:7:3`), so that a file put in another's place does not open. A chunk's nonce is its number and whether
it is the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway, Vizár 2015): chunks that were swapped, left
out or cut off are found. Nothing is handed out of a chunk before its tag was checked.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gongjiang.kernel.sealing import Keyring, SealBroken

CHUNK: Final = 1 << 20
"""Bytes of plain content in a chunk; only the last one is shorter."""
_MAGIC: Final = b"GJS1"
_SALT: Final = 32
_TAG: Final = 16


def seal_chunks(keyring: Keyring, pieces: Iterable[bytes], context: str) -> Iterator[bytes]:
    """The sealed file of what `pieces` say one after the other, however long each is. Empty content has one chunk."""
    salt, key_id = os.urandom(_SALT), keyring.current.encode()
    box = _box(keyring, keyring.current, salt, context)
    yield b"".join((_MAGIC, bytes([len(key_id)]), key_id, salt))
    number, held = 0, bytearray()
    for piece in pieces:
        held += piece
        while len(held) > CHUNK:
            yield box.encrypt(_nonce(number, last=False), bytes(held[:CHUNK]), None)
            del held[:CHUNK]
            number += 1
    yield box.encrypt(_nonce(number, last=True), bytes(held), None)


def open_chunks(keyring: Keyring, read: Callable[[int], bytes], context: str) -> Iterator[bytes]:
    """The content of a sealed file, a chunk at a time. Raises SealBroken at the first chunk that is not as it was made;
    whoever needs all or nothing keeps the chunks back until the last one has come."""
    head = read(len(_MAGIC) + 1)
    if head[: len(_MAGIC)] != _MAGIC or len(head) <= len(_MAGIC):
        raise SealBroken("这不是已加密的文件，格式不对。", "This is not a sealed file.", place=context)
    key_id = read(head[-1]).decode("ascii", "replace")
    box = _box(keyring, key_id, read(_SALT), context)
    number, held = 0, read(CHUNK + _TAG)
    while True:
        ahead = read(CHUNK + _TAG) if len(held) == CHUNK + _TAG else b""
        try:
            yield box.decrypt(_nonce(number, last=not ahead), held, None)
        except InvalidTag:
            raise SealBroken(
                "已加密的文件被改动过、不完整，或不在原来的位置，拒绝打开。",
                "The sealed file was altered, cut off or moved.",
                place=context,
            ) from None
        if not ahead:
            return
        number, held = number + 1, ahead


def _box(keyring: Keyring, key_id: str, salt: bytes, context: str) -> AESGCM:
    key = keyring.keys.get(key_id)
    if key is None or len(salt) != _SALT:
        raise SealBroken(
            f"缺少密钥“{key_id}”，打不开已加密的文件。请把该密钥放回密钥环。",
            f"Key {key_id!r} is missing; put it back into the key ring.",
            place=context,
        )
    return AESGCM(HKDF(hashes.SHA256(), 32, salt, f"GJS1\0{key_id}\0{context}".encode()).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
