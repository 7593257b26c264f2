"""Who takes which part in a case, by its way in and where it is handed in (ledger G-07, G-08)."""

import pytest
from tests.factories import AT, person
from tests.services.formality.ground import Ground, earliest_receivers, ground

from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import Case
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import needed_parties
from gongjiang.services.nominations.queries import get_case, visible_to
from gongjiang.services.nominations.start import start_case

pytestmark = pytest.mark.django_db

COUNTY = ["discipline", "miit", "sci", "hrss"]


@pytest.fixture
def here() -> Ground:
    return ground()


def parties(case: Case) -> dict[str, str]:
    return {one.role: one.organisation.name for one in case.parties.all()}


def sheet_boxes(here: Ground, case: Case) -> list[tuple[str, str]]:
    """(sheet, party) of every box that the departments' stage asks for."""
    facts = facts_of_one(here.programme, Case.objects.get(pk=case.pk))
    return [
        (one.sheet, one.party) for one in needed_parties(here.programme, here.programme.stage("dept_opinion"), facts)
    ]


@pytest.mark.ledger("G-07", "G-08")
def test_the_county_route_uses_annex_3_and_the_departments_of_its_level(here: Ground) -> None:
    case = here.filed()
    assert parties(case) == {
        "employer_unit": "澜江重工有限公司",
        "applying_unit": "澜江重工有限公司",
        "county_union": "青屿区总工会",
        "county_discipline": "青屿区纪检监察部门",
        "county_miit": "青屿区工信局",
        "county_sci": "青屿区科技局",
        "county_hrss": "青屿区人社局",
        "county_population": "青屿区人口计生部门",
    }
    assert case.nominator == here.world["county"]
    assert sheet_boxes(here, case) == [("county_sheet", one) for one in COUNTY]


@pytest.mark.ledger("G-08")
def test_the_industry_route_uses_annex_4_and_the_bureau_in_charge(here: Ground) -> None:
    case = here.filed(receiver="industry")
    assert case.nominator == here.world["industry"]
    held = parties(case)
    assert held["industry_union"] == "望澜市机械产业工会"
    assert {held[one] for one in ("supervisor", "supervisor_discipline", "supervisor_personnel")} == {
        "望澜市机械行业主管局"
    }
    assert not [one for one in held if one.startswith("county")]
    assert sheet_boxes(here, case) == [("industry_sheet", one) for one in ("supervisor", "discipline", "personnel")]


@pytest.mark.ledger("G-07")
def test_experts_recommend_to_county_unions_only(here: Ground) -> None:
    assert earliest_receivers(here, "专业人士推荐", "plant") == ["青屿区总工会", "远岸区总工会"]
    assert earliest_receivers(here, "单位推荐", "plant") == ["青屿区总工会", "远岸区总工会", "望澜市机械产业工会"]
    with pytest.raises(BadInput, match="望澜市机械产业工会不受理这种申报方式"):
        here.draft(route="专业人士推荐", receiver="industry")


@pytest.mark.ledger("G-07")
def test_others_recommend_a_person_who_works_elsewhere(here: Ground) -> None:
    case = here.draft(
        route="其他推荐",
        unit="city",
        filer="fan",
        employer="plant",
        recommender_name="范新闻",
        recommender_post="记者",
    )
    held = parties(case)
    assert (held["other_recommender"], held["employer_unit"]) == ("望澜市总工会", "澜江重工有限公司")
    assert (case.applying_unit, case.nominator) == (here.world["city"], here.world["county"])
    assert "applying_unit" not in held or held["applying_unit"] == "澜江重工有限公司"


def test_a_way_in_belongs_to_who_holds_its_part(here: Ground) -> None:
    with pytest.raises(BadInput, match="澜江重工有限公司不能用“其他推荐”这种方式申报"):
        start_case(
            actor=here.actor("lan"),
            at=AT,
            programme=here.programme,
            award="craftsman",
            route="其他推荐",
            unit=here.world["plant"],
            receiver=here.world["county"],
        )


def test_a_union_that_did_not_receive_the_case_does_not_see_it(here: Ground) -> None:
    case = here.filed()
    assert get_case(here.actor("wen"), case.pk) == case
    for other in ("yuan", "xiao"):
        assert not visible_to(here.actor(other)).exists()
        with pytest.raises(NotFound):
            get_case(here.actor(other), case.pk)
    industry = here.filed("岑铸山", receiver="industry")
    assert list(visible_to(here.actor("xiao"))) == [industry]
    assert list(visible_to(here.actor("wen"))) == [case]


def test_drafts_are_their_own_unit_s(here: Ground) -> None:
    draft = here.draft()
    assert list(visible_to(here.actor("gong"))) == [draft]
    for who in ("wen", "zhang", "yan", "ke", "yin"):
        assert not visible_to(here.actor(who)).exists(), who


@pytest.mark.ledger("G-08")
def test_an_official_needs_one_opinion_more_and_it_has_no_box(here: Ground) -> None:
    case = here.filed(public_official="yes")
    assert sheet_boxes(here, case) == [("county_sheet", one) for one in [*COUNTY, "population"]]
    facts = facts_of_one(here.programme, case)
    asked = needed_parties(here.programme, here.programme.stage("dept_opinion"), facts)
    assert [one.box for one in asked] == [True, True, True, True, False]


def test_the_office_may_answer_that_the_population_opinion_is_waived() -> None:
    here = ground({"Q7": "waived"})
    assert sheet_boxes(here, here.filed(public_official="yes")) == [("county_sheet", one) for one in COUNTY]


@pytest.mark.parametrize(("answer", "sheet"), [("annex3", "county_sheet"), ("annex4", "industry_sheet")])
def test_a_union_committee_uses_the_sheet_that_was_answered(answer: str, sheet: str) -> None:
    here = ground({"Q9": answer})
    committee = here.edition.roles.create(
        role="union_committee", organisation=here.world["other_county"], per_case=True
    )
    here.edition.roles.filter(role="county_union", organisation=here.world["other_county"]).delete()
    assert committee.organisation.name == "远岸区总工会"
    case = here.filed(receiver="other_county")
    assert {name for name, _ in sheet_boxes(here, case)} == {sheet}


def test_two_unions_of_the_same_kind_each_keep_to_their_own_departments(here: Ground) -> None:
    person(here.world, "ou", "欧科员", ("department", "county_miit"))
    far = here.filed("岑铸山", receiver="other_county")
    assert "county_miit" not in parties(far)
    assert not visible_to(here.actor("ou")).exists()
