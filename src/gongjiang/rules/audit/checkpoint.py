"""A checkpoint: so many entries, this root, at this time, signed. Text that a person can read and other tools take.

The form is the signed note of the transparency logs (C2SP tlog-checkpoint and signed-note, Ed25519): origin, size and
root on lines of their own, further lines free, an empty line, and a line with the signature.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gongjiang.kernel.errors import GongjiangError

_ED25519: Final = b"\x01"


class NotACheckpoint(GongjiangError):
    """A text is no checkpoint, or is not signed by the key it should be."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`notes`: when and why it was made, one line each."""

    origin: str
    size: int
    root: bytes
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is signed."""
        return "\n".join([self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.notes, ""])


def verifier_key(origin: str, public: bytes) -> str:
    """The key as others are given it: `origin+id+base64`."""
    return f"{origin}+{_key_id(origin, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def signed(checkpoint: Checkpoint, private: Ed25519PrivateKey) -> str:
    """The note with its signature."""
    public = private.public_key().public_bytes_raw()
    mark = base64.b64encode(_key_id(checkpoint.origin, public) + private.sign(checkpoint.text.encode())).decode()
    return f"{checkpoint.text}\n— {checkpoint.origin} {mark}\n"


def opened(note: str, public: bytes) -> Checkpoint:
    """Read a note and verify its signature. Raises NotACheckpoint."""
    text, found = parsed(note)
    for line in note[len(text) + 1 :].splitlines():
        if not line.startswith("— ") or line.count(" ") != 2:
            continue
        _, name, mark = line.split(" ")
        raw = _decoded(mark)
        if name == found.origin and raw[:4] == _key_id(name, public) and _right(public, raw[4:], text.encode()):
            return found
    raise NotACheckpoint("检查点没有这把密钥的签名，或签名后被改过。", "Not signed by this key.")


def parsed(note: str) -> tuple[str, Checkpoint]:
    """The signed text of a note and what it says, its signature not looked at."""
    text, cut, _ = note.partition("\n\n")
    lines = text.split("\n")
    if not cut or len(lines) < 3 or not lines[1].isascii() or not lines[1].isdigit():
        raise NotACheckpoint("这不是检查点：应有来源、条数、根哈希和签名各一行。", "This is no checkpoint.")
    return f"{text}\n", Checkpoint(lines[0], int(lines[1]), _decoded(lines[2]), tuple(lines[3:]))


def hexes(path: Sequence[bytes]) -> list[str]:
    """A proof as it is written into a file."""
    return [one.hex() for one in path]


def _key_id(origin: str, public: bytes) -> bytes:
    return sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotACheckpoint("检查点里的编码不完整。", "A part of the checkpoint can't be decoded.") from error


def _right(public: bytes, mark: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(mark, message)
    except InvalidSignature:
        return False
    return True
