"""Tiers on the line of figures: what no tier holds, what two do; every figure is told exactly once."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.rules.quotas.tiers import Span, TierSpec, cells, doubled, holding, uncovered


def tier(places: int, low: int = 0, high: int | None = None, *, low_in: bool = True, high_in: bool = True) -> TierSpec:
    top = None if high is None else Fraction(high)
    return TierSpec("", Span(Fraction(low), low_in, top, high_in), places)


ANNEX = (tier(10, 2000), tier(8, 1000, 1500), tier(6, 500, 1000), tier(5, 100, 500), tier(3, 0, 100))


def test_the_annex_leaves_out_1500_to_2000_and_has_its_bounds_twice() -> None:
    assert [one.text("万人") for one in uncovered(ANNEX)] == ["1500至2000万人之间（不含两端）"]
    assert [span.text("万人") for span, _ in doubled(ANNEX)] == ["恰为100万人", "恰为500万人", "恰为1000万人"]
    assert [[one.places for one in held] for _, held in doubled(ANNEX)] == [[5, 3], [6, 5], [8, 6]]


def test_ends_that_do_not_belong() -> None:
    tiers = (tier(2, 10, low_in=False), tier(1, 0, 10, high_in=False))
    assert [one.text() for one in uncovered(tiers)] == ["恰为10"]
    assert holding(tiers, Fraction(10)) == ()
    assert [one.text("人") for one in (tiers[0].span, tiers[1].span) if one] == ["10人以上（不含10人）", "不满10人"]


def test_a_tier_told_by_a_word_holds_nothing_for_certain() -> None:
    assert holding((TierSpec("较多", None, 6),), Fraction(5)) == ()
    assert TierSpec("较多", None, 6).text("万人") == "较多6名"


ENDS = st.integers(0, 12)
TIERS = st.lists(
    st.builds(
        lambda low, more, places, low_in, high_in: tier(
            places, low, None if more is None else low + more, low_in=low_in, high_in=high_in
        ),
        ENDS, st.none() | ENDS, st.integers(0, 3), st.booleans(), st.booleans(),
    ),
    max_size=5,
)  # fmt: skip


@settings(deadline=None)
@given(TIERS, st.fractions(0, 30, max_denominator=4))
def test_each_figure_lies_in_one_cell_that_says_its_tiers(tiers: list[TierSpec], figure: Fraction) -> None:
    found = [held for span, held in cells(tiers) if span.holds(figure)]
    assert found == [holding(tiers, figure)]
    assert any(one.holds(figure) for one in uncovered(tiers)) is (holding(tiers, figure) == ())
