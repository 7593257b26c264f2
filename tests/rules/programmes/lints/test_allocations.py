"""Allocations that can't be carried out are refused at the word that is wrong."""

from typing import Any

import pytest
from tests.unseen.packing import refused

TIER = {"at_least": 10, "places": 2}
FACTOR = [{"id": "workers", "label": "职工数"}]


@pytest.mark.parametrize(
    ("said", "code", "text"),
    [
        ({"tiers": [TIER], "total": 5, "factors": FACTOR}, "allocation.way", "请分成两项"),
        ({"tiers": [TIER]}, "allocation.way", "没有写依据什么因素"),
        ({"fixed": {"甲": 2}, "feeds": True}, "allocation.way", "须写明生成哪张表"),
        ({"tiers": [{"at_least": 9, "above": 9, "places": 2}], "factors": FACTOR}, "allocation.number", "只能写一个"),
        ({"tiers": [{"at_least": 9, "at_most": 5, "places": 2}], "factors": FACTOR}, "allocation.number", "下界高于"),
        ({"tiers": [{"at_least": "多", "places": 2}], "factors": FACTOR}, "allocation.number", "须是数"),
        ({"tiers": [{"places": "2.5"}], "factors": FACTOR}, "allocation.number", "不为负的整数"),
        ({"total": 5, "least": 3, "most": 2, "factors": FACTOR}, "allocation.number", "下限高于上限"),
        ({"total": 5, "factors": [{"id": "a", "weight": "60%"}, {"id": "b", "weight": "30%"}]}, "allocation.weights",
         "权重合计90%"),
        ({"total": 5, "factors": [{"id": "a", "type": "text"}]}, "allocation.weights", "不能参与计算"),
    ],
)  # fmt: skip
def test_refused(said: dict[str, Any], code: str, text: str) -> None:
    told = refused({"allocations": [{"id": "a", "assumed": "测试", **said}]})
    assert any(one.code == code and text in one.text for one in told), [(one.code, one.text) for one in told]


def test_units_are_rows_of_the_table() -> None:
    tables = {"places": {"by": ["case.nominator"], "assumed": "测试", "rows": {"甲区": 2, "乙县": 1}}}
    both = [
        {"id": "one", "assumed": "测试", "table": "places", "fixed": {"甲区": 2, "甲乡": 1}},
        {"id": "two", "assumed": "测试", "table": "places", "units": ["甲区"], "factors": ["职工数"]},
    ]
    told = [one.text for one in refused({"tables": tables, "allocations": both}) if one.code == "allocation.units"]
    assert [text[:20] for text in told] == ["名额表“places”里没有“甲乡”。"[:20], "“甲区”已在名额分配“one”里。"[:20]]
