"""The signature of an outgoing webhook, as Standard Webhooks has it: HMAC-SHA256 over id, time and body."""

import base64
import binascii
import hashlib
import hmac
from typing import Final

from gongjiang.kernel.errors import BadInput

PREFIX: Final = "whsec_"
LEAST, MOST = 24, 64


def key_of(secret: str) -> bytes:
    """The key in a secret (`whsec_` and base64 of 24 to 64 bytes). Raises BadInput."""
    try:
        key = base64.b64decode(secret.strip().removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.strip().startswith(PREFIX) or not LEAST <= len(key) <= MOST:
        raise BadInput(
            f"密钥须为 {PREFIX} 后接 {LEAST} 至 {MOST} 字节的 Base64；留空则自动生成。",
            "A secret is whsec_ and the base64 of 24 to 64 bytes.",
            place="密钥",
        )
    return key


def secret_of(key: bytes) -> str:
    """A key as it is handed to the receiver."""
    return PREFIX + base64.b64encode(key).decode("ascii")


def sign(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: `v1,` and base64 of the HMAC of `<id>.<timestamp>.<body>`."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
