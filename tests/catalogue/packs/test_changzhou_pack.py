"""changzhou-2024 against the words of its notice."""

from collections.abc import Callable, Iterator

import pytest

from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.lists import ScoreNode

Load = Callable[[str], Pack]


@pytest.fixture
def changzhou(pack: Load) -> Pack:
    return pack("changzhou-2024")


def leaves(node: ScoreNode) -> Iterator[ScoreNode]:
    """Nodes of a tree that have no children."""
    if not node.of:
        yield node
    for one in node.of:
        yield from leaves(one)


def clause(found: Pack, name: str) -> str:
    return next(one.text for one in found.clauses if one.id == name)


@pytest.mark.ledger("C-01", "X-06")
def test_a_hundred_trainees_for_two_years(changzhou: Pack) -> None:
    values = {one.id: one.value for one in changzhou.params}
    assert (values["places"], values["cultivate_years"]) == (100, 2)
    times = {one.id: one.window for one in changzhou.times}
    term = times["cultivation"]
    assert term is not None
    assert (str(term.from_), str(term.to)) == ("2025-01-01", "2026-12-31")
    assert [one.confers for one in changzhou.awards] == ["trainee"]


@pytest.mark.ledger("C-03")
def test_fifteen_indicators_in_the_local_words(changzhou: Pack) -> None:
    tree = changzhou.scoring[0]
    assert [one.label for one in leaves(tree)] == [
        "勇挑重担", "追求卓越", "榜样引领", "技能精湛", "业绩突出", "持续学习", "业务洞察", "创新成果", "价值创造",
        "担当重任", "协同配合", "直面难题", "总结继承", "培养人才", "应用智能",
    ]  # fmt: skip
    for power, name in zip(tree.of, ("二(一)", "二(二)", "二(三)", "二(四)", "二(五)"), strict=True):
        words = clause(changzhou, name)
        assert words.startswith(f"（{name[2]}）{power.label}。")
        assert [one.id for one in power.of if f"{one.label}：{one.gloss}。" not in words] == []


@pytest.mark.ledger("C-06")
def test_the_index_of_evidence_follows_annex_2(changzhou: Pack) -> None:
    annex = clause(changzhou, "附件2")
    rows = "".join(power.label + "".join(one.label for one in power.of) for power in changzhou.scoring[0].of)
    assert annex.replace("1.2.3.", "").endswith(rows)
    form = next(one for one in changzhou.forms if one.id == "evidence_index")
    assert [(one.type, one.attach) for one in form.blocks] == [("note", None), ("evidence", "support")]
    meant = annex.replace("填写支撑料目录", "填写支撑材料目录")
    assert form.blocks[0].text in meant


@pytest.mark.ledger("C-05")
def test_the_application_form_has_the_boxes_of_annex_1_in_their_order(changzhou: Pack) -> None:
    annex = clause(changzhou, "附件1") + clause(changzhou, "附件1意见")
    fields = {one.id: one for one in changzhou.catalogue.fields if one.subject == "person"}
    form = changzhou.forms[0]
    labels = [
        fields[cell].label if isinstance(cell, str) else cell.get("label") or fields[cell["field"]].label
        for row in form.blocks[0].rows
        for cell in row
    ]
    text = form.blocks[1]
    parties = [f"{one.label}：（盖章）" for one in changzhou.opinions[0].parties]
    printed = "附件1" + "".join([*labels, text.label, str(text.sign), "年月日", *(f"{one}年月日" for one in parties)])
    assert printed == annex
    assert {one.id: one.value for one in changzhou.params}["deeds_max"] == 500


@pytest.mark.ledger("C-02a")
def test_five_years_on_site_and_in_post(changzhou: Pack) -> None:
    rules = {one.id: one for one in changzhou.rules}
    assert rules["years_site"].check == {"field": "years_on_site", "at_least": "$min_years_site"}
    assert {one.id: one.value for one in changzhou.params}["min_years_site"] == 5
    assert (rules["in_post"].force, rules["in_post"].check) == ("hard", {"field": "in_post", "is": True})


@pytest.mark.ledger("C-02b")
def test_what_is_preferred_never_filters(changzhou: Pack) -> None:
    preferred = {one.id for one in changzhou.rules if one.force == "prefer"}
    assert preferred == {"real_economy", "highly_skilled", "focus_field", "women"}
    assert {one.id for one in changzhou.pools if one.force == "prefer"} == {"industries", "women"}


@pytest.mark.ledger("C-04", "N-18")
def test_the_way_from_the_base_union_to_publication(changzhou: Pack) -> None:
    assert [(one.id, one.type, one.by) for one in changzhou.stages] == [
        ("apply", "apply", ("filing_unit",)),
        ("recommend", "select", ("recommender",)),
        ("report_up", "submit", ("recommender",)),
        ("formal", "check", ("labour_dept",)),
        ("joint", "select", ("expert_panel",)),
        ("joint_scored", "panel", ("labour_dept",)),
        ("approve", "select", ("party_group",)),
        ("notice", "publish", ("city_union",)),
        ("name", "name", ("city_union",)),
    ]
    admitted = next(one for one in changzhou.judgements if one.about == "unit")
    assert (admitted.by, admitted.cite) == (("city_union",), ("三",))


@pytest.mark.ledger("C-07")
def test_by_10_december_and_declassified(changzhou: Pack) -> None:
    assert str(next(one.date for one in changzhou.times if one.id == "report_due")) == "2024-12-10"
    rule = next(one for one in changzhou.rules if one.id == "declassified")
    assert (rule.force, rule.cite) == ("hard", ("五(一)",))


@pytest.mark.ledger("C-08")
def test_what_the_notice_leaves_open_is_asked_and_nowhere_a_number(changzhou: Pack) -> None:
    open_params = {one.id: one.ask for one in changzhou.params if one.value is None}
    for name in ("public_days", "unit_most", "unit_limited", "indicator_points", "scorers", "joint_review"):
        question = next(one for one in changzhou.questions if one.id == open_params[name])
        assert question.cite
    assert not changzhou.tables
    assert not next(one for one in changzhou.stages if one.id == "notice").backfill
