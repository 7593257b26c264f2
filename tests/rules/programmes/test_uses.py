"""Where values and rules are used, read off the packs; what other values would turn."""

import pytest

from gongjiang.catalogue.packs import load_pack
from gongjiang.rules.programmes.compiling import example_facts
from gongjiang.rules.programmes.schema.stage import Example
from gongjiang.rules.programmes.uses import forms_asking, params_read, uses_of_params, uses_of_rules
from gongjiang.rules.programmes.what_if import turned


def test_a_value_and_everything_that_reads_it() -> None:
    uses = uses_of_params(load_pack("nanning-2026"))

    def told(name: str) -> list[tuple[str, str]]:
        return [(one.where, one.label) for one in uses[name]]

    assert told("min_years_trade") == [("条件", "从事本项（专业）工作年限")]
    assert told("places") == [
        ("口径", "南宁工匠名额"), ("环节", "初审"), ("环节", "专家评审"), ("环节", "市总工会评定"),
        ("环节", "领导小组审定"), ("环节", "公示"),
    ]  # fmt: skip
    assert told("min_experts") == [
        ("条件", "专业人士推荐须有2名以上同专业高级技师"), ("材料", "“南宁工匠”专家推荐函（签名扫描件）"),
        ("表格", "“南宁工匠”专家推荐函"),
    ]  # fmt: skip
    assert told("exception_scope") == [
        ("认定", "是否特别优秀、可以放宽工作年限推荐"), ("破格", "特别优秀的可以破格推荐（工作年限）"),
    ]  # fmt: skip


def test_a_rule_and_what_names_it() -> None:
    uses = uses_of_rules(load_pack("nanning-2026"))
    assert [(one.where, one.label) for one in uses["one_of_six"]] == [("破格", "特别优秀的可以破格推荐")]
    assert [(one.section, one.id) for one in uses["city_trainee"]] == [
        ("stages", "expert"),
        ("composition", "trainees"),
    ]
    assert uses["union_member"] == ()


def test_params_behind_a_rule_and_the_forms_that_ask_for_its_facts() -> None:
    pack = load_pack("changzhou-2024")
    read = params_read(pack)
    assert read["years_site"] == {"min_years_site"}
    assert read["in_post"] == {"in_post_needed"}
    assert read["politics"] == frozenset()
    forms = forms_asking(pack)
    assert forms["years_on_site"] == ("龙城工匠培育对象推荐申请表",)
    assert forms["in_post"] == ("平台补充信息",)
    assert forms["not_classified"] == ("平台补充信息",)


@pytest.mark.parametrize(
    ("years", "least", "falls", "comes", "turns"),
    [
        (6, "5", False, False, []),
        (6, "7", True, False, [("years_site", "pass", "fail")]),
        (4, "3", False, True, [("years_site", "fail", "pass")]),
        (4, "6", False, False, []),
        (None, "7", False, False, []),
    ],
)
def test_another_value_turns_just_the_rules_that_read_it(
    years: int | None, least: str, falls: bool, comes: bool, turns: list[tuple[str, str, str]]
) -> None:
    pack = load_pack("changzhou-2024")
    given = {"in_post": True, "own_wish": True, "not_classified": True}
    given |= {} if years is None else {"years_on_site": years}
    facts = example_facts(Example(name="一人", submitted=True, given=given, expect={}), pack.vocabulary)
    found = turned(pack.ready_rules, pack.ready_exceptions, facts, {"min_years_site": least})
    assert (found.falls_out, found.comes_in) == (falls, comes)
    assert [(one.rule, one.before, one.after.outcome) for one in found.turns] == turns
    if falls:
        assert found.turns[0].after.sentence == "二.条件：生产现场工作年限须≥7年；申报6年 → 不符合"
