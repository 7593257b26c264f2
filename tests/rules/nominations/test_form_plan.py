"""The form read off three packs: which steps, which questions, each once."""

from typing import Any

import pytest

from gongjiang.catalogue.packs import load_pack
from gongjiang.rules.nominations.form_plan import form_plan
from gongjiang.rules.nominations.form_plan_parts import Choice, FilesAsked, FormPlan, Statement
from gongjiang.rules.programmes.pack import Pack

JICHUAN = "tests/packs/jichuan-2031.yaml"


def defaults(pack: Pack) -> dict[str, Any]:
    """Params as the notice has them, else as the question's default."""
    answers = {one.id: one.default for one in pack.questions}
    found = {one.id: one.value if one.value is not None else answers.get(one.ask or "") for one in pack.params}
    return {name: value for name, value in found.items() if value is not None}


def plan(name: str, route: str, award: str, **params: Any) -> FormPlan:
    """The plan of a pack with its defaults."""
    pack = load_pack(name)
    return form_plan(pack, route, award, defaults(pack) | params)


def steps(found: FormPlan) -> dict[str, str]:
    """Ids and labels of the steps."""
    return {one.id: one.label for one in found.sections}


def asked(found: FormPlan, step: str) -> list[str]:
    """Paths of the single questions of a step."""
    section = found.section(step)
    assert section is not None
    return [one.path for one in section.questions]


def columns(found: FormPlan, step: str) -> dict[str, list[str]]:
    """Tables of a step with their columns."""
    section = found.section(step)
    assert section is not None
    return {one.path: [column.path for column in one.columns] for one in section.tables}


BASIC = [
    "case.fill_date", "name", "gender", "birth", "ethnicity", "native_place", "political_status", "id_number",
    "education", "mobile", "work_start", "employer", "post", "professional_title", "skill_level", "main_honours",
]  # fmt: skip


def test_nanning_on_ones_own() -> None:
    found = plan("nanning-2026", "个人自主申报", "craftsman")
    assert steps(found) == {
        "basic": "基本情况",
        "choices": "选填条件",
        "resume": "学习工作经历",
        "deeds": "主要事迹",
        "supplement": "平台补充信息",
        "brief": "个人事迹简介",
        "material": "证明材料",
        "confirm": "确认与提交",
    }
    assert asked(found, "basic") == BASIC
    assert columns(found, "resume") == {"resume": ["from", "to", "org", "post", "in_trade", "region"]}
    assert columns(found, "supplement") == {
        "honours": ["kind", "title", "level", "year"],
        "contests": ["contest", "title", "rank", "year"],
    }
    assert [one.attachment.id for one in found.files()] == ["photo", "certificates", "video"]
    assert "experts" not in found.paths()


def test_nannings_six_conditions_are_cards() -> None:
    section = plan("nanning-2026", "个人自主申报", "craftsman").section("choices")
    assert section is not None
    cards = [one for one in section.parts if isinstance(one, Choice)]
    assert [one.label for one in cards] == [
        "具有工艺专长", "掌握高超技能", "体现领军作用", "焕发传统技艺", "突破技术难题", "成绩出类拔萃",
    ]  # fmt: skip
    assert [one.path for one in cards[1].parts] == [
        "skill_standing", "patents", "patents_invention", "patents_utility", "patents_design",
    ]  # fmt: skip
    assert cards[1].parts[2].when == {"field": "patents", "is": True}
    assert section.note.endswith("六项选树条件至少选填一项")


def test_nanning_by_professionals_asks_for_letters_and_levels() -> None:
    found = plan("nanning-2026", "专业人士推荐", "craftsman")
    assert steps(found)["expert_letter"] == "“南宁工匠”专家推荐函"
    assert columns(found, "expert_letter") == {
        "experts": ["name", "id_number", "employer", "post", "letter", "mobile", "trade", "skill_level"]
    }
    section = found.section("expert_letter")
    assert section is not None
    assert section.tables[0].least == 2
    assert [one.attachment.id for one in found.files()] == ["photo", "certificates", "video", "consent", "letters"]


def test_nannings_other_way_asks_who_recommends() -> None:
    own = plan("nanning-2026", "个人自主申报", "craftsman")
    other = plan("nanning-2026", "其他推荐", "craftsman")
    assert sorted(other.paths() - own.paths()) == ["case.recommender_name", "case.recommender_post"]


