"""Repeal and succession: by document number; what was decided under the old measures stays judged by them."""

from datetime import date

import pytest

from gongjiang.catalogue.packs import catalogue, load_pack
from gongjiang.rules.programmes.compiling import example_facts
from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.lints import run
from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.names import names_of
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.stage import Example
from gongjiang.rules.programmes.source import read
from gongjiang.rules.programmes.succession import doc_number, in_force, succession


@pytest.mark.parametrize(
    "written", ["总工发〔2024〕1号", "总工发[2024]1号", "总工发（2024） 1 号", "总工发【2024】1号"]
)
def test_a_document_number_is_one_however_it_is_typed(written: str) -> None:
    assert doc_number(written) == "总工发〔2024〕1号"


@pytest.mark.ledger("M-20")
def test_the_trial_measures_are_repealed_though_their_titles_differ() -> None:
    old, new = load_pack("national-2024"), load_pack("measures-2025")
    assert old.pack.based_on[0].title != new.pack.repeals[0].title
    (found,) = succession(old, [new])
    assert (found.by_no, found.since) == ("总工发〔2025〕10号", date(2025, 5, 22))
    assert "仍按原办法判断" in found.sentence
    assert succession(new, [old]) == ()
    assert [in_force(new, date(2025, 5, day)) for day in (21, 22)] == [False, True]


def verdict(pack: Pack, rule: str, years: int) -> str:
    example = Example(
        name="", submitted=True, given={"case.award": pack.awards[0].id, "years_on_site": years}, expect={}
    )
    found = evaluate_rules(pack.ready_rules, example_facts(example, pack.vocabulary))
    return next(one.outcome for one in found if one.rule == rule)


@pytest.mark.ledger("M-20", "M-03")
def test_six_years_were_enough_in_2024_and_are_not_in_2025() -> None:
    old, new = load_pack("national-2024"), load_pack("measures-2025")
    assert [verdict(old, "years_site", years) for years in (4, 5, 6, 7)] == ["fail", "pass", "pass", "pass"]
    assert [verdict(new, "years_national", years) for years in (4, 5, 6, 7)] == ["fail", "fail", "fail", "pass"]


@pytest.mark.ledger("M-05")
def test_the_two_rubrics_share_words_and_are_not_one() -> None:
    old, new = load_pack("national-2024"), load_pack("measures-2025")
    of_2024 = [one.label for one in old.scoring[0].of]
    of_2025 = [one.code for one in new.codes["five_powers"].codes]
    assert of_2024 == ["引领力", "实践力", "创新力", "攻关力", "传承力"]
    assert of_2025 == ["引领力", "成就力", "创新力", "专注力", "传承力"]


@pytest.mark.ledger("M-05")
def test_a_tree_with_a_power_of_the_other_year_is_refused() -> None:
    text = """
codes: {five_powers: {items: [引领力, 成就力, 创新力, 专注力, 传承力]}}
scoring:
  - {id: total, label: 总分, of: [{id: a, label: 创新力}, {id: b, label: 攻关力}, {id: c, label: 综合能力}]}
"""
    source = read(text, "x.yaml")
    told = [one for one in run(Draft(source, names_of(source.data, catalogue()))) if one.code == "rubric.mixed"]
    assert [(one.line, "攻关力" in one.text) for one in told] == [(4, True)]
