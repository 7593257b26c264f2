"""People choose: what is refused, and what needs a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.quotas.guard import Seat
from gongjiang.rules.rounds.narrowing import propose
from gongjiang.rules.rounds.picks import check_picks
from gongjiang.rules.rounds.rank import Entry, Key, Ranking, rank

KEY = Key("total", "总分")
HEADS = Seat("heads", "企业负责人", (), 1)


def order(*scores: object) -> Ranking:
    return rank([Entry(chr(97 + i), (score,)) for i, score in enumerate(scores)], [KEY])


def texts(ranking: Ranking, picks: str, size: int, reasons: dict[str, str] | None = None, **more: object) -> list[str]:
    """`!` before a refusal."""
    decision = check_picks(ranking, list(picks), reasons or {}, size, **more)
    return ["" if decision.allowed else "!", *(f"{one.subject} {one.text}" for one in decision.reasons)]


def test_the_proposal_itself_and_fewer_are_in_order() -> None:
    assert texts(order(90, 80, 70), "ab", 2) == [""]
    assert texts(order(90, 80, 70), "a", 2) == [""]
    assert texts(order(90, 80, 70), "", 2) == [""]


def test_a_pick_out_of_order_carries_a_reason() -> None:
    assert texts(order(90, 80, 70), "ac", 2) == ["!", "c 第3名不在按名次建议之列，越过第2名，须写明理由。"]
    assert texts(order(90, 80, 70), "ac", 2, {"c": "  "})[0] == "!"
    assert texts(order(90, 80, 70), "ac", 2, {"c": "现场答辩突出"}) == [
        "",
        "c 第3名不在按名次建议之列，越过第2名，理由：现场答辩突出",
    ]


def test_passing_over_somebody_with_places_left_is_out_of_order_too() -> None:
    assert texts(order(90, 80, 70), "ac", 3)[0] == "!"


def test_among_equals_people_choose_freely() -> None:
    ranking = order(90, 80, 80, 80, 70)
    assert texts(ranking, "adb", 3) == [""]
    assert texts(ranking, "ace", 3)[0] == "!"


def test_take_none_leaves_the_tie_out() -> None:
    ranking = order(90, 80, 80, 70)
    assert texts(ranking, "ab", 2, at_cut="take_none")[0] == "!"
    assert texts(ranking, "a", 2, at_cut="take_none") == [""]


def test_take_all_lets_the_list_grow() -> None:
    ranking = order(90, 80, 80, 70)
    assert texts(ranking, "abc", 2, at_cut="take_all") == [""]
    assert texts(ranking, "abcd", 2, at_cut="take_all")[1] == " 最多列入3个，现为4个，请减少1个。"


def test_a_pool_excuses_whom_it_refuses_and_refuses_beyond() -> None:
    seats = {"a": [HEADS], "b": [HEADS]}
    assert texts(order(90, 80, 70), "ac", 2, seats=seats) == [""]
    assert texts(order(90, 80, 70), "ab", 2, {"b": "理由"}, seats=seats) == [
        "!",
        "b 企业负责人已满1个名额，不能再列入。",
    ]


def test_impossible_picks() -> None:
    ranking = order(90, 80)
    assert texts(ranking, "ax", 2) == ["!", "x 不在本阶段名单内，不能列入。"]
    assert texts(ranking, "aa", 2) == ["!", " 同一对象列入了两次。"]
    assert texts(ranking, "ab", 1)[1] == " 最多列入1个，现为2个，请减少1个。"
    assert texts(ranking, "a", 2, exactly=True) == ["!", " 须列入2个，现为1个。"]


def test_an_open_case_needs_a_reason() -> None:
    assert texts(order(90, UNKNOWN), "b", 1) == ["!", "b 名次未定的对象列入名单，须写明理由。"]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=7), st.integers(0, 7), st.integers(0, 127))
def test_what_rank_proposes_needs_no_reason(scores: list[int], size: int, mask: int) -> None:
    ranking = order(*scores)
    seats = {chr(97 + i): [HEADS] for i in range(len(scores)) if mask >> i & 1}
    proposal = propose(ranking, size, seats)
    assert check_picks(ranking, sorted(proposal.kept_cases), {}, size, seats).allowed


@given(st.lists(st.integers(0, 4), min_size=2, max_size=7, unique=True), st.data())
def test_any_other_set_of_the_same_size_needs_one(scores: list[int], data: st.DataObject) -> None:
    ranking = order(*scores)
    size = data.draw(st.integers(1, len(scores) - 1))
    picks = data.draw(st.permutations(sorted(ranking.cases)))[:size]
    assert check_picks(ranking, picks, {}, size).allowed is (set(picks) == propose(ranking, size).kept_cases)


@pytest.mark.ledger("X-02")
def test_a_reason_stays_with_the_case_it_is_about() -> None:
    decision = check_picks(order(90, 80, 70), ["c"], {"c": "理由甲"}, 1, clause="五(二)2")
    assert [(one.subject, one.clause, one.force) for one in decision.reasons] == [("c", "五(二)2", "soft")]
