"""The page of a panel: what it says of panels whose truth is known."""

from fractions import Fraction

import pytest
from benchmarks.support.panels import colluding, panel

from gongjiang.rules.scoring.calibration import Mark, Marks
from gongjiang.rules.scoring.calibration.model import fitted
from gongjiang.rules.scoring.reliability import reliability

TABLE = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]


def test_a_full_table_has_intervals_and_w() -> None:
    marks = Marks.of(
        Mark(f"c{row}", f"j{at}", Fraction(value))
        for row, values in enumerate(TABLE)
        for at, value in enumerate(values)
    )
    found = reliability(marks)
    assert (round(found.single.value, 3), round(found.mean.value, 3), found.needed) == (0.290, 0.620, 10)
    assert found.w == pytest.approx(0.887, abs=5e-4)
    assert found.each == 4
    assert sum((found.shares.cases, found.shares.judges, found.shares.rest)) == pytest.approx(1)


def test_a_panel_where_each_case_has_judges_of_its_own() -> None:
    """Variances of 1, 0.64 and about 0.46 (chance and scale): a single mark's reliability is about a half."""
    found = reliability(panel(2).marks)
    assert found.w is None
    shares = (found.shares.cases, found.shares.judges, found.shares.rest)
    assert [round(one, 2) for one in shares] == [0.55, 0.21, 0.25]
    assert found.single.low < 0.5 < found.single.high
    assert found.needed in (4, 5)


def test_colluders_stand_out_by_their_fit() -> None:
    world = colluding(1, one_list=False)
    found = reliability(world.marks, fitted(world.marks, scaled=True))
    liked = {int(judge) for judge, value in zip(world.columns, world.values, strict=True) if value == 100}
    odd = {judge for judge, one in found.judges.items() if one.word == "打分与其他专家明显不一致"}
    assert {f"j{judge:02}" for judge in liked} <= odd
