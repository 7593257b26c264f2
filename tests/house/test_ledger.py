"""docs/ledger.md: every row of a milestone that is done is shown by a test that carries its id."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.house.source import ROOT

ROW = re.compile(r"^\| ([A-Z]-\d\d[ab]?) \| ([HSPARTDWL]) \| (.+?) \| (\d+) \|$", re.M)
DONE = re.compile(r"^done: \[([\d, ]*)\]$", re.M)


def rows() -> dict[str, int]:
    """Each row's id and the milestone that resolves it."""
    found = ROW.findall((ROOT / "docs" / "ledger.md").read_text("utf-8"))
    assert len({row[0] for row in found}) == len(found), "an id stands twice"
    return {row[0]: int(row[3]) for row in found}


def done() -> set[int]:
    """The milestones that are resolved."""
    stated = DONE.search((ROOT / "docs" / "ledger.md").read_text("utf-8"))
    assert stated, "docs/ledger.md states no `done: [...]`"
    return {int(number) for number in stated[1].replace(",", " ").split()}


def carried(path: Path) -> set[str]:
    """The ids that a test file carries in `pytest.mark.ledger(...)`."""
    ids: set[str] = set()
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)) if "ledger" in text else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "ledger":
            ids |= {one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return ids


@cache
def shown() -> frozenset[str]:
    """All ids that tests carry."""
    return frozenset().union(*(carried(path) for path in (ROOT / "tests").rglob("test_*.py")))


def test_the_ledger_is_whole() -> None:
    numbers = rows()
    assert len(numbers) == 94
    assert set(numbers.values()) <= set(range(2, 8))


def test_no_test_carries_an_unknown_row() -> None:
    assert shown() - rows().keys() == set()


def test_every_row_of_a_milestone_done_is_shown() -> None:
    assert sorted(row for row, milestone in rows().items() if milestone in done() and row not in shown()) == []
