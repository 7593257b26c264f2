"""Figures from files: units as people call them, bad rows told by row and cell, the rest read."""

import pytest

from gongjiang.catalogue.packs import find, load_text
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.quotas.allocation import allocation_spec
from gongjiang.services.quotas.counts import numbers, read_counts

PACK = load_text(find("national-2024"))
SPECS = [allocation_spec(PACK, one, {}) for one in PACK.allocations]

CSV = """各地产业工人数量
推荐单位,产业工人数量（万人）
北 京,520
广西壮族自治区总工会,"1,200.5"
新疆生产建设兵团,60
铁路,180
金融,多
山东,-3
示例,5
河南,
"""


def test_units_as_people_call_them() -> None:
    found = read_counts(CSV.encode(), SPECS)
    assert found.texts == {
        "provinces": {"北京": {"workers": "520"}, "广西": {"workers": "1200.5"}},
        "industries": {"铁路": {"workers": "180"}},
    }
    assert [one.split("：")[0] for one in found.problems] == [
        "第5行",
        "第7行 B列（所属行业的产业工人数量）",
        "第8行 B列（产业工人数量）",
    ]
    assert {unit: float(row["workers"]) for unit, row in numbers(SPECS, found.texts)["provinces"].items()} == {
        "北京": 520,
        "广西": 1200.5,
    }


def test_a_file_without_such_columns() -> None:
    with pytest.raises(BadInput, match="须有“单位”一列和因素各列"):
        read_counts("姓名,年龄\n何焊平,30\n".encode(), SPECS)
