"""Quorum and majority, to the one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.meetings.ballot import SHARES, Choice, Terms, outcome, quorate


@pytest.mark.parametrize(
    ("terms", "members", "present", "may"),
    [
        (Terms(), 9, 6, True),
        (Terms(), 9, 5, False),
        (Terms(), 10, 7, True),
        (Terms(), 10, 6, False),
        (Terms(quorum="half"), 10, 5, False),
        (Terms(quorum="half"), 10, 6, True),
        (Terms(quorum="half"), 11, 6, True),
        (Terms(quorum="all"), 3, 2, False),
        (Terms(), 0, 0, False),
    ],
)
def test_quorum(terms: Terms, members: int, present: int, may: bool) -> None:
    assert quorate(terms, members, present).allowed is may


def test_who_is_short_is_told() -> None:
    assert quorate(Terms(), 9, 5).reasons[0].text == "应到 9 人，到会 5 人，不足 6 人，不能表决。"


@pytest.mark.parametrize(
    ("of", "majority", "agreed", "passed"),
    [
        ("members", "half", 5, True),
        ("members", "half", 4, False),
        ("present", "half", 4, True),
        ("present", "half", 3, False),
        ("present", "two_thirds", 5, True),
        ("present", "two_thirds", 4, False),
    ],
)
def test_majority_of_nine_members_with_seven_in_the_room(of: str, majority: str, agreed: int, passed: bool) -> None:
    counts = {Choice.FOR: agreed, Choice.AGAINST: 7 - agreed}
    assert outcome(Terms(majority=majority, of=of), 9, 7, counts).passed is passed


def test_the_outcome_in_words() -> None:
    found = outcome(Terms(), 9, 7, {Choice.FOR: 5, Choice.AGAINST: 1})
    assert found.text == "同意 5 票，不同意 1 票，弃权 0 票，未投 1 人；需 5 票，通过。"
    assert Terms().text == "应到成员三分之二以上到会方可表决，应到成员超过半数同意为通过"


def test_what_can_not_be_is_refused() -> None:
    with pytest.raises(BadInput, match="收到 8 票"):
        outcome(Terms(), 9, 7, {Choice.FOR: 8})
    with pytest.raises(BadInput, match="不能表决"):
        outcome(Terms(), 9, 5, {Choice.FOR: 5})
    with pytest.raises(BadInput):
        Terms(quorum="some")


@given(st.sampled_from(sorted(SHARES)), st.integers(1, 60))
def test_the_least_is_enough_and_one_less_is_not(word: str, of: int) -> None:
    share = SHARES[word]
    assert share.met(share.least(of), of)
    assert not share.met(share.least(of) - 1, of)
