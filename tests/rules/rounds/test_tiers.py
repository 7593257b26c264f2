"""Tiers filled from the best down, and bands of a score."""

from fractions import Fraction

import pytest

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.rounds.rank import Entry, Key, Ranking, rank
from gongjiang.rules.rounds.tiers import TierPlaces, band_of, fill_tiers

GOLD, STAR = TierPlaces("gold", "金匠星", 1), TierPlaces("star", "匠星", 2)


def order(*scores: int) -> Ranking:
    return rank([Entry(chr(97 + i), (score,)) for i, score in enumerate(scores)], [Key("total", "总分")])


def test_filled_from_the_best_down() -> None:
    filled = fill_tiers(order(90, 80, 70, 60), [GOLD, STAR])
    assert (filled.tiers, filled.left) == ({"a": "gold", "b": "star", "c": "star"}, {"d"})


def test_equals_never_get_different_tiers_by_themselves() -> None:
    filled = fill_tiers(order(90, 90, 70), [GOLD, STAR])
    assert filled.tiers == {}
    assert filled.tie is not None
    assert filled.tie.sentence == "第1名2个并列，“金匠星”只余1个，由会议确定"


def test_the_last_tier_may_take_all() -> None:
    filled = fill_tiers(order(90, 80, 80), [GOLD, TierPlaces("nominee", "提名奖")])
    assert filled.tiers == {"a": "gold", "b": "nominee", "c": "nominee"}


def test_a_tier_without_places_is_passed_over() -> None:
    assert fill_tiers(order(90), [TierPlaces("gold", "金", 0), STAR]).tiers == {"a": "star"}


@pytest.mark.parametrize(
    ("low", "high", "tier"),
    [(85, 85, "gold"), (84, 84, "star"), (69, 69, None), (70, 84, "star"), (84, 85, UNKNOWN), (60, 70, UNKNOWN)],
)
def test_bands(low: int, high: int, tier: object) -> None:
    bands = [(Fraction(70), "star"), (Fraction(85), "gold")]
    assert band_of(Interval(Fraction(low), Fraction(high)), bands) == tier
