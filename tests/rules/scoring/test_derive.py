"""The arithmetic on the page is the arithmetic of the tree."""

from fractions import Fraction

import pytest
from tests.rules.scoring.plain import Plain

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.scoring.derive import aggregated, derived
from gongjiang.rules.scoring.tree import score


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("mean", "(8 + 8.5 + 9.5) ÷ 3"),
        ("drop_ends", "去掉最高 9.5、最低 8；(8.5) ÷ 1"),
        ("median", "8、8.5、9.5，取中位数"),
        ("sum", "8 + 8.5 + 9.5"),
    ],
)
def test_how_several_scores_become_one(how: str, told: str) -> None:
    assert aggregated([Fraction(19, 2), Fraction(8), Fraction(17, 2)], how) == told


def test_a_tree_from_the_leaves_up() -> None:
    node = ScoreNode.model_validate(
        {
            "id": "total", "label": "总分", "round_to": 1,
            "of": [
                {"id": "craft", "label": "手艺", "judged": {"by": "jury"}, "max": 10},
                {"id": "extra", "label": "加分", "max": 5, "of": [
                    {"id": "a", "label": "竞赛", "give": 4}, {"id": "b", "label": "发明", "give": 3},
                ]},
            ],
        }
    )  # fmt: skip
    scored = score(node, Plain(scores={"craft": Interval.point(Fraction(26, 3))}))
    steps = derived(node, scored, {"craft": "(8 + 8.5 + 9.5) ÷ 3"}, lambda value: value)
    assert [(one.label, one.how, one.result, one.depth) for one in steps] == [
        ("手艺", "(8 + 8.5 + 9.5) ÷ 3", "8.6667", 1),
        ("竞赛", "按所填内容计分", "4", 2),
        ("发明", "按所填内容计分", "3", 2),
        ("加分", "4 + 3；以上下限为准 7 → 5", "5", 1),
        ("总分", "8.6667 + 5；四舍五入到 1 位小数", "13.7", 0),
    ]
