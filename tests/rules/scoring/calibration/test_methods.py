"""Calibration over synthetic panels of known qualities, and the exact things: order, refusal, by hand, apart."""

from fractions import Fraction
from functools import cache
from statistics import mean

import numpy as np
import pytest
from benchmarks.support.agreement import recall, tau, top
from benchmarks.support.panels import PLACES, World, colluding, panel, strong_panel
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.rules.scoring.calibration import (
    ADVISED,
    METHODS,
    Mark,
    Marks,
    Method,
    band,
    calibrated,
    chances,
    side_by_side,
)
from gongjiang.rules.scoring.calibration.chances import Chance, ranks_of
from gongjiang.rules.scoring.calibration.model import fitted

SEEDS = range(5)


KINDS = {
    "biased": panel,
    "fair": lambda seed: panel(seed, biased=False),
    "own": lambda seed: colluding(seed, one_list=False),
    "common": lambda seed: colluding(seed, one_list=True),
    "bridged": lambda seed: strong_panel(seed, bridges=True),
}


@cache
def judged(kind: str, seed: int) -> tuple[World, dict[str, np.ndarray]]:
    """A world, and its nominees' scores by each method."""
    world = KINDS[kind](seed)
    marks = world.marks
    found = {
        "mean": scored(marks, "mean"),
        ADVISED: scored(marks, ADVISED),
        "plain additive": fitted(marks, scaled=False, robust=False).quality,
    }
    return world, found


def scored(marks: Marks, method: str) -> np.ndarray:
    if method == "mean":
        scores = {case: mean(one.value for one in held) for case, held in marks.by_case.items()}
    else:
        scores = dict(calibrated(marks, method).scores)
    return np.array([float(scores[case]) for case in marks.cases])


def gain(kind: str, over: str = "mean", seeds: range = SEEDS) -> float:
    """How much more the advised method agrees with the truth (Kendall's τ)."""
    worlds = [judged(kind, seed) for seed in seeds]
    return mean(tau(found[ADVISED], one.quality) - tau(found[over], one.quality) for one, found in worlds)


def test_the_advised_method_beats_the_mean_under_bias() -> None:
    assert gain("biased", seeds=range(14)) >= 0.065
    worlds = [judged("biased", seed) for seed in range(14)]
    more = [
        recall(found[ADVISED], one.quality, PLACES) - recall(found["mean"], one.quality, PLACES)
        for one, found in worlds
    ]
    assert mean(more) >= 0.05


def test_without_bias_it_loses_next_to_nothing() -> None:
    assert gain("fair") >= -0.002


@pytest.mark.parametrize("kind", ["own", "common"])
def test_colluders_gain_little(kind: str) -> None:
    assert gain(kind, "plain additive") >= 0.015
    worlds = [judged(kind, seed) for seed in SEEDS]
    intruders = {
        method: sum(len(top(found[method], PLACES) & one.favoured) for one, found in worlds)
        for method in (ADVISED, "mean")
    }
    assert intruders[ADVISED] <= 0.75 * intruders["mean"]


def test_rank_intervals_hold_what_they_promise() -> None:
    covered = []
    for seed in SEEDS:
        world, _ = judged("biased", seed)
        found = chances(world.marks, fitted(world.marks, scaled=True), PLACES)
        truth = ranks_of(world.quality[None])[0]
        held = zip(world.marks.cases, truth, strict=True)
        covered.append(mean(int(found[case].first <= rank <= found[case].last) for case, rank in held))
    assert 0.88 <= mean(covered) <= 0.95


def test_a_strong_panel_is_refused_until_it_is_bridged() -> None:
    apart = side_by_side(strong_panel(0, bridges=False).marks.marks).results[ADVISED]
    assert not apart.decision.allowed
    assert apart.scores == {}
    (reason,) = apart.decision.reasons
    assert reason.text.startswith("评分分成互不相连的2块，没有共同的专家")
    (bridge,) = apart.bridges
    assert len(bridge.cases) == 5
    assert f"请{bridge.judge}加评{'、'.join(bridge.cases)}" in reason.text
    assert gain("bridged") >= 0.08


def test_what_was_asked_for_mends_the_design() -> None:
    world = strong_panel(0, bridges=False).marks
    (bridge,) = side_by_side(world.marks).results[ADVISED].bridges
    more = [Mark(case, bridge.judge, Fraction(80)) for case in bridge.cases]
    assert side_by_side([*world.marks, *more]).results[ADVISED].decision.allowed


def test_a_bridge_is_nobody_who_is_barred() -> None:
    marks = strong_panel(0, bridges=False).marks
    (bridge,) = side_by_side(marks.marks).results[ADVISED].bridges
    everybody = {(judge, case) for judge in marks.judges for case in marks.cases}
    (other,) = side_by_side(marks.marks, barred={(bridge.judge, case) for case in marks.cases}).results[ADVISED].bridges
    assert other.judge != bridge.judge
    none = side_by_side(marks.marks, barred=everybody).results[ADVISED]
    assert none.bridges == ()
    assert none.decision.reasons[0].text.endswith("需要能跨块评分的专家。")


