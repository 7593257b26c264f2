"""jiangsu-2026 against the words of its notice, under the measures of 2025."""

from collections.abc import Callable
from typing import Any

import pytest

from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.pack import Pack

Load = Callable[[str], Pack]
POWERS = {
    "lead": ("引领力", ("政治过硬", "勇于担当", "示范带动")),
    "achieve": ("成就力", ("技能精湛", "业绩突出", "价值卓越")),
    "innovate": ("创新力", ("攻克难题", "精益求精", "革新创造")),
    "focus": ("专注力", ("敬业专业", "聚焦关键", "久久为功")),
    "inherit": ("传承力", ("继承先进", "培养培育", "形成团队")),
}


@pytest.fixture
def jiangsu(pack: Load) -> Pack:
    return pack("jiangsu-2026")


def texts(found: Pack) -> dict[str, str]:
    return {one.id: one.text for one in found.clauses}


@pytest.mark.ledger("J-16")
def test_seven_years_come_from_the_measures(jiangsu: Pack) -> None:
    param = next(one for one in jiangsu.params if one.id == "years_national")
    rule = next(one for one in jiangsu.rules if one.id == "years_national")
    assert (param.value, param.origin) == (7, "measures-2025@1.0.0")
    assert rule.cite == ("办法第五条条件", "一")
    assert {one.id for one in jiangsu.rules if one.force == "hard"} >= {"powers", "potential_national", "in_post"}


@pytest.mark.ledger("J-15")
@pytest.mark.parametrize("power", POWERS)
def test_each_power_is_judged_beside_its_requirements(jiangsu: Pack, power: str) -> None:
    name, requirements = POWERS[power]
    judgement = next(one for one in jiangsu.judgements if one.id == power)
    clause = texts(jiangsu)[f"附件1{name}"]
    assert judgement.cite == ("一", f"附件1{name}")
    assert [one for one in requirements if one not in judgement.question or one not in clause] == []
    assert clause.startswith(name)


@pytest.mark.ledger("J-12", "J-13")
def test_labels_of_both_forms_stand_in_annex_2_in_its_order(jiangsu: Pack) -> None:
    fields = {one.id: one for one in (*jiangsu.catalogue.fields, *jiangsu.fields) if one.subject == "person"}
    for form, clause in (("master_form", "附件2"), ("career", "附件2履历")):
        grid = next(one for one in jiangsu.forms if one.id == form).blocks
        rows = next(one for one in grid if one.type == "grid").rows
        cells = [cell for row in rows for cell in row if isinstance(cell, str) or "field" in cell]
        labels = [
            fields[cell].label if isinstance(cell, str) else cell.get("label") or fields[cell["field"]].label
            for cell in cells
        ]
        at, text = -1, texts(jiangsu)[clause]
        for label in labels:
            assert text.find(label, at + 1) > at, (form, label)
            at = text.find(label, at + 1)


@pytest.mark.ledger("J-12", "J-13")
def test_limits_of_the_texts(jiangsu: Pack) -> None:
    values = {one.id: one.value for one in jiangsu.params}
    own = [block for form in jiangsu.forms if not form.origin for block in form.blocks if block.type == "text"]
    limits = {block.field: values[str(block.max)[1:]] for block in own}
    assert limits == {
        "self_statement": 200, "conduct": 50, "reason": 150,
        "achievements": 300, "project_text": 500, "service_text": 1000,
    }  # fmt: skip


@pytest.mark.ledger("J-12")
def test_the_two_fixed_statements_are_the_notices_own(jiangsu: Pack) -> None:
    form = next(one for one in jiangsu.forms if one.id == "master_form")
    said = [texts(jiangsu)[str(one.clause)] for one in form.blocks if one.type == "statement"]
    assert said == [
        "2.该推荐人选不属于涉密人员或涉敏感人员。其所有上报材料均已进行行业、企业的审定脱密处理。"
        "其个人基本信息非涉敏感信息，可以对外公布宣传。",
        "3.企业将积极搭建大国工匠成长平台，支持其发挥社会作用，履行社会责任。",
    ]


@pytest.mark.ledger("J-14")
def test_19_columns_as_annex_3_heads_them(jiangsu: Pack) -> None:
    summary = next(one for one in jiangsu.forms if one.id == "summary")
    labels = [one["label"] for one in summary.columns if isinstance(one, dict)]
    assert len(labels) == 19
    assert "".join(labels) + "示例" in texts(jiangsu)["附件3"]


@pytest.mark.ledger("J-13")
def test_five_groups_of_evidence_in_the_words_of_annex_2(jiangsu: Pack) -> None:
    groups = [one for one in jiangsu.attachments if one.id.endswith("_proof") and "附件2注" in one.cite]
    assert [one.label.split("：")[0] for one in groups] == [
        "一、政治素养", "二、技术技能", "三、创新成果", "四、解决难题", "五、作用发挥",
    ]  # fmt: skip
    for one in groups:
        assert one.label.split("：")[0] in texts(jiangsu)[one.cite[0]]


@pytest.mark.ledger("J-08")
def test_places_are_ranges_by_kind_of_unit(jiangsu: Pack) -> None:
    values = {one.id: one.value for one in jiangsu.params}
    pools = {one.id: one for one in jiangsu.pools}
    assert [values[name] for name in ("city_least", "city_most", "industry_least", "industry_most")] == [2, 3, 1, 2]
    assert (pools["city_most"].force, pools["city_least"].force) == ("hard", "soft")
    stage = next(one for one in jiangsu.stages if one.id == "recommend")
    assert stage.keep is not None
    assert (stage.keep.places, stage.keep.alternates) == (None, "$alternates")