def test_national() -> None:
    found = plan("national-2024", "单位工会提出", "master")
    assert list(steps(found)) == ["basic", "reason", "supplement", "material", "confirm"]
    assert columns(found, "supplement")["experts"] == ["name", "employer", "post"]
    assert asked(found, "supplement") == [
        "ownership", "staff_kind", "is_migrant_worker", "real_economy", "reason_short",
    ]  # fmt: skip
    supplement = found.section("supplement")
    assert supplement is not None
    assert supplement.unprinted
    assert {"case.contact", "case.contact_phone"} <= found.paths()


@pytest.mark.ledger("N-17")
def test_limits_come_from_the_pack() -> None:
    found = plan("national-2024", "单位工会提出", "master")
    limits = {one.path: one.limit for section in found.sections for one in section.questions}
    assert (limits["reason"], limits["reason_short"]) == (300, 30)
    changed = plan("national-2024", "单位工会提出", "master", reason_max=250)
    assert next(one.limit for one in changed.section("reason").questions) == 250  # type: ignore[union-attr]


@pytest.mark.ledger("N-04")
def test_nationals_evidence_hangs_on_fifteen_indicators() -> None:
    support = plan("national-2024", "单位工会提出", "master").files()[0]
    assert isinstance(support, FilesAsked)
    assert len(support.indicators) == 15
    assert (support.indicators[0].under, support.indicators[0].label) == ("引领力", "勇挑重担")
    assert {one.under for one in support.indicators} == {"引领力", "实践力", "创新力", "攻关力", "传承力"}


@pytest.mark.ledger("N-13")
def test_nationals_statement_is_the_notices_own() -> None:
    confirm = plan("national-2024", "单位工会提出", "master").section("confirm")
    assert confirm is not None
    (statement,) = confirm.parts
    assert isinstance(statement, Statement)
    assert statement.path == "not_classified"
    assert statement.text.startswith("该推荐对象不属于涉密人员或涉敏感人员。")


def test_a_crew_with_its_leader_host_and_members() -> None:
    found = plan(JICHUAN, "班组", "crew")
    assert list(steps(found)) == ["basic", "members", "deeds", "material", "confirm"]
    assert asked(found, "basic") == [
        "name", "employer", "trade", "headcount", "apprentices", "leader.name", "leader.skill_level", "host.name",
    ]  # fmt: skip
    assert columns(found, "members") == {"members": ["name", "trade", "skill_level"]}
    labels = {one.path: one.label for one in found.sections[0].questions}
    assert (labels["name"], labels["leader.name"]) == ("班组名称", "班组长")


def test_a_pack_without_a_supplement_of_its_own_gets_one() -> None:
    pack = load_pack("nanning-2026")
    bare = pack.model_copy(
        update={
            "forms": tuple(one for one in pack.forms if one.id != "supplement"),
            "stages": tuple(
                one
                if one.id != "apply"
                else one.model_copy(
                    update={
                        "routes": tuple(
                            way.model_copy(update={"forms": tuple(f for f in way.forms if f != "supplement")})
                            for way in one.routes
                        )
                    }
                )
                for one in pack.stages
            ),
        }
    )
    found = form_plan(bare, "个人自主申报", "craftsman", defaults(pack))
    more = found.section("more")
    assert more is not None
    assert more.unprinted
    assert more.note == "仅用于资格审核和统计，不印入原表。"
    assert {"works_in_city", "years_in_trade", "years_in_city", "on_frontline", "union_member"} <= {
        one.path for one in more.questions
    }
    assert {"honours", "contests"} <= {one.path for one in more.tables}
    assert "experts" not in found.paths()


def test_required_is_what_nobody_can_do_without() -> None:
    found = plan("nanning-2026", "个人自主申报", "craftsman")
    required = {one.path for section in found.sections for one in section.questions if one.required}
    assert required == {
        "name", "gender", "birth", "id_number", "mobile", "employer", "deeds", "brief",
        "works_in_city", "on_frontline", "union_member", "years_in_trade", "years_in_city",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "route", "award"),
    [
        ("nanning-2026", "个人自主申报", "craftsman"),
        ("nanning-2026", "专业人士推荐", "craftsman"),
        ("national-2024", "单位工会提出", "master"),
        (JICHUAN, "评选", "star"),
        (JICHUAN, "班组", "crew"),
    ],
)
def test_each_question_stands_once(name: str, route: str, award: str) -> None:
    found = plan(name, route, award)
    paths = [one.path for section in found.sections for one in (*section.questions, *section.tables)]
    assert len(paths) == len(set(paths))
    assert all(section.id.isascii() for section in found.sections)
