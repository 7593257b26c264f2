"""A file screened by a pack that counts points: from facts alone, with rows, and by people."""

from datetime import date
from typing import Any

import pytest
from tests.unseen.packing import made

from gongjiang.services.screening.reading import read_people
from gongjiang.services.screening.screen import Screened, screen, shared_facts

ON = date(2026, 3, 31)
FILE = """姓名,years_in_trade,contests
何焊平,17.5,
岑铸山,8,"[{""rank"": 1}, {""rank"": 2}]"
温和礼,9.99,[]
陆试行,,
"""
YEARS = {"id": "years", "label": "年限", "rate": {"field": "years_in_trade", "above": 8, "points": "1.5"}, "max": 18}
WON = {"id": "won", "label": "竞赛", "rows": "contests", "per_row": {"give": 4}, "max": 12}
JURY = {"id": "jury_mark", "label": "评委", "judged": {"by": "jury"}, "max": 40}


def screened(*leaves: dict[str, Any], file: str = FILE) -> Screened:
    """The file by a small pack with a tree of these leaves and a pass line of 8 points."""
    check = {"score": "found", "at_least": 8}
    pack = made(
        {
            "scoring": [{"id": "found", "label": "积分", "of": list(leaves)}],
            "rules": [{"id": "line", "name": "合格线", "check": check}],
            "groups": {"contests": {"columns": [{"id": "rank", "label": "名次", "type": "int"}]}},
        }
    )
    return screen(pack, read_people(file.encode(), pack, ON), shared_facts(pack, ON, submitted=True))


@pytest.mark.parametrize(
    ("leaves", "said"),
    [
        ((YEARS,), ["pass", "fail", "fail", "unknown"]),
        ((YEARS, WON), ["pass", "pass", "fail", "unknown"]),
        ((YEARS, JURY), ["unknown"] * 4),  # nobody has scored them yet
    ],
)
def test_points_that_facts_alone_give_are_counted(leaves: tuple[dict[str, Any], ...], said: list[str]) -> None:
    assert screened(*leaves).verdicts.rules["line"].outcomes.to_list() == said


def test_points_that_the_file_gives_are_taken() -> None:
    file = "姓名,scores.found\n何焊平,7.99\n岑铸山,8\n"
    assert screened(YEARS, file=file).verdicts.rules["line"].outcomes.to_list() == ["fail", "pass"]
