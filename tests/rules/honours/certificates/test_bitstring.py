"""Status lists: the standard's length and order of bits, compared with an independent library."""

import openvc.status
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.rules.honours.certificates.bitstring import BITS, encoded, is_set, place_of

places = st.integers(0, BITS - 1)


@settings(max_examples=25)
@given(st.sets(places, max_size=20), places)
def test_another_library_reads_the_same_bits(found: set[int], other: int) -> None:
    text = encoded(found)
    bits = openvc.status.decode_bitstring(text)
    for place in {*found, other}:
        assert openvc.status.get_status_bit(bits, place) == (place in found) == is_set(text, place)
    assert encoded(sorted(found, reverse=True)) == text


def test_places_and_lists() -> None:
    assert place_of(1) == (1, 1)
    assert place_of(BITS - 1) == (1, BITS - 1)
    assert place_of(BITS) == (2, 0)
    with pytest.raises(ValueError, match="multibase"):
        is_set("H4sI", 0)
