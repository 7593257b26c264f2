"""The day of birth in the identity number settles an age that the month alone leaves open."""

from datetime import date

import pytest

from gongjiang.kernel import identity_number
from gongjiang.rules.people.age import age_by_number

BORN = date(1970, 7, 11)
NUMBER = identity_number.sample(1, BORN, "男")


@pytest.mark.ledger("J-02")
@pytest.mark.parametrize(("on", "age"), [(date(2026, 7, 10), 55), (date(2026, 7, 11), 56)])
def test_the_number_knows_the_day(on: date, age: int) -> None:
    assert age_by_number("1970-07", NUMBER, on) == age


@pytest.mark.parametrize(
    ("birth", "number"),
    [("1970-08", NUMBER), ("1970-07", "990000197007110000"), ("1970-07", ""), ("", NUMBER), (None, None)],
)
def test_what_disagrees_settles_nothing(birth: object, number: object) -> None:
    assert age_by_number(birth, number, date(2026, 7, 10)) is None
