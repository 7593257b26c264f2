"""Ranking: worked numbers, ties, open cases, and the laws that no id or input order may break."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN, Truth
from gongjiang.rules.rounds.rank import Entry, Key, Ranking, rank

SCORE = Key("total", "总分")
YEARS = Key("years_in_trade", "从事年限")


def places(ranking: Ranking) -> dict[str, int]:
    return {case: rung.number for rung in ranking.rungs for case in rung.cases}


def test_worked_example() -> None:
    """(88, 20), (88, 22), (88, 20), (91, 3) → 4th; 2nd; 1st and 3rd equal."""
    entries = [Entry("1", (88, 20)), Entry("2", (88, 22)), Entry("3", (88, 20)), Entry("4", (91, 3))]
    ranking = rank(entries, [SCORE, YEARS])
    assert [(rung.number, set(rung.cases), rung.decided) for rung in ranking.rungs] == [
        (1, {"4"}, "总分 91"),
        (2, {"2"}, "总分 88"),
        (3, {"1", "3"}, "从事年限 20"),
    ]


def test_competition_numbers() -> None:
    entries = [Entry("a", (90,)), Entry("b", (90,)), Entry("c", (80,))]
    assert places(rank(entries, [SCORE])) == {"a": 1, "b": 1, "c": 3}


@pytest.mark.ledger("G-13")
def test_a_preference_decides_only_between_equals() -> None:
    keys = [SCORE, Key("city_trainee", "已公布的培育对象优先")]
    entries = [Entry("a", (90, Truth.FALSE)), Entry("b", (90, Truth.TRUE)), Entry("c", (91, Truth.FALSE))]
    ranking = rank(entries, keys)
    assert places(ranking) == {"c": 1, "b": 2, "a": 3}
    assert ranking.rungs[2].decided == "已公布的培育对象优先 否"


def test_the_order_sent_up_is_low_first() -> None:
    entries = [Entry("a", (3,)), Entry("b", (1,))]
    assert places(rank(entries, [Key("order", "推荐次序", low=True)])) == {"b": 1, "a": 2}


def test_open_cases_stand_apart_and_are_never_last() -> None:
    entries = [
        Entry("a", (Interval(Fraction(379, 10), Fraction(779, 10)), 1)),
        Entry("b", (Interval.point(60), 1)),
        Entry("c", (UNKNOWN, 1)),
    ]
    ranking = rank(entries, [SCORE, YEARS])
    assert places(ranking) == {"b": 1}
    assert [(one.case, one.key, one.sentence) for one in ranking.open] == [
        ("a", "total", "总分未定[37.9, 77.9]，暂不排名"),
        ("c", "total", "总分未定，暂不排名"),
    ]
    assert ranking.number_of("a") is None
    assert ranking.cases == {"a", "b", "c"}


def test_a_later_key_is_asked_only_of_equals() -> None:
    keys = [SCORE, YEARS]
    assert places(rank([Entry("a", (90, UNKNOWN)), Entry("b", (80, UNKNOWN))], keys)) == {"a": 1, "b": 2}
    ranking = rank([Entry("a", (90, UNKNOWN)), Entry("b", (90, 7)), Entry("c", (95, UNKNOWN))], keys)
    assert places(ranking) == {"c": 1, "b": 2}
    assert [one.case for one in ranking.open] == ["a"]


def test_ties_wait_for_a_meeting_or_a_draw_until_it_is_recorded() -> None:
    entries = [Entry("a", (90,)), Entry("b", (90,)), Entry("c", (80,))]
    waiting = rank(entries, [SCORE], ties="meeting")
    assert [(rung.number, rung.needs) for rung in waiting.rungs] == [(1, "meeting"), (3, "")]
    assert rank(entries, [SCORE], ties="draw").rungs[0].needs == "draw"
    decided = rank(entries, [SCORE], ties="meeting", settled=["b", "a"])
    assert places(decided) == {"b": 1, "a": 2, "c": 3}
    assert decided.rungs[1].decided == "同分后另定次序"
    assert rank(entries, [SCORE], ties="meeting", settled=["b"]) == waiting
    assert rank(entries, [SCORE], ties="equal", settled=["b", "a"]).rungs[0].cases == {"a", "b"}


def test_without_keys_all_are_equal() -> None:
    assert places(rank([Entry("a", ()), Entry("b", ())], [])) == {"a": 1, "b": 1}
    assert rank([], [SCORE]).rungs == ()


def test_misuse_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        rank([Entry("a", (1,)), Entry("a", (2,))], [SCORE])
    with pytest.raises(ValueError, match="one value a key"):
        rank([Entry("a", (1, 2))], [SCORE])


POINTS = st.one_of(st.integers(0, 2), st.just(UNKNOWN))
ROWS = st.lists(st.tuples(POINTS, st.sampled_from(list(Truth))), max_size=7)


@given(ROWS, st.randoms(use_true_random=False))
def test_neither_order_of_input_nor_names_matter(rows: list, random) -> None:
    keys = [SCORE, Key("second", "第二", low=True)]
    entries = [Entry(str(i), values) for i, values in enumerate(rows)]
    before = rank(entries, keys)
    names = [str(i) for i in range(len(rows))]
    random.shuffle(names)
    renamed = [Entry(f"x{names[i]}", values) for i, values in enumerate(rows)]
    random.shuffle(renamed)
    after = rank(renamed, keys)
    back = {f"x{names[i]}": str(i) for i in range(len(rows))}
    assert places(before) == {back[case]: number for case, number in places(after).items()}
    assert {one.case for one in before.open} == {back[one.case] for one in after.open}
    assert [rung.decided for rung in before.rungs] == [rung.decided for rung in after.rungs]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8))
def test_a_place_is_one_more_than_the_number_of_better_cases(rows: list) -> None:
    entries = [Entry(str(i), values) for i, values in enumerate(rows)]
    got = places(rank(entries, [SCORE, YEARS]))
    assert got == {str(i): 1 + sum(other > values for other in rows) for i, values in enumerate(rows)}
