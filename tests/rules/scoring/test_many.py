"""A scoring tree over many people gives everybody the interval that it gives one by one."""

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.programmes.small_world import WORDS

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.vector import TablePeople
from gongjiang.rules.scoring.adapt import score_case
from gongjiang.rules.scoring.many import score_people

AMOUNTS = st.sampled_from([0, 2, "1.5", "$min_years"])
LEAVES = st.one_of(
    st.builds(
        lambda points, above, how: {"rate": {"field": "years", "points": points, "above": above, "round": how}},
        AMOUNTS, AMOUNTS, st.sampled_from(["down", "up", "half_up"]),
    ),
    st.builds(lambda points: {"rate": {"field": "patents", "first": points, "each_more": 1}}, AMOUNTS),
    st.builds(lambda points: {"give": points, "when": {"field": "level", "at_least": "技师"}, "else": 1}, AMOUNTS),
    st.sampled_from([{"lookup": "by_owner"}, {"judged": {"by": "jury"}}, {"give": 3}, {"import": "years"},
                     {"rows": "contests", "per_row": {"give": 2}}]),
)  # fmt: skip
SHAPES = st.fixed_dictionaries(
    {"max": st.sampled_from([10, "7.5"])},
    optional={"start": AMOUNTS, "min": st.just(1), "weight": st.sampled_from(["30%", "-1", 2]), "round_to": st.just(1)},
)


@st.composite
def trees(draw: st.DrawFn) -> ScoreNode:
    """Two levels, any leaves."""
    leaves = draw(st.lists(st.tuples(LEAVES, SHAPES), min_size=1, max_size=4))
    of = [{"id": f"n{n}", **leaf, **shape} for n, (leaf, shape) in enumerate(leaves)]
    inner = {
        "id": "inner",
        "of": of,
        "take": draw(st.sampled_from(["sum", "highest", "lowest", "mean"])),
        **draw(SHAPES),
    }
    return ScoreNode.model_validate({"id": "total", "of": [inner], **draw(SHAPES)})


def column(values: list[Any], kind: Any) -> st.SearchStrategy[pl.Series]:
    """Three people's values, some missing."""
    return st.lists(st.sampled_from([None, *values]), min_size=3, max_size=3).map(
        lambda one: pl.Series(one, dtype=kind)
    )


@given(
    trees(),
    st.booleans(),
    st.fixed_dictionaries({
        "years": column([0.0, 4.99, 5.0, 12.5, 9e14, 0.001], pl.Float64), "patents": column([0, 1, 3, 2**61], pl.Int64),
        "level": column(["高级工", "技师"], pl.String), "owner": column(["民营企业", "公有制"], pl.String),
        "case.route": column(["自荐", "推荐"], pl.String),
    }),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_many_score_as_one_does(tree: ScoreNode, submitted: bool, given_columns: dict[str, pl.Series]) -> None:
    people = TablePeople(Facts(WORDS, submitted=submitted), pl.DataFrame(given_columns))
    found = score_people(tree, people, kind="").coded()
    alone: list[Interval] = [score_case(tree, people.facts(n), kind="").interval for n in range(3)]
    assert [found.values[code] for code in found.codes] == alone
