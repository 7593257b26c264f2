"""The collector rests inside, and is as it was afterwards."""

import gc

import pytest

from gongjiang.kernel.collection import settle, uncollected


def test_it_rests_and_comes_back_also_after_an_error() -> None:
    seen = []
    with uncollected():
        seen.append(gc.isenabled())
        with uncollected():
            seen.append(gc.isenabled())
        seen.append(gc.isenabled())
    assert [*seen, gc.isenabled()] == [False, False, False, True]
    with pytest.raises(KeyError), uncollected():
        raise KeyError("样例")
    assert gc.isenabled()


def test_who_had_switched_it_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_is_settled_is_looked_at_no_more() -> None:
    before, held = gc.get_freeze_count(), gc.get_threshold()
    kept = [[one] for one in range(1000)]
    try:
        settle()
        assert gc.get_freeze_count() >= before + len(kept)
        assert gc.get_threshold() == (50_000, 10, 10)
    finally:
        gc.set_threshold(*held)