def test_any_score_comes_out_by_hand_from_the_printed_numbers() -> None:
    marks = panel(0).marks
    result = side_by_side(marks.marks).results["linear"]
    page = result.page
    assert page is not None
    case = marks.by_case["c000"]
    weight = sum(page.judges[one.judge].weight for one in case)
    told = sum(
        page.judges[one.judge].weight
        * (page.centre + (one.value - page.judges[one.judge].gives) / page.judges[one.judge].scale)
        for one in case
    )
    assert result.scores["c000"] == (told + page.prior_weight * page.centre) / (weight + page.prior_weight)
    assert page.lines(case) == (
        "j06：79.27 + (91.38 − 80.66) ÷ 1.02 = 89.78，分量0.95",
        "j08：79.27 + (86.71 − 74.01) ÷ 1.15 = 90.31，分量1.19",
        "j09：79.27 + (87.93 − 77.76) ÷ 1.16 = 88.04，分量1.23",
        "j14：79.27 + (89.67 − 79.51) ÷ 0.84 = 91.37，分量0.64",
        "j23：79.27 + (80.79 − 78.68) ÷ 0.77 = 82.01，分量0.54",
        "(403.81 + 0.27 × 79.27) ÷ (4.55 + 0.27) = 88.22",
    )


SMALL = [Mark(case, judge, Fraction(value)) for case, judge, value in [
    ("甲", "一", 90), ("甲", "二", 80), ("甲", "三", 85), ("乙", "一", 88), ("乙", "二", 78), ("乙", "三", 83),
    ("丙", "一", 70), ("丙", "二", 60), ("丙", "三", 68),
]]  # fmt: skip


def test_plain_methods_are_exact() -> None:
    results = side_by_side(SMALL).results
    assert results["mean"].scores == {"甲": 85, "乙": 83, "丙": 66}
    assert results["drop_ends"].scores == {"甲": 85, "乙": 83, "丙": 68}
    assert results["mean"].places == {"甲": 1, "乙": 2, "丙": 3}


def test_equal_scores_share_a_place() -> None:
    marks = [Mark(case, judge, Fraction(80)) for case in "甲乙丙" for judge in "一二三"]
    for method in METHODS:
        assert side_by_side(marks).results[method].places == {"甲": 1, "乙": 1, "丙": 1}


def test_whoever_is_open_stands_apart() -> None:
    found = side_by_side(SMALL, undecided={"丙"})
    assert found.undecided == {"丙"}
    for result in found.results.values():
        assert "丙" not in result.scores
    two = [one for one in SMALL if (one.case, one.judge) != ("丙", "三")]
    assert side_by_side(two).results["drop_ends"].undecided == {"丙"}


def test_too_few_marks_are_refused() -> None:
    lone = [Mark(case, "一", Fraction(80)) for case in "甲乙丙"]
    for method in ("additive", "linear"):
        result = side_by_side(lone).results[method]
        assert [one.text[:4] for one in result.decision.reasons] == ["评分太少"]
        assert result.undecided == {"甲", "乙", "丙"}


def test_a_judge_marks_a_case_once() -> None:
    with pytest.raises(ValueError, match="two marks"):
        side_by_side([*SMALL, SMALL[0]])


@settings(max_examples=5)
@given(st.randoms(use_true_random=False))
def test_neither_order_nor_names_decide(chance: object) -> None:
    marks = list(panel(3).marks.marks)[:200]
    names = [f"n{n}" for n in range(120)]
    shuffled = list(marks)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(names)  # type: ignore[attr-defined]
    called = {case: names[at] for at, case in enumerate(sorted({one.case for one in marks}))}
    once = side_by_side(marks).results
    again = side_by_side(Mark(called[one.case], one.judge, one.value) for one in shuffled).results
    for method in METHODS:
        assert {called[case]: score for case, score in once[method].scores.items()} == dict(again[method].scores)


def test_a_case_everybody_calls_best_is_surely_selected() -> None:
    marks = [Mark(f"c{at}", f"j{n}", Fraction(50 + 10 * at + n)) for at in range(4) for n in range(6)]
    held = Marks.of(marks)
    found = chances(held, fitted(held, scaled=False), 1)
    assert found["c3"] == Chance(1, 1, 1.0)
    assert found["c0"] == Chance(4, 4, 0.0)
    assert band(found) == frozenset()


@pytest.mark.parametrize("method", ["additive", "linear"])
def test_a_judge_who_gives_everybody_100_moves_nobody(method: Method) -> None:
    honest = [Mark(f"c{n}", f"j{j}", Fraction(70 + 3 * n + j)) for n in range(6) for j in range(2)]
    flat = [Mark(f"c{n}", "flat", Fraction(100)) for n in range(6)]
    result = calibrated(Marks.of([*honest, *flat]), method)
    assert result.places == {f"c{n}": 6 - n for n in range(6)}
    assert result.page is not None
    assert result.page.judges["flat"].severity > 10
    held = side_by_side([*honest, *flat])
    assert held.results["mean"].scores["c0"] == Fraction(70 + 71 + 100, 3)
    assert held.results["drop_ends"].scores["c0"] == 71


@pytest.mark.parametrize("method", ["additive", "linear"])
def test_all_marks_alike_are_all_equal(method: Method) -> None:
    marks = [Mark(f"c{n}", f"j{j}", Fraction(100)) for n in range(4) for j in range(3)]
    result = calibrated(Marks.of(marks), method)
    assert result.places == dict.fromkeys(("c0", "c1", "c2", "c3"), 1)


def test_a_judge_of_one_part_only_who_gives_100_gains_it_nothing() -> None:
    """Half the cases are read by the flat judge: without calibration all of them would stand above the others."""
    marks = [Mark(f"c{n}", f"j{j}", Fraction(70 + n + j)) for n in range(8) for j in range(2)]
    marks += [Mark(f"c{n}", "flat", Fraction(100)) for n in range(4)]
    held = side_by_side(marks)
    assert held.results["mean"].places["c7"] > 4
    assert held.results["linear"].places["c7"] == 1
