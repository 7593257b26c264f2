"""The draw: greatest total, worst-off first, loads, chance and bridges, each against what can be counted by hand."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from random import Random

import numpy as np
import pytest
from benchmarks.support.crowded_panels import crowded, small
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.scoring.assignment import Terms, draw
from gongjiang.rules.scoring.assignment.arrays import Problem
from gongjiang.rules.scoring.assignment.bridges import parts_of
from gongjiang.rules.scoring.assignment.chance import Dice
from gongjiang.rules.scoring.assignment.fair import worst_off_first
from gongjiang.rules.scoring.assignment.flow import max_total
from gongjiang.rules.scoring.assignment.lottery import drawn


def names(kind: str, number: int) -> list[str]:
    return [f"{kind}{n}" for n in range(number)]


def affinities(rows: list[list[int]]) -> dict[str, dict[str, int]]:
    return {f"c{at}": {f"e{n}": value for n, value in enumerate(row)} for at, row in enumerate(rows)}


def worlds(problem: Problem) -> list[np.ndarray]:
    """Every assignment of a small problem within its upper loads."""
    cases, experts = problem.size
    choices = [
        list(combinations(np.flatnonzero(problem.allowed[at]).tolist(), int(problem.need[at]))) for at in range(cases)
    ]
    found = []
    for world in product(*choices):
        chosen = np.zeros((cases, experts), bool)
        for at, who in enumerate(world):
            chosen[at, list(who)] = True
        if (chosen.sum(0) <= problem.most).all():
            found.append(chosen)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_total_is_the_greatest_there_is(seed: int) -> None:
    problem = small(seed, 4)
    every = worlds(problem)
    found = max_total(problem)
    assert (found is not None) is bool(every)
    if found is not None:
        assert problem.total(found > 0) == max(problem.total(one) for one in every)


@pytest.mark.parametrize("seed", range(40))
def test_even_loads_come_first_then_the_total(seed: int) -> None:
    problem = small(seed, 4)
    every = worlds(problem)
    found = max_total(problem, even=True)
    if found is not None:
        squares = [int(((problem.before + one.sum(0)) ** 2).sum()) for one in every]
        evenest = [one for one, square in zip(every, squares, strict=True) if square == min(squares)]
        assert int(((problem.before + found.sum(0)) ** 2).sum()) == min(squares)
        assert problem.total(found > 0) == max(problem.total(one) for one in evenest)


def test_the_worst_off_is_raised_within_the_price() -> None:
    # c0 and c1 both want e0 and e1; the greatest total gives c0 both
    rows = [[900, 900, 0, 0], [880, 880, 0, 0]]
    plain = draw(["c0", "c1"], names("e", 4), Terms(2, 1, price=None), "s", affinity=affinities(rows))
    assert (plain.prices.total, plain.prices.worst_off) == (1800, 0)
    fair = draw(["c0", "c1"], names("e", 4), Terms(2, 1, price=Fraction(2, 100)), "s", affinity=affinities(rows))
    assert (fair.prices.total, fair.prices.worst_off, fair.prices.worst_off_at_greatest) == (1780, 880, 0)
    cheap = draw(["c0", "c1"], names("e", 4), Terms(2, 1, price=Fraction(1, 100)), "s", affinity=affinities(rows))
    assert (cheap.prices.total, cheap.prices.worst_off) == (1800, 0)


def test_a_crowded_panel_of_500() -> None:
    problem = crowded(500, 100)
    best = max_total(problem)
    assert best is not None
    total = problem.total(best > 0)
    fair = worst_off_first(problem, best > 0, total - total // 100, np.zeros(100, np.int64), problem.most)
    assert (total, int(problem.per_case(best > 0).min())) == (1842140, 831)
    assert (int(problem.per_case(fair).min()), problem.total(fair) >= total - total // 100) == (2147, True)
    assert not (fair & ~problem.allowed).any()
    assert (fair.sum(1) == 5).all()
    assert (fair.sum(0) <= problem.most).all()


def test_no_pair_is_likelier_than_the_cap_and_all_are_served() -> None:
    parts = np.array([[1, 2, 1, 2], [2, 1, 2, 1], [1, 1, 2, 2]])  # of 3: two experts each
    counted: Counter[tuple[int, int]] = Counter()
    for number in range(3000):
        found = drawn(parts, 3, Dice(str(number), "pairs"))
        assert found.sum(1).tolist() == [2, 2, 2]
        assert all(low // 3 <= load <= -(-low // 3) for low, load in zip(parts.sum(0), found.sum(0), strict=True))
        counted.update(zip(*(one.tolist() for one in np.nonzero(found)), strict=True))
    for row, column in product(range(3), range(4)):
        assert abs(counted[row, column] / 3000 - parts[row, column] / 3) < 0.035


def test_the_price_of_chance_is_shown() -> None:
    rows = [[1000, 1000, 500, 500], [1000, 1000, 500, 500]]
    found = draw(["c0", "c1"], names("e", 4), Terms(1, 1, cap=Fraction(1, 4)), "s", affinity=affinities(rows))
    assert (found.prices.greatest, found.prices.random) == (2000, Fraction(500))
    sure = draw(["c0", "c1"], names("e", 4), Terms(1, 1, cap=Fraction(1, 2)), "s", affinity=affinities(rows))
    assert sure.prices.random == 0


def test_panels_are_bridged_if_anybody_may() -> None:
    cases = [*names("a", 4), *names("b", 4)]
    experts = [*names("e", 3), *names("f", 3)]
    fits = {case: {one: 900 if (case[0] == "a") == (one[0] == "e") else 100 for one in experts} for case in cases}
    apart = draw(cases, experts, Terms(3, bridges=False), "s", affinity=fits)
    assert (apart.panels, apart.prices.total) == (2, 8 * 2700)
    joined = draw(cases, experts, Terms(3), "s", affinity=fits)
    assert (joined.panels, joined.prices.total) == (1, 8 * 2700 - 1600)
    barred = {case: {one: "不同工种" for one in experts if fits[case][one] == 100} for case in cases}
    assert draw(cases, experts, Terms(3), "s", affinity=fits, conflicts=barred).panels == 2


def test_parts_are_numbered_by_their_first_case() -> None:
    chosen = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0]], bool)
    cases, experts = parts_of(chosen)
    assert (cases.tolist(), experts.tolist()) == ([0, 1, 0], [0, 1, -1])


def test_cases_that_share_too_few_experts_are_named() -> None:
    conflicts = {f"c{n}": {"e2": "与人选同在一个单位", "e3": "与人选同在一个单位"} for n in range(3)}
    found = draw(names("c", 4), names("e", 4), Terms(2, 2), "s", conflicts=conflicts)
    assert found.experts == {}
    (reason,) = found.decision.reasons
    assert reason.text == (
        "c0、c1、c2（共3个对象）合计需6人次，可评的2位专家每位最多再评2个，只够4人次"
        "；其余专家不可评：与人选同在一个单位6位。请增加可评这些对象的专家或放宽上限。"
    )


def test_who_has_experts_already_gets_fewer() -> None:
    found = draw(names("c", 3), names("e", 4), Terms(2), "s", needs={"c0": 1, "c1": 0}, loads={"e0": 3})
    assert {case: len(who) for case, who in found.experts.items()} == {"c0": 1, "c1": 0, "c2": 2}
    assert found.loads == {"e0": 3, "e1": 1, "e2": 1, "e3": 1}


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"per_case": 0}, "每个对象的专家数"),
        ({"per_case": 1, "most": -1}, "每位专家最多评"),
        ({"per_case": 1, "price": Fraction(2)}, "让利比例"),
        ({"per_case": 1, "cap": Fraction(0)}, "配对概率上限"),
        ({"per_case": 1, "cap": Fraction(1, 1001)}, "配对概率上限"),
    ],
)
def test_terms_that_make_no_sense(wrong: dict, place: str) -> None:
    with pytest.raises(BadInput) as raised:
        Terms(**wrong)
    assert raised.value.place == place


def test_affinity_outside_its_scale_is_refused() -> None:
    with pytest.raises(BadInput, match="契合度"):
        draw(["c0"], ["e0"], Terms(1), "s", affinity={"c0": {"e0": 1001}})


def test_nobody_to_draw_from() -> None:
    assert draw(["c"], [], Terms(1), "s").decision.reasons[0].text == "还没有专家，请先增加专家。"
    assert draw([], ["e"], Terms(1), "s").loads == {"e": 0}


def test_a_cap_that_blocks_is_named() -> None:
    terms = Terms(4, cap=Fraction(1, 2))
    made = draw(["1", "2"], ["甲", "乙", "丙", "丁"], terms, "s")
    assert not made.decision.allowed
    assert [(one.subject, one.text) for one in made.decision.reasons] == [
        (case, "任何一对的概率至多50%时，需4位专家就须有8位可评，只有4位，请增加专家，或放宽配对概率的上限。")
        for case in ("1", "2")
    ]
    few = draw(["1", "2", "3"], ["甲", "乙", "丙", "丁"], Terms(2, 1, cap=Fraction(1, 2)), "s")
    assert "每位专家最多评1个" in few.decision.reasons[0].text
    assert draw(["1", "2"], ["甲", "乙", "丙", "丁"], Terms(2, cap=Fraction(1, 2)), "s").decision.allowed


@given(
    st.integers(1, 5), st.integers(1, 5), st.integers(1, 4), st.none() | st.integers(0, 4),
    st.sampled_from([None, Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]), st.randoms(use_true_random=False),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_what_cannot_be_drawn_is_always_explained(
    cases: int, experts: int, each: int, most: int | None, cap: Fraction | None, chance: Random
) -> None:
    rows, columns = [f"c{n}" for n in range(cases)], [f"e{n}" for n in range(experts)]
    barred = {row: {one: "回避" for one in columns if chance.random() < 0.3} for row in rows}
    made = draw(rows, columns, Terms(each, most, cap=cap), "s", conflicts=barred)
    if not made.decision.allowed:
        assert all(one.text for one in made.decision.reasons)
        assert made.decision.reasons
    else:
        assert all(
            len(set(made.experts[row])) == each and not set(made.experts[row]) & set(barred[row]) for row in rows
        )
