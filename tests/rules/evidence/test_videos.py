"""A film without what it says of itself: the same length, the same places, nothing told."""

import io

from tests.rules.evidence.samples import box, film

from gongjiang.rules.evidence.videos import video_seconds, without_metadata


def test_boxes_that_tell_become_empty_space() -> None:
    told = box(b"udta", box(b"meta", "何焊平 澜江重工 +22.8".encode()))
    plain = film(12.0)
    content = plain + told
    cleaned = without_metadata(io.BytesIO(content)).read()
    assert len(cleaned) == len(content)
    assert cleaned[: len(plain)] == plain
    assert cleaned[len(plain) + 4 :] == b"free" + bytes(len(told) - 8)
    assert video_seconds(io.BytesIO(cleaned), len(cleaned)) == 12


def test_inside_the_movie_too() -> None:
    content = film(3.0)
    at = content.index(b"moov") - 4
    length = int.from_bytes(content[at : at + 4], "big")
    told = box(b"udta", "何焊平".encode())
    whole = content[:at] + (length + len(told)).to_bytes(4, "big") + content[at + 4 : at + length] + told
    whole += content[at + length :]
    cleaned = without_metadata(io.BytesIO(whole)).read()
    assert "何焊平".encode() not in cleaned
    assert video_seconds(io.BytesIO(cleaned), len(cleaned)) == 3
