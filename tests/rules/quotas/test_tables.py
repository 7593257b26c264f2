"""Tables of places: shapes that are taken, and damage that is named."""

import pytest

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.quotas.limits import read_bound
from gongjiang.rules.quotas.tables import read_limits


def test_rows_of_every_shape() -> None:
    limits = read_limits({"甲": 6, "乙": {"places": 9, "includes": {"丙": 3}}, "丁": {"split": {"戊": 8, "己": 8}}})
    assert {key[0]: int(n) for key, n in limits.rows.items()} == {"甲": 6, "乙": 9, "丙": 3, "戊": 8, "己": 8}
    assert limits.within == {"丙": "乙"}
    assert limits.total == 31
    assert limits.limit(("丁",)) == 0


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ({"乙": {"places": 2, "includes": {"丙": 3}}}, "“乙”所含名额超过本行名额"),
        ({"甲": 1, "丁": {"split": {"甲": 8}}}, "“甲”在表中出现两次"),
        ({"甲": {"place": 1}}, "“甲”须为数、places/includes 或 split"),
        ({"甲": "30%"}, "“甲”的名额须为整数"),
        ({"甲": "1.5"}, "名额须为不小于零的整数，现为 1.5"),
        ({"甲": -1}, "名额须为不小于零的整数，现为 -1"),
        ({"甲": True}, "名额须为整数或百分数，现为 True"),
    ],
)
def test_damage_is_named(rows: dict, text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_limits(rows)
    assert caught.value.text == text


def test_a_missing_level_is_named() -> None:
    with pytest.raises(BadInput, match="“甲”少一层键"):
        read_limits({"甲": 3}, depth=2)


def test_floats_are_no_bounds() -> None:
    with pytest.raises(BadInput):
        read_bound("at_most", 1.5)
