"""Which clause is settled by what."""

import pytest

from gongjiang.catalogue.packs import catalogue, find, load_pack
from gongjiang.rules.programmes.coverage import assumptions, coverage, report
from gongjiang.rules.programmes.load import load


@pytest.mark.parametrize(("name", "clauses"), [("nanning-2026", 59), ("national-2024", 35)])
def test_no_clause_of_the_two_notices_is_forgotten(name: str, clauses: int) -> None:
    found = coverage(load_pack(name))
    assert len(found.clauses) == clauses
    assert found.uncovered == ()


def test_items_are_named_by_section_and_id() -> None:
    found = {one.id: one for one in coverage(load_pack("nanning-2026")).clauses}
    assert "params.places" in found["三"].items
    assert "rules.union_member" in found["四(三)会员"].items
    assert found["标题"].settled


def test_a_clause_that_nothing_cites_is_told() -> None:
    found = find("nanning-2026")
    clause = next(one for one in load_pack("nanning-2026").clauses if one.id == "三")
    after = '    - {id: 三, starts: "三、选树名额", kind: quota}\n'
    assert found.text.count(after) == 1
    new = f'    - {{id: 三后, starts: "{clause.text[6:]}", kind: rule}}\n'
    told = coverage(load(found.text.replace(after, after + new), found.file, catalogue(), found.notice))
    assert [one.id for one in told.uncovered] == ["三后"]
    assert "✗ 三后（rule " in report(told)
    assert "未落实1条" in report(told)


def test_assumptions_are_listed_with_their_item() -> None:
    found = dict(assumptions(load_pack("national-2024")))
    assert found["stages.upward"].startswith("通知只写")