@pytest.mark.ledger("J-06", "J-07")
def test_the_chain_from_the_enterprise_to_the_national_union(jiangsu: Pack) -> None:
    assert [(one.id, one.type, one.by) for one in jiangsu.stages] == [
        ("propose", "apply", ("enterprise_union",)),
        ("consult", "opinion", ("enterprise_union",)),
        ("committee", "opinion", ("enterprise_union",)),
        ("posting", "opinion", ("enterprise_union",)),
        ("consent", "opinion", ("enterprise_union",)),
        ("enterprise", "opinion", ("enterprise_union",)),
        ("vet", "check", ("recommender",)),
        ("recommend", "select", ("recommender",)),
        ("send_up", "submit", ("recommender",)),
        ("province_decide", "select", ("province_union",)),
        ("hand_over", "submit", ("province_union",)),
        ("result", "submit", ("province_union",)),
    ]
    gates = {one.id: one.gate for one in jiangsu.rules if "二.企业" in one.cite}
    assert gates == {
        "group_named": "consult", "asked_opinions": "consult", "asked_personnel": "consult",
        "committee": "committee", "committee_in_order": "committee",
        "posted": "posting", "posting_in_order": "posting",
        "group_consent": "consent", "consent_in_order": "consent",
    }  # fmt: skip


@pytest.mark.ledger("J-02", "J-04b")
def test_soft_conditions_ask_for_a_reason(jiangsu: Pack) -> None:
    assert {one.id for one in jiangsu.rules if one.force == "soft"} == {"age", "not_leader", "not_institution"}


def said(found: Pack, rule: str, **given: Any) -> str:
    """One rule of the pack on a submitted case, in one sentence."""
    ready = next(one for one in found.ready_rules if one.id == rule)
    facts = Facts(found.vocabulary, submitted=True, params={one.id: one.value for one in found.params}, **given)
    return evaluate_rules([ready], facts, ())[0].sentence


@pytest.mark.ledger("J-04a")
@pytest.mark.parametrize(("answer", "outcome"), [(True, "符合"), (False, "不符合"), (None, "待补（待推荐单位认定）")])
def test_a_skilled_worker_long_on_the_front_line_is_judged_by_the_recommender(
    jiangsu: Pack, answer: bool | None, outcome: str
) -> None:
    judged = {} if answer is None else {("long_frontline", ""): answer}
    rule = next(one for one in jiangsu.rules if one.id == "frontline")
    assert (rule.force, rule.gate, rule.cite) == ("hard", "vet", ("一", "一.一线"))
    assert said(jiangsu, "frontline", judgements=judged).endswith(f"→ {outcome}")


@pytest.mark.ledger("J-05")
def test_who_is_in_another_plan_or_named_already_is_not_eligible(jiangsu: Pack) -> None:
    always = {"covers": {"*": None}, "params": {one.id: one.value for one in jiangsu.params} | {"registers_held": True}}

    def held(rule: str, **row: str) -> str:
        ready = next(one for one in jiangsu.ready_rules if one.id == rule)
        facts = Facts(jiangsu.vocabulary, submitted=True, registry=(Row("1", row),), **always)
        return evaluate_rules([ready], facts, ())[0].sentence.rpartition(" → ")[2]

    assert held("plan_registry", programme="national-talent-plan", state="stands") == "不符合"
    assert held("plan_registry", programme="ministry-talent-plan", state="stands") == "不符合"
    assert held("plan_registry", programme="nanning-artisan", state="stands") == "符合"
    assert held("master_registry", programme="national-artisan", state="stands") == "不符合"
    assert held("master_registry", programme="national-artisan", state="trainee") == "符合"  # M6: not named yet
    assert {one.force for one in jiangsu.rules if one.id in {"no_talent_plan", "not_master", "plan_registry"}} == {
        "hard"
    }


@pytest.mark.ledger("J-01")
def test_scope_is_a_preference_until_the_office_answers_that_it_is_a_condition(jiangsu: Pack) -> None:
    asked = {one.id: one for one in jiangsu.questions}
    for question, rules in (("Q3", ("enterprise", "enterprise_focus")), ("Q4", ("sector", "sector_focus"))):
        assert (asked[question].default, sorted(asked[question].takes.options)) == ("focus", ["eligibility", "focus"])
        hard, prefer = (next(one for one in jiangsu.rules if one.id == name) for name in rules)
        assert (hard.force, prefer.force, hard.ask, prefer.ask) == ("hard", "prefer", question, question)
    clause = {one.id for one in jiangsu.rules if one.force == "prefer" and "一.结构" in one.cite}
    assert clause == {"digital", "private", "youth", "women"}
    assert {one.id for one in jiangsu.composition} >= {"digital_field", "private", "youth", "women", "major_project"}


@pytest.mark.ledger("J-10")
def test_three_years_with_the_same_employer_unless_unit_and_province_approve(jiangsu: Pack) -> None:
    stay = next(one for one in jiangsu.obligations if one.id == "stay")
    assert (stay.keeps, stay.begins, stay.force, stay.clause) == ("employer", "selected", "soft", "四.2")
    assert stay.approval is not None
    assert stay.approval.by == ("recommender", "province_union")


@pytest.mark.ledger("M-02")
def test_its_one_departure_is_stated(jiangsu: Pack) -> None:
    assert [(one.id, one.cite) for one in jiangsu.departs] == [("roles.recommender", ("二.单位",))]
