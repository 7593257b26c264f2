"""Experts' sheets: what is taken as typed, and several as one value."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.rules.scoring.aggregate import AGGREGATES, Sheet, aggregate, as_intervals, parse_score

TEN = Fraction(10)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8", 8),
        ("8.25", Fraction(33, 4)),
        ("８．５", Fraction(17, 2)),
        (" 9.50 ", Fraction(19, 2)),
        ("-0", 0),
        ("10", 10),
        ("９０", 90),
        ("−0", 0),
        ("100.00", 100),
    ],
)
def test_scores_as_typed(text: str, value: Fraction) -> None:
    assert parse_score(text, max(TEN, Fraction(value))) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "还没有打分。"),
        ("  ", "还没有打分。"),
        ("10.01", "不能高于10分。"),
        ("-1", "不能低于0分。"),
        ("8.255", "最多两位小数。"),
        ("NaN", "不是数字，请填写如 90 或 85.5 的数。"),
        ("inf", "不是数字，请填写如 90 或 85.5 的数。"),
        ("1e309", "不是数字，请填写如 90 或 85.5 的数。"),
        ("10.0000001", "不能高于10分。"),
        ("9.0000001", "最多两位小数。"),
        ("1e1", "不是数字，请填写如 90 或 85.5 的数。"),
        ("九", "不是数字，请填写如 90 或 85.5 的数。"),
        ("1,5", "不是数字，请填写如 90 或 85.5 的数。"),
    ],
)
def test_scores_that_are_refused(text: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_score(text, TEN, place="引领力")
    assert (caught.value.text, caught.value.place) == (message, "引领力")


def test_steps_of_a_half() -> None:
    assert parse_score("8.5", TEN, Fraction(1, 2)) == Fraction(17, 2)
    with pytest.raises(BadInput, match=r"须为0\.5的整数倍。"):
        parse_score("8.25", TEN, Fraction(1, 2))


def sheets(*scores: str, state: str = "submitted") -> list[Sheet]:
    return [Sheet(f"{state}{n}", {"lead": Fraction(score)}, state) for n, score in enumerate(scores)]


@pytest.mark.ledger("N-11")
@pytest.mark.parametrize(("how", "value"), [("mean", "8.5"), ("drop_ends", "8.75"), ("median", "8.75"), ("sum", "34")])
def test_ways_of_aggregation(how: str, value: str) -> None:
    (found,) = aggregate(sheets("9", "6.5", "8.5", "10"), ["lead"], how)
    assert found.value == Fraction(value)


def test_a_mean_stays_exact() -> None:
    (found,) = aggregate(sheets("8", "8", "9"), ["lead"])
    assert found.value == Fraction(25, 3)
    assert found.sentence == "8.33"


def test_too_few_sheets_leave_a_leaf_open() -> None:
    (found,) = aggregate(sheets("8", "9"), ["lead"], at_least=3)
    assert (found.value, found.sentence) == (None, "已有2份评分，还需1份")
    assert as_intervals([found]) == {}
    (ends,) = aggregate(sheets("8", "9"), ["lead"], "drop_ends")
    assert ends.value is None


def test_recused_void_and_draft_sheets_are_left_out() -> None:
    all_sheets = [
        *sheets("8", "9"),
        *sheets("1", state="recused"),
        *sheets("1", state="void"),
        *sheets("1", state="draft"),
    ]
    (found,) = aggregate(all_sheets, ["lead"])
    assert as_intervals([found]) == {"lead": Interval.point(Fraction(17, 2))}


def test_a_leaf_that_a_sheet_lacks_counts_for_the_others_only() -> None:
    both = [Sheet("a", {"lead": Fraction(8), "practice": Fraction(6)}), Sheet("b", {"lead": Fraction(9)})]
    assert [one.value for one in aggregate(both, ["lead", "practice"], at_least=2)] == [Fraction(17, 2), None]


def test_misuse() -> None:
    with pytest.raises(ValueError, match="two sheets"):
        aggregate([*sheets("8"), *sheets("8")], ["lead"])
    with pytest.raises(BadInput, match="不认识的汇总方式"):
        aggregate([], [], "best")


@given(
    st.lists(st.integers(0, 1000), min_size=3, max_size=9),
    st.sampled_from(AGGREGATES),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter_and_the_value_lies_between_the_ends(cents: list[int], how: str, random) -> None:
    found = [Sheet(str(n), {"x": Fraction(cent, 100)}) for n, cent in enumerate(cents)]
    (before,) = aggregate(found, ["x"], how)
    random.shuffle(found)
    (after,) = aggregate(found, ["x"], how)
    assert before == after
    if how != "sum":
        assert min(before.values) <= before.value <= max(before.values)
