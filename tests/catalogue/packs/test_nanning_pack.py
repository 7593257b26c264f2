"""nanning-2026 against the words of its notice."""

import re
from collections.abc import Callable

import pytest

from gongjiang.rules.programmes.pack import Pack

Load = Callable[[str], Pack]
GUIDE = "“南宁工匠”选树指导目录（2025版）序号类别职业备注"
ENDINGS = "等的、。，（）"


@pytest.fixture
def nanning(pack: Load) -> Pack:
    return pack("nanning-2026")


@pytest.mark.ledger("G-06")
def test_the_guide_holds_every_trade_of_annex_1(nanning: Pack, text: Callable[[str], str]) -> None:
    clause = next(one.text for one in nanning.clauses if one.id == "附件1")
    rest = clause.partition(GUIDE)[2]
    words = [one.label or one.code for one in nanning.codes["guide_trade"].codes]
    categories = [one.code for one in nanning.codes["guide_category"].codes]
    for word in sorted(words, key=len, reverse=True):
        assert word in clause, word
        rest = rest.replace(word, "")
    assert re.sub(rf"[{ENDINGS}0-9]", "", rest) == ""
    assert categories[:11] == [one.code for one in nanning.codes["guide_trade"].codes if one.in_ is None]
    assert categories[11:] == ["目录外"]


@pytest.mark.ledger("G-06")
def test_each_trade_lies_in_one_of_eleven_categories(nanning: Pack) -> None:
    parents = {one.code: one.in_ for one in nanning.codes["guide_trade"].codes}
    tops = set()
    for code in parents:
        while (wider := parents[code]) is not None:
            code = wider
        tops.add(code)
    assert len(tops) == 11
    assert nanning.codes["guide_trade"].open


@pytest.mark.ledger("G-01")
def test_seats_of_the_leading_group_and_its_office(nanning: Pack) -> None:
    seats = {
        role.id: {
            post: sum(one.count for one in role.members if one.post == post)
            for post in dict.fromkeys(m.post for m in role.members)
        }
        for role in nanning.roles
        if role.members
    }
    assert seats == {
        "leading_group": {"组长": 1, "常务副组长": 1, "副组长": 4, "成员": 6},
        "office": {"主任": 1, "副主任": 5, "成员": 4},
    }


@pytest.mark.ledger("G-07")
def test_four_ways_in(nanning: Pack) -> None:
    routes = {one.id: one.to for one in nanning.stages[0].routes}
    assert routes == {
        "个人自主申报": ("receivers",),
        "单位推荐": ("receivers",),
        "专业人士推荐": ("county_union",),
        "其他推荐": ("receivers",),
    }
    remark = next(block for block in nanning.forms[0].blocks if block.type == "computed")
    assert list(remark.values) == list(routes)


@pytest.mark.ledger("G-10")
def test_ratios_of_the_four_cuts(nanning: Pack) -> None:
    values = {one.id: one.value for one in nanning.params}
    kept = [str(values[str(one.keep.per_place)[1:]]) for one in nanning.stages if one.keep and one.keep.per_place]
    assert kept == ["2", "1.5", "1.3", "1.1"]
    assert [one.keep.round for one in nanning.stages if one.keep and one.keep.per_place] == ["$rounding"] * 4


@pytest.mark.ledger("G-05")
def test_forbidden_criteria_name_what_the_notice_names(nanning: Pack) -> None:
    clause = next(one.text for one in nanning.clauses if one.id == "四(三)不限")
    assert clause.startswith("不受年龄、性别、学历、职级、职称等条件限制")
    assert set(nanning.forbidden_criteria[0].fields) >= {"age", "gender", "education", "post", "professional_title"}


@pytest.mark.ledger("G-08")
def test_boxes_of_the_opinion_sheets_are_those_of_the_annexes(nanning: Pack) -> None:
    texts = {one.id: one.text for one in nanning.clauses}
    sheets = {one.id: one for one in nanning.opinions}
    for sheet, annex in (("county_sheet", "附件3"), ("industry_sheet", "附件4")):
        at = -1
        for party in sheets[sheet].parties:
            if party.box:
                assert texts[annex].find(party.label) > at
                at = texts[annex].find(party.label)
    assert [one.id for one in sheets["county_sheet"].parties if not one.box] == ["population"]


@pytest.mark.ledger("G-15")
def test_labels_of_the_application_form_stand_in_annex_2(nanning: Pack) -> None:
    annex = next(one.text for one in nanning.clauses if one.id == "附件2")
    fields = {one.id: one for one in (*nanning.catalogue.fields, *nanning.fields) if one.subject == "person"}
    form = nanning.forms[0]
    grid = next(block for block in form.blocks if block.type == "grid")
    for row in grid.rows:
        for cell in row:
            label = fields[cell].label if isinstance(cell, str) else cell.get("label") or fields[cell["field"]].label
            assert label in annex
    checks = next(block for block in form.blocks if block.type == "checks")
    for item in checks.items:
        assert item["title"] in annex
        for option in (one for name in item["fields"] for one in fields[name].options):
            assert option.label in annex
    assert [block.label in annex for block in form.blocks if block.type in {"text", "rows"}] == [True] * 3
