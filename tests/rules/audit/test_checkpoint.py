"""Checkpoints: a text that says what is signed, and opens only unaltered and by its key."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongjiang.rules.audit.checkpoint import Checkpoint, NotACheckpoint, opened, parsed, signed, verifier_key
from gongjiang.rules.audit.merkle import EMPTY

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
POINT = Checkpoint("sample.gongjiang", 7, EMPTY, ("2026-09-18T10:00:00+08:00", "综合评审 名单确定"))


def test_the_text_is_plain() -> None:
    assert POINT.text == (
        "sample.gongjiang\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
        "2026-09-18T10:00:00+08:00\n综合评审 名单确定\n"
    )
    note = signed(POINT, KEY)
    assert note.startswith(POINT.text + "\n— sample.gongjiang ")
    assert parsed(note) == (POINT.text, POINT)
    assert verifier_key("sample.gongjiang", PUBLIC).startswith("sample.gongjiang+")


def test_it_opens_unaltered_only() -> None:
    note = signed(POINT, KEY)
    assert opened(note, PUBLIC) == POINT
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    for bad, key in [
        (note.replace("\n7\n", "\n8\n"), PUBLIC),
        (note.replace("名单", "名册"), PUBLIC),
        (note.replace("— sample.gongjiang", "— other.gongjiang"), PUBLIC),
        (note[:-12] + "\n", PUBLIC),
        (note, other),
        ("", PUBLIC),
        ("a\nb\nc\n\n— a x\n", PUBLIC),
        ("a\n²\nAA==\n\n— a x\n", PUBLIC),
    ]:
        with pytest.raises(NotACheckpoint):
            opened(bad, key)
