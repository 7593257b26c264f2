"""Sign and open JSON by JWS (RFC 7515) with Ed25519: the envelope of credentials (VC-JOSE-COSE, `vc+jwt`)."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

TYPE: Final = "vc+jwt"


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands in an envelope, whether or not its signature holds."""

    header: Mapping[str, Any]
    payload: Mapping[str, Any]
    signed: bytes
    signature: bytes

    def by(self, key: Ed25519PublicKey) -> bool:
        """Was it signed by this key, and not altered since?"""
        try:
            key.verify(self.signature, self.signed)
        except InvalidSignature:
            return False
        return self.header.get("alg") in {"EdDSA", "Ed25519"}


def signed(payload: Mapping[str, Any], key: Ed25519PrivateKey, key_id: str) -> str:
    """The compact form. The same content and key give the same text."""
    header = {"alg": "EdDSA", "typ": TYPE, "cty": "vc", "kid": key_id}
    body = f"{_packed(header)}.{_packed(payload)}"
    return f"{body}.{_text(key.sign(body.encode()))}"


def opened(text: str) -> Opened:
    """Read an envelope. Raises ValueError for anything that isn't one."""
    parts = text.strip().split(".")
    if len(parts) != 3:
        raise ValueError("a compact JWS has three parts")
    header, payload = (json.loads(_bytes(one)) for one in parts[:2])
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise ValueError("header and payload are objects")
    return Opened(header, payload, f"{parts[0]}.{parts[1]}".encode(), _bytes(parts[2]))


def _packed(value: Mapping[str, Any]) -> str:
    return _text(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("no base64url") from error
