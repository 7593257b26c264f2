"""Sealed text opens where it belongs, with its key, unaltered, and nowhere else."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.sealing import Keyring, SealBroken, is_sealed, key_id_of, lookup_hash, open_, reseal, seal

OLD = Keyring({"k1": b"1" * 32}, "k1")
NEW = Keyring({"k1": b"1" * 32, "k2": b"2" * 32}, "k2")
PLACE = "person.id_number:42"


@given(st.text(max_size=200), st.text(max_size=40))
def test_what_is_sealed_opens_to_the_same(text: str, context: str) -> None:
    token = seal(OLD, text, context)
    assert open_(OLD, token, context) == text
    assert is_sealed(token)
    assert re.fullmatch(r"g1\.k1\.[A-Za-z0-9_-]+", token)


@given(st.text(min_size=8, max_size=60))
def test_a_token_shows_nothing_and_is_never_the_same_twice(text: str) -> None:
    first, second = seal(OLD, text, PLACE), seal(OLD, text, PLACE)
    assert first != second
    assert text not in first


@given(st.text(min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_one_altered_character_is_found(text: str, random: Random) -> None:
    token = seal(OLD, text, PLACE)
    at = random.randrange(len(token))
    other = "A" if token[at] != "A" else "B"
    with pytest.raises(SealBroken):
        open_(OLD, token[:at] + other + token[at + 1 :], PLACE)


def test_a_token_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(SealBroken, match=r"person\.id_number:43：已加密的内容与其位置不符"):
        open_(OLD, seal(OLD, "secret", PLACE), "person.id_number:43")


def test_rotation() -> None:
    token = seal(OLD, "secret", PLACE)
    turned = reseal(NEW, token, PLACE)
    assert (key_id_of(token), key_id_of(turned)) == ("k1", "k2")
    assert open_(NEW, token, PLACE) == open_(NEW, turned, PLACE) == "secret"
    assert reseal(NEW, turned, PLACE) == turned
    with pytest.raises(SealBroken, match="缺少密钥“k2”"):
        open_(OLD, turned, PLACE)


def test_another_key_under_the_same_id_does_not_open() -> None:
    with pytest.raises(SealBroken, match="拒绝打开"):
        open_(Keyring({"k1": b"x" * 32}, "k1"), seal(OLD, "secret", PLACE), PLACE)


@pytest.mark.parametrize("token", ["", "plain", "g1.k1.", "g1.k1.????", "g2.k1.AAAA", "g1.k1." + "A" * 8])
def test_what_is_no_token(token: str) -> None:
    with pytest.raises(SealBroken):
        open_(OLD, token, PLACE)


@pytest.mark.parametrize(("keys", "current"), [({}, "k1"), ({"k1": b"short"}, "k1"), ({"k.1": b"1" * 32}, "k.1")])
def test_keys_that_will_not_do(keys: dict[str, bytes], current: str) -> None:
    with pytest.raises(SealBroken):
        Keyring(keys, current)


def test_a_key_ring_never_shows_its_keys() -> None:
    assert "1111" not in repr(OLD)
    assert repr(NEW) == "Keyring(['k1', 'k2'], current='k2')"


def test_look_up_hashes() -> None:
    key = b"h" * 32
    one = lookup_hash(key, "id_number", "99000019800601001x")
    assert one == lookup_hash(key, "id_number", " ９９000019800601001Ｘ\u200b")
    assert re.fullmatch("[0-9a-f]{64}", one)
    assert one != lookup_hash(key, "mobile", "99000019800601001x")
    assert one != lookup_hash(b"i" * 32, "id_number", "99000019800601001x")
    with pytest.raises(SealBroken):
        lookup_hash(b"short", "id_number", "1")
