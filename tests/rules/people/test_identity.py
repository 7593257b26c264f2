"""Whether two records are one person."""

import pytest

from gongjiang.kernel.dates import Month
from gongjiang.kernel.truth import Truth
from gongjiang.rules.people.identity import Outcome, PersonFacts, find_person, same_person, settle

FULL = PersonFacts("何焊平", "hash-1", Month(1980, 6), "澜江重工")
SHEET = PersonFacts("何焊平", None, Month(1980, 6), "澜江重工")


@pytest.mark.ledger("X-01")
def test_the_number_decides() -> None:
    assert same_person(FULL, PersonFacts("何焊平", "hash-1", Month(1979, 1), "别处")).same is Truth.TRUE
    assert same_person(FULL, PersonFacts("何焊平", "hash-2", Month(1980, 6), "澜江重工")).same is Truth.FALSE


def test_the_same_number_under_another_name_is_pointed_out() -> None:
    match = same_person(FULL, PersonFacts("何铸平", "hash-1"))
    assert match.same is Truth.TRUE
    assert match.reason is not None
    assert match.reason.text == "身份证号相同而姓名不同（何焊平、何铸平），请核对是否改名或填错。"


@pytest.mark.ledger("J-14")
def test_name_month_and_employer_are_only_a_question() -> None:
    match = same_person(FULL, SHEET)
    assert match.same is Truth.UNKNOWN
    assert match.reason is not None
    assert match.reason.text == "姓名、出生年月、工作单位相同，但没有身份证号可比，请确认是否同一人。"


def test_a_difference_decides() -> None:
    assert same_person(FULL, PersonFacts("岑铸山", None, Month(1980, 6), "澜江重工")).same is Truth.FALSE
    assert same_person(FULL, PersonFacts("何焊平", None, Month(1981, 6), "澜江重工")).same is Truth.FALSE
    assert same_person(FULL, PersonFacts("何 焊平", None, None, None)).same is Truth.UNKNOWN


@pytest.mark.ledger("J-14")
def test_finding_a_person_among_those_known() -> None:
    other = PersonFacts("何焊平", "hash-9", Month(1980, 6), "澜江水泥")
    assert find_person(FULL, {7: other, 8: FULL}).keys == (8,)
    assert find_person(SHEET, {8: FULL}).outcome is Outcome.ASK
    both = find_person(SHEET, {7: other, 8: FULL})
    assert (both.outcome, both.keys) == (Outcome.ASK, (7, 8))
    assert both.reason is not None
    assert both.reason.text == "有2人与“何焊平”对得上，请选出是哪一位，或确认为新人。"
    assert find_person(PersonFacts("温和礼"), {7: other, 8: FULL}).outcome is Outcome.NEW


LISTED = PersonFacts("何焊平", None, Month(1980, 6), "澜江重工")


@pytest.mark.ledger("X-01")
def test_a_row_without_a_number_is_somebodys_only_if_all_three_are_those_of_one_person() -> None:
    assert settle(LISTED, [(1, FULL)]).keys == (1,)
    assert settle(LISTED, [(1, FULL)]).outcome is Outcome.SAME
    twin = PersonFacts("何焊平", "hash-2", Month(1980, 6), "澜江重工")
    assert (settle(LISTED, [(1, FULL), (2, twin)]).outcome, settle(LISTED, [(1, FULL), (2, twin)]).keys) == (
        Outcome.ASK,
        (1, 2),
    )
    elsewhere = PersonFacts("何焊平", None, Month(1980, 6), "别处")
    assert settle(elsewhere, [(1, FULL)]).outcome is Outcome.ASK
    assert settle(PersonFacts("何焊平"), [(1, FULL)]).outcome is Outcome.ASK
    assert settle(PersonFacts("何焊平", None, Month(1981, 6)), [(1, FULL)]).outcome is Outcome.NEW


def test_a_person_known_with_several_units_is_still_one() -> None:
    before = PersonFacts("何焊平", "hash-1", Month(1980, 6), "澜江水泥")
    assert settle(LISTED, [(1, before), (1, FULL)]).keys == (1,)
    other = PersonFacts("何焊平", "hash-3", Month(1980, 6), "澜江重工")
    assert settle(other, [(1, before), (1, FULL)]).outcome is Outcome.NEW
