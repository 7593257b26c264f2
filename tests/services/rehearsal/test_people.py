"""Invented people are plainly so, and told apart."""

from datetime import date
from random import Random

from gongjiang.kernel.identity_number import parse
from gongjiang.services.rehearsal.people import Names, Numbers, birth_of, prose


def test_names_don_t_repeat_and_leave_taken_ones_out() -> None:
    names = Names(Random(1), frozenset({"何焊平"}))
    found = [names.next() for _ in range(1500)]
    assert len(set(found)) == 1500
    assert "何焊平" not in found


def test_numbers_are_valid_and_don_t_repeat() -> None:
    numbers, rng = Numbers(), Random(2)
    made = set()
    for _ in range(600):
        birth = birth_of(rng, date(2026, 6, 30))
        number = numbers.identity(birth, "女")
        read = parse(number, on=date(2026, 6, 30))
        assert (read.birth, read.gender) == (birth, "女")
        made.add(number)
    assert len(made) == 600
    assert len({numbers.mobile() for _ in range(600)}) == 600


def test_prose_keeps_its_length() -> None:
    for length in (5, 30, 300, 2000):
        assert 0 < len(prose(Random(3), length)) <= length
