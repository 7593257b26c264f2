"""Sealed text: authenticated encryption of identity and phone numbers, and keyed look-up of them.

A token is `g1.<key id>.<base64url of nonce and ciphertext>` (AES-256-GCM, NIST SP 800-38D, 96-bit random nonce).
The context, such as `person.id_number:42`, is bound in: a token copied to another row or column does not open.
Keys come in from the caller; nothing here knows where they are kept.
"""

import binascii
import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gongjiang.kernel.errors import GongjiangError

_FORM: Final = "g1"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,32}")


_TO_URL: Final = bytes.maketrans(b"+/", b"-_")
"""What binascii writes to base64url."""
_TO_PLAIN: Final = bytes.maketrans(b"-_+/", b"+/  ")
"""base64url to what binascii reads; the other alphabet's own two signs are none of ours."""


class SealBroken(GongjiangError):
    """A sealed value can't be opened: wrong place, missing key, or altered. Never shown with its content."""

    status = 500


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """Keys of 32 bytes by id; new values are sealed with `current`, old ones open with theirs."""

    keys: Mapping[str, bytes]
    current: str

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise SealBroken(f"密钥环中没有当前密钥“{self.current}”。", "The current key is not in the key ring.")
        for key_id, key in self.keys.items():
            if not _KEY_ID.fullmatch(key_id) or len(key) != _KEY_BYTES:
                raise SealBroken(
                    f"密钥“{key_id}”不合要求：编号只用字母、数字、-、_，密钥须为{_KEY_BYTES}字节。",
                    "A key id is of letters, digits, - and _; a key has 32 bytes.",
                )

    def __repr__(self) -> str:
        return f"Keyring({sorted(self.keys)}, current={self.current!r})"


def seal(keyring: Keyring, text: str, context: str) -> str:
    """The sealed token; sealing twice gives two different tokens."""
    return sealer(keyring, context)(text)


def sealer(keyring: Keyring, context: str) -> Callable[[str], str]:
    """`seal` for many texts of one context: what is the same for all is looked up once."""
    encrypt, bound = _cipher(keyring.keys[keyring.current]).encrypt, _bound(keyring.current, context)
    head = f"{_FORM}.{keyring.current}."

    def sealed(text: str) -> str:
        nonce = os.urandom(_NONCE_BYTES)
        token = binascii.b2a_base64(nonce + encrypt(nonce, text.encode(), bound), newline=False)
        return head + token.translate(_TO_URL, b"=").decode()

    return sealed


def open_(keyring: Keyring, token: str, context: str) -> str:
    """The text inside; raises SealBroken if the token was altered, moved, or its key is not at hand."""
    key_id, body = _parts(token)
    key = keyring.keys.get(key_id)
    if key is None:
        raise SealBroken(
            f"缺少密钥“{key_id}”，打不开已加密的内容。请把该密钥放回密钥环。",
            f"Key {key_id!r} is missing; put it back into the key ring.",
            place=context,
        )
    try:
        return _cipher(key).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], _bound(key_id, context)).decode()
    except InvalidTag:
        raise SealBroken(
            "已加密的内容与其位置不符或被改动过，拒绝打开。请从备份核对这条记录。",
            "The sealed value was altered or moved; compare the record with a backup.",
            place=context,
        ) from None


def reseal(keyring: Keyring, token: str, context: str) -> str:
    """The same text under the current key; a token that has it already comes back as it is."""
    if key_id_of(token) == keyring.current:
        return token
    return seal(keyring, open_(keyring, token, context), context)


def key_id_of(token: str) -> str:
    """Which key a token needs: for finding what is left to reseal."""
    return _parts(token)[0]


def is_sealed(text: str) -> bool:
    """Has this the form of a token?"""
    return text.startswith(f"{_FORM}.") and text.count(".") == 2


def lookup_hash(key: bytes, context: str, value: str) -> str:
    """A keyed hash (HMAC-SHA256, 64 hex digits) by which equal values are found without being opened.

    Spelling does not matter: width, case, spaces and zero-width characters are evened out. Use a key of its own.
    """
    if len(key) != _KEY_BYTES:
        raise SealBroken(f"检索密钥须为{_KEY_BYTES}字节。", "The look-up key has 32 bytes.", place=context)
    plain = unicodedata.normalize("NFKC", value).upper()
    kept = "".join(c for c in plain if not (c.isspace() or unicodedata.category(c) in ("Cf", "Cc")))
    return hmac.new(key, f"{context}\0{kept}".encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    """Setting a key up costs as much as sealing a number with it."""
    return AESGCM(key)


@lru_cache(maxsize=64)
def _bound(key_id: str, context: str) -> bytes:
    return f"{_FORM}\0{key_id}\0{context}".encode()


def _parts(token: str) -> tuple[str, bytes]:
    form, _, rest = token.partition(".")
    key_id, _, body = rest.partition(".")
    try:
        padded = (body + "=" * (-len(body) % 4)).encode("ascii").translate(_TO_PLAIN)
        raw = binascii.a2b_base64(padded, strict_mode=True)
        canonical = binascii.b2a_base64(raw, newline=False) == padded
    except (binascii.Error, ValueError):
        raw, canonical = b"", False
    if form != _FORM or not _KEY_ID.fullmatch(key_id) or len(raw) <= _NONCE_BYTES or not canonical:
        raise SealBroken("这不是已加密的内容，格式不对。", "This is not a sealed value.")
    return key_id, raw
