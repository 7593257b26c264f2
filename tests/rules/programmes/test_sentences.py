"""Each outcome in one plain Chinese sentence, word for word."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.rules.programmes.small_world import condition, facts, rule

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.evaluate import ReadyException, evaluate_rules
from gongjiang.rules.programmes.explain import sentence
from gongjiang.rules.programmes.facts import Facts

YEARS = {"field": "years", "at_least": "$min_years"}
SIX = {
    "n_of": 1,
    "of": [
        {"label": "具有工艺专长", "all": [{"field": "skills", "filled": True}, {"judged": "mastery"}]},
        {"label": "掌握高超技能", "all": [{"field": "standing", "filled": True}, {"judged": "mastery"}]},
        {"label": "体现领军作用", "field": "trainee", "is": True},
        {"label": "焕发传统技艺", "field": "heir", "is": True},
        {"label": "突破技术难题", "field": "craft", "filled": True},
        {"label": "成绩出类拔萃", "rows": "contests", "count_at_least": 1},
    ],
}


def said(raw: dict[str, Any], known: Facts, **more: Any) -> str:
    """The sentence of a rule with this check, under one clause."""
    made = rule(raw, **{"cite": ("二.条件",), "name": "规则名", **more})
    return sentence(evaluate_rules([made], known)[0])


@pytest.mark.parametrize(
    ("raw", "known", "expected"),
    [
        (YEARS, facts({"years": 4}), "二.条件：生产现场工作年限须≥5年；申报4年 → 不符合"),
        (YEARS, facts({"years": "4.99"}), "二.条件：生产现场工作年限须≥5年；申报4.99年 → 不符合"),
        (YEARS, facts({"years": 5}), "二.条件：生产现场工作年限须≥5年；申报5年 → 符合"),
        (YEARS, facts(), "二.条件：生产现场工作年限须≥5年；未填 → 待补（缺生产现场工作年限）"),
        (YEARS, facts({"years": "五年"}), "二.条件：生产现场工作年限须≥5年；所填无法识别 → 待补（缺生产现场工作年限）"),
        (
            {"field": "years", "at_least": "$open"},
            facts({"years": 4}),
            "二.条件：生产现场工作年限须≥“未答参数”（待定）；申报4年 → 待补（缺未答参数）",
        ),
        ({"field": "member", "is": True}, facts(), "二.条件：工会会员须为“是”；未填 → 待补（缺工会会员）"),
        ({"field": "heir", "is": True}, facts(), "二.条件：是否传承人须为“是”；未申报 → 不符合"),
        ({"field": "gender", "is_not": "女"}, facts({"gender": "女"}), "二.条件：性别不得为女；申报女 → 不符合"),
        (
            {"field": "owner", "in": ["公有制", "外资企业"]},
            facts({"owner": "公有制"}),
            "二.条件：单位性质须为公有制、外资企业之一；申报公有制 → 符合",
        ),
        ({"field": "skills", "filled": True}, facts(), "二.条件：工艺专长须选择；未选 → 不符合"),
        (
            {"field": "skills", "is": "other"},
            facts({"skills": ["unique"]}),
            "二.条件：工艺专长须为其他；选了绝技高招 → 不符合",
        ),
        (
            {"field": "hired", "within": {"years": 5}},
            facts({"hired": date(2020, 1, 2)}),
            "二.条件：入职日期须在近5年内；申报2020年1月2日 → 不符合",
        ),
        (
            {"field": "leader.level", "at_least": "技师"},
            facts(relations={"leader": {"level": "高级工"}}),
            "二.条件：负责人的技能等级须≥技师；申报高级工 → 不符合",
        ),
        (
            {"field": "case.route", "is": "自荐"},
            facts(case={"route": "推荐"}),
            "二.条件：申报方式须为自荐；为推荐 → 不符合",
        ),
        (
            {
                "rows": "experts",
                "where": {
                    "all": [{"field": "level", "at_least": "技师"}, {"field": "trade", "same_as": "subject.trade"}]
                },
                "count_at_least": 2,
            },
            facts({"trade": "焊工"}, rows={"experts": [{"level": "技师", "trade": "焊工"}, {"level": "技师"}]}),
            "二.条件：推荐专家（技能等级≥技师且专业与本人工种相同）须至少2条；符合1条，待定1条 → 待补（缺专业）",
        ),
        (
            {"rows": "registry", "where": {"field": "programme", "is": "star"}, "count_at_most": 0},
            facts(),
            "二.条件：荣誉库记录（项目为star）不得有；查得0条 → 待补（缺“star”名册，请在“名册导入”中补齐）",
        ),
        ({"judged": "character"}, facts(), "二.条件：“政治素质是否过硬”须为“是”；待认定 → 待补（待办公室认定）"),
        (
            {"judged": "character"},
            facts(judgements={("character", ""): False}),
            "二.条件：“政治素质是否过硬”须为“是”；认定为否 → 不符合",
        ),
        ({"document": "letters"}, facts(documents={"letters": 2}), "二.条件：推荐函须至少3件；已交2件 → 不符合"),
        (
            {"opinion": "sheet.employer", "is": "同意"},
            facts(),
            "二.条件：所在单位意见须为同意；未出具 → 待补（缺所在单位意见）",
        ),
        (
            {"score": "total", "at_least": 60},
            facts(scores={"total": Interval(Fraction("37.9"), Fraction("77.9"))}),
            "二.条件：综合评审须≥60分；得37.9～77.9分 → 待补（缺综合评审得分）",
        ),
        (
            {"all": [{"field": "member", "is": True}, {"label": "不在本单位", "field": "employer", "filled": True}]},
            facts({"member": True}),
            "二.条件：规则名须同时符合2项；已符合1项，不符合1项（不在本单位） → 不符合",
        ),
        (
            {"any": [{"field": "member", "is": True}, {"field": "heir", "is": True}]},
            facts({"heir": True}),
            "二.条件：规则名须至少符合2项之一；已符合1项（是否传承人须为“是”），待补1项（工会会员须为“是”） → 符合",
        ),
        (
            {"not": {"field": "gender", "is": "女"}},
            facts({"gender": "女"}),
            "二.条件：规则名不得有“性别为女”的情形；申报女 → 不符合",
        ),
        ({"param": "apart", "is": False}, facts(), "二.条件：单列须为“否”；现定是 → 不符合"),
    ],
)
def test_sentence(raw: dict[str, Any], known: Facts, expected: str) -> None:
    assert said(raw, known) == expected


def test_one_of_six_names_those_that_wait_for_experts() -> None:
    known = facts({"skills": ["unique"], "standing": "world"})
    assert said(SIX, known, cite=("四(三)之一", "附件2")) == (
        "四(三)之一、附件2：六项条件至少具备1项；"
        "已确认0项，待认定2项（具有工艺专长、掌握高超技能） → 待补（待专家认定）"
    )
    assert said(SIX, facts({"heir": True})) == "二.条件：六项条件至少具备1项；已确认1项（焕发传统技艺） → 符合"


def test_a_rule_that_does_not_apply_says_only_that() -> None:
    made = said(YEARS, facts(case={"route": "推荐"}), when={"field": "case.route", "is": "自荐"})
    assert made == "二.条件：规则名 → 不适用"


def test_an_open_when_is_named_too() -> None:
    made = said(YEARS, facts({"years": 3}), when={"field": "case.route", "is": "自荐"})
    assert made == "二.条件：生产现场工作年限须≥5年；申报3年 → 待补（缺申报方式）"


def test_overlays_are_said() -> None:
    soft = said(YEARS, facts({"years": 3}, reasoned={"r": True}), force="soft")
    assert soft == "二.条件：生产现场工作年限须≥5年；申报3年 → 不符合（已说明理由）"
    granted = facts({"years": 3}, granted=frozenset({"x"}))
    made = evaluate_rules([rule(YEARS, cite=("二",))], granted, [ReadyException("x", ("r",))])[0]
    assert made.sentence == "二：生产现场工作年限须≥5年；申报3年 → 不符合（已破格）"


def test_a_question_in_quotes_within_quotes() -> None:
    made = condition({"not": {"judged": "character"}}).evaluate(facts())
    assert made.needed == "不得有“‘政治素质是否过硬’为‘是’”的情形"
