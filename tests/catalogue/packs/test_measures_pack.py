"""measures-2025 against the words of its notice."""

from collections.abc import Callable

import pytest

from gongjiang.rules.programmes.coverage import coverage
from gongjiang.rules.programmes.pack import Pack

Load = Callable[[str], Pack]


@pytest.fixture
def measures(pack: Load) -> Pack:
    return pack("measures-2025")


@pytest.fixture
def texts(measures: Pack) -> dict[str, str]:
    return {one.id: one.text for one in measures.clauses}


@pytest.mark.ledger("M-03")
@pytest.mark.parametrize(
    ("param", "years", "clause"),
    [("years_national", 7, "第五条条件"), ("years_provincial", 5, "第六条条件"), ("years_municipal", 3, "第七条条件")],
)
def test_years_stand_in_their_clause(
    measures: Pack, texts: dict[str, str], param: str, years: int, clause: str
) -> None:
    found = next(one for one in measures.params if one.id == param)
    assert (found.value, found.cite, found.tighter) == (years, (clause,), "up")
    assert f"有{years}年以上生产现场工作经历" in texts[clause]


@pytest.mark.ledger("M-21")
def test_potential_by_level_and_focus_by_level(measures: Pack, texts: dict[str, str]) -> None:
    judged = next(one for one in measures.judgements if one.id == "potential")
    labels = judged.takes.options
    wanted = {"potential_national": 1, "potential_provincial": 2, "potential_municipal": 3}
    for name, count in wanted.items():
        rule = next(one for one in measures.rules if one.id == name)
        least = rule.check["in"][0]
        assert len(rule.check["in"]) == count
        assert labels[least] in texts[rule.cite[0]]
    for codes, clause in (("provincial_field", "第六条"), ("municipal_employer", "第七条")):
        for word in [one.code for one in measures.codes[codes].codes][:-1]:
            assert word in texts[clause], word


@pytest.mark.ledger("M-04")
def test_what_is_focused_on_is_never_a_filter(measures: Pack, texts: dict[str, str]) -> None:
    focus = {one.id for one in measures.rules if one.force == "prefer"}
    assert focus == {
        "new_productive", "manufacturing", "focus_national", "focus_provincial", "focus_municipal",
        "top_innovator", "urgently_needed", "digital_skills", "youth", "women",
    }  # fmt: skip
    for word in [one.code for one in measures.codes["national_employer"].codes][:-1]:
        assert word in texts["第五条"], word


@pytest.mark.ledger("M-05")
def test_the_powers_as_the_clause_names_them(measures: Pack, texts: dict[str, str]) -> None:
    words = "、".join(one.code for one in measures.codes["five_powers"].codes)
    assert f"即{words}" in texts["第五条条件"]


@pytest.mark.ledger("M-06")
def test_the_procedure_is_recommendation_review_and_list(measures: Pack) -> None:
    assert [(one.id, one.type) for one in measures.stages] == [
        ("apply", "apply"), ("verify", "check"), ("recommend", "select"), ("report_up", "submit"),
        ("review", "check"), ("decide", "select"), ("list", "name"),
    ]  # fmt: skip
    assert {one.confers for one in measures.awards} == {"trainee"}


@pytest.mark.ledger("M-22")
def test_factors_of_the_allocation_are_facts_about_units(measures: Pack, texts: dict[str, str]) -> None:
    factors = [one.label for one in measures.fields if one.subject == "unit"]
    assert factors == ["地区发展状况", "制造业发展水平", "产业工人数量"]
    assert "、".join(factors) in texts["第九条通知"]


@pytest.mark.ledger("M-02")
def test_lower_levels_ask_for_the_consent_of_the_organisation_department(measures: Pack) -> None:
    (asked,) = [one for one in measures.questions if one.must is not None]
    assert (asked.must, asked.award, asked.cite) == (True, ("provincial", "municipal"), ("第三条同意",))


@pytest.mark.ledger("M-24")
def test_who_interprets_it_is_named(measures: Pack, texts: dict[str, str]) -> None:
    assert measures.pack.interpreted_by.removeprefix("中华") in texts["第二十三条"]


def test_every_clause_is_accounted_for(measures: Pack) -> None:
    found = coverage(measures)
    assert found.uncovered == ()
    assert all(one.note for one in measures.clauses if one.kind == "duty" and one.id != "第二十条退出")
