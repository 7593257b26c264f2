"""Seal a credential by a Data Integrity proof (W3C vc-di-eddsa, cryptosuite `eddsa-jcs-2022`), and try one.

The document stays plain JSON that people can read. Canonical form is JCS (RFC 8785); ours hold only texts, whole
numbers, lists and objects with ASCII keys, for which sorted compact JSON is just that.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUITE: Final = "eddsa-jcs-2022"
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def proved(document: Mapping[str, Any], key: Ed25519PrivateKey, key_id: str, created: str) -> dict[str, Any]:
    """The document with its proof. The same document, key and time give the same text."""
    claims = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": key_id,
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    value = "z" + base58(key.sign(_digest(document, claims)))
    return {**document, "proof": {**claims, "proofValue": value}}


def holds(document: Mapping[str, Any], key: Ed25519PublicKey, key_id: str) -> bool:
    """Was just this document proved by this key? False for anything else, however it is broken."""
    proof = document.get("proof")
    if not isinstance(proof, Mapping) or proof.get("verificationMethod") != key_id:
        return False
    bare = {name: value for name, value in document.items() if name != "proof"}
    claims = {name: value for name, value in proof.items() if name != "proofValue"}
    expected = {"type": "DataIntegrityProof", "cryptosuite": SUITE, "proofPurpose": "assertionMethod"}
    if claims.get("@context") != bare.get("@context") or any(claims.get(name) != one for name, one in expected.items()):
        return False
    try:
        key.verify(_from_base58(str(proof.get("proofValue", ""))), _digest(bare, claims))
    except (InvalidSignature, ValueError, RecursionError):
        return False
    return True


def _digest(document: Mapping[str, Any], claims: Mapping[str, Any]) -> bytes:
    return b"".join(hashlib.sha256(_canonical(one)).digest() for one in (claims, document))


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def base58(data: bytes) -> str:
    """As Bitcoin writes bytes: leading zero bytes are leading ones."""
    value, found = int.from_bytes(data, "big"), ""
    while value:
        value, rest = divmod(value, 58)
        found = _BASE58[rest] + found
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + found


def _from_base58(text: str) -> bytes:
    """A signature of 64 bytes in multibase. ValueError for anything else."""
    if not text.startswith("z") or len(text) > 100:
        raise ValueError("no multibase base58")
    value = 0
    for one in text[1:]:
        value = value * 58 + _BASE58.index(one)
    try:
        return value.to_bytes(64, "big")
    except OverflowError as error:
        raise ValueError("no signature of 64 bytes") from error
