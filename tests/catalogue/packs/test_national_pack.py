"""national-2024 against the words of its notice."""

from collections.abc import Callable, Iterator

import pytest

from gongjiang.kernel.truth import Truth
from gongjiang.rules.nominations.flow import advance
from gongjiang.rules.nominations.form_plan import form_plan
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.quotas.tables import read_limits

Load = Callable[[str], Pack]


@pytest.fixture
def national(pack: Load) -> Pack:
    return pack("national-2024")


def leaves(node: ScoreNode) -> Iterator[ScoreNode]:
    """Nodes of a tree that have no children."""
    if not node.of:
        yield node
    for one in node.of:
        yield from leaves(one)


@pytest.mark.ledger("N-07")
def test_the_units_own_cultivation_plan_goes_with_the_person(national: Pack) -> None:
    plan = form_plan(national, "单位工会提出", national.awards[0].id if national.awards else "", {})
    asked = next(one for one in plan.files() if one.attachment.id == "plan")
    assert (asked.attachment.required, asked.count, asked.when, asked.attachment.at) == (True, 1, None, None)
    texts = {one.id: one.text for one in national.clauses}
    assert all("培育方案" in texts[name] for name in ("四.1", "五(二)填报"))
    upward = next(one for one in national.stages if one.id == "upward")
    assert "工匠培育方案" in upward.checklist  # the upper union looks at it


@pytest.mark.ledger("N-05")
def test_42_rows_43_units_270_places(national: Pack) -> None:
    rows = national.tables["unit_places"].rows
    limits = read_limits(rows)
    assert len(rows) == 42
    assert len(limits.rows) - len(limits.within) == 43
    assert limits.total == 270
    assert dict(limits.within) == {"新疆生产建设兵团": "新疆"}


@pytest.mark.ledger("N-05")
def test_each_row_stands_in_annex_1(national: Pack) -> None:
    annex = next(one.text for one in national.clauses if one.id == "附件1")
    for name, row in national.tables["unit_places"].rows.items():
        places = "(含兵团)9(3)" if name == "新疆" else "16" if name == "其他有关单位" else str(row)
        assert name + places in annex, name


@pytest.mark.ledger("N-15")
def test_32_columns_as_the_annex_heads_them(national: Pack) -> None:
    annex = next(one.text for one in national.clauses if one.id == "附件2")
    summary = next(one for one in national.forms if one.id == "summary")
    labels = [one["label"] for one in summary.columns if isinstance(one, dict)]
    assert len(labels) == 32
    assert "".join("".join(labels).split()) + "示例" in annex


@pytest.mark.ledger("N-15")
def test_values_of_the_example_row_are_valid(national: Pack) -> None:
    codes = {**national.catalogue.codes, **national.codes}
    example = {
        "political": "中共党员", "education": "大专", "skill_level": "高级技师", "ownership": "非公有制",
        "staff_kind": "一线产业工人", "industry": "制造业", "gender": "男",
    }  # fmt: skip
    for name, word in example.items():
        assert word in [one.code for one in codes[name].codes], name


@pytest.mark.ledger("N-04")
def test_five_powers_three_indicators_each_in_the_words_of_annex_3(national: Pack) -> None:
    annex = next(one.text for one in national.clauses if one.id == "附件3").replace(",", "，")
    tree = national.scoring[0]
    assert [(one.label, len(one.of)) for one in tree.of] == [
        ("引领力", 3), ("实践力", 3), ("创新力", 3), ("攻关力", 3), ("传承力", 3),
    ]  # fmt: skip
    found = [one.label + one.gloss for one in leaves(tree)]
    assert len(found) == 15
    assert [one for one in found if one not in annex] == []
    for leaf in leaves(tree):
        assert [one for one in leaf.evidence if one not in annex] == [], leaf.id


@pytest.mark.ledger("N-17")
def test_limits_of_the_two_reasons(national: Pack) -> None:
    values = {one.id: one.value for one in national.params}
    assert (values["reason_max"], values["one_line_max"]) == (300, 30)


@pytest.mark.ledger("N-13")
def test_the_statement_is_the_annexs_own(national: Pack) -> None:
    statement = next(one.text for one in national.clauses if one.id == "附件4声明")
    assert statement == (
        "该推荐对象不属于涉密人员或涉敏感人员。其所有上报材料均已进行行业、企业的审定脱密处理。"
        "拟公示和公布的信息非涉敏感信息，可以对外公布宣传。"
    )


@pytest.mark.ledger("N-14")
def test_windows(national: Pack) -> None:
    times = {one.id: one for one in national.times}
    assert times["online"].window is not None
    assert (str(times["online"].window.from_), str(times["online"].window.to)) == ("2024-03-04", "2024-03-10")
    assert (str(times["paper_due"].date), str(times["report_due"].date)) == ("2024-03-31", "2024-10-31")


@pytest.mark.ledger("X-06")
def test_who_is_selected_becomes_a_trainee(national: Pack) -> None:
    assert [one.confers for one in national.awards] == ["trainee"]


@pytest.mark.ledger("N-03")
def test_what_is_preferred_is_shown_and_never_filters(national: Pack) -> None:
    assert {one.id for one in national.rules if one.force == "prefer"} == {"real_economy", "women", "youth"}
    figures = {one.id: (one.at_most, one.at_least, one.exactly) for one in national.pools if one.force == "prefer"}
    assert figures == dict.fromkeys(
        ("women", "youth", "industries", "industries_named", "regions_named"), (None, None, None)
    )


@pytest.mark.ledger("N-10")
def test_only_what_passes_the_formality_check_goes_to_the_experts(national: Pack) -> None:
    def opened(formal: RowState) -> set[str]:
        rows = dict.fromkeys(("apply", "upward", "recommend", "report_up"), RowState.DONE) | {"formal": formal}
        return {one.stage for one in advance(national.stages, rows, lambda _: Truth.TRUE)}

    assert opened(RowState.DONE) == {"panel"}
    assert opened(RowState.OUT) == opened(RowState.OPEN) == set()
