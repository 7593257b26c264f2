"""Published examples, to the digits they print."""

import numpy as np
import pytest

from gongjiang.rules.scoring.reliability import judges_needed, kendall_w, stepped_up, two_way
from gongjiang.rules.scoring.reliability.agreement import one_way
from gongjiang.rules.scoring.reliability.distributions import beta_quantile, exact_interval, f_quantile

#: Shrout, Fleiss: Intraclass correlations, Psychological Bulletin 86 (1979), table 2: four ratings on six targets.
SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float)

#: The example `anxiety` of the R package irr (Gamer, Lemon, Singh): 20 subjects, three raters, many ties.
ANXIETY = np.array(
    [[3, 3, 2], [3, 6, 1], [3, 4, 4], [4, 6, 4], [5, 2, 3], [5, 4, 2], [2, 2, 1], [3, 4, 6], [5, 3, 1], [2, 3, 1],
     [2, 2, 1], [6, 3, 2], [1, 3, 3], [5, 3, 3], [2, 2, 1], [2, 2, 1], [1, 1, 3], [2, 3, 3], [4, 3, 2], [3, 4, 2]],
    float,
)  # fmt: skip


def test_shrout_and_fleiss_table_3_and_4() -> None:
    found = two_way(SHROUT_FLEISS)
    squares = (found.between_cases, found.between_judges, found.rest)
    assert [round(one, 2) for one in squares] == [11.24, 32.49, 1.02]
    assert (round(found.single.value, 2), round(found.mean.value, 2)) == (0.29, 0.62)


def test_shrout_and_fleiss_as_psych_prints_them() -> None:
    """R package psych (Revelle), help page of ICC: ICC2 0.29 (0.019, 0.76), ICC2k 0.62 (0.071, 0.93)."""
    found = two_way(SHROUT_FLEISS)
    assert (round(found.single.low, 3), round(found.single.high, 2)) == (0.019, 0.76)
    assert (round(found.mean.low, 3), round(found.mean.high, 2)) == (0.071, 0.93)


def test_judges_of_ones_own_as_psych_prints_them() -> None:
    """The same page: ICC1 0.17 (-0.133, 0.72)."""
    found = one_way(list(SHROUT_FLEISS))
    assert (round(found.value, 2), round(found.low, 3), round(found.high, 2)) == (0.17, -0.133, 0.72)
    uneven = one_way([np.array([1.0, 2.0]), np.array([5.0, 6.0, 7.0]), np.array([9.0])])
    assert 0.9 < uneven.value < 1
    with pytest.raises(ValueError, match="more marks"):
        one_way([np.array([1.0]), np.array([2.0])])


def test_anxiety_as_irr_prints_it() -> None:
    """icc(anxiety, "twoway", "agreement"): ICC(A,1) = 0.198, -0.039 < ICC < 0.494 (after McGraw and Wong 1996)."""
    found = two_way(ANXIETY).single
    assert (round(found.value, 3), round(found.low, 3), round(found.high, 3)) == (0.198, -0.039, 0.494)


def test_kendall_with_ties_as_irr_prints_it() -> None:
    """kendall(anxiety, TRUE): Wt = 0.54, chi-squared(19) = 30.8."""
    found = kendall_w(ANXIETY)
    assert round(found, 2) == 0.54
    assert round(3 * 19 * found, 1) == 30.8


def test_kendall_without_ties() -> None:
    """ProofWiki, Kendall's Coefficient of Concordance, arbitrary example 1: W = 1/16."""
    assert kendall_w(np.array([[1, 1, 2, 3], [3, 2, 3, 1], [2, 3, 1, 2]], float)) == pytest.approx(1 / 16, abs=1e-15)
    assert kendall_w(np.array([[1, 10], [2, 20], [3, 30]], float)) == 1
    with pytest.raises(ValueError, match="tells"):
        kendall_w(np.ones((3, 2)))


def test_spearman_and_brown() -> None:
    assert stepped_up(0.5, 4) == pytest.approx(0.8)
    assert judges_needed(0.5) == 4
    assert judges_needed(0.29) == 10
    assert judges_needed(0.9) == 1
    assert judges_needed(0) is None


@pytest.mark.parametrize(
    ("share", "above", "below", "printed"),
    [(0.95, 5, 10, 3.33), (0.95, 1, 1, 161.45), (0.975, 5, 15, 3.58), (0.99, 10, 20, 3.37), (0.95, 120, 120, 1.35)],
)
def test_table_of_f(share: float, above: int, below: int, printed: float) -> None:
    assert round(f_quantile(share, above, below), 2) == printed


def test_clopper_and_pearson() -> None:
    assert [round(one, 4) for one in exact_interval(0, 10)] == [0, 0.3085]
    assert [round(one, 4) for one in exact_interval(10, 10)] == [0.6915, 1]
    assert [round(one, 4) for one in exact_interval(1, 10)] == [0.0025, 0.4450]
    assert beta_quantile(0.5, 1, 1) == pytest.approx(0.5)


def test_too_small_a_table() -> None:
    with pytest.raises(ValueError, match="two"):
        two_way(np.ones((1, 3)))
