"""Opinions: each party its own box, recorded for others from the stamped sheet, and what a refusal does."""

import pytest
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused, Stale
from gongjiang.models import Case, Message, Opinion, Subject
from gongjiang.services.nominations.replay import differences
from gongjiang.services.nominations.submit import submit
from gongjiang.services.opinions.boxes import boxes
from gongjiang.services.opinions.give import give_opinion

pytestmark = pytest.mark.django_db

SHEET = ("county_sheet.discipline", "county_sheet.miit", "county_sheet.sci", "county_sheet.hrss")


@pytest.fixture
def here() -> Ground:
    return ground()


def given(case: Case, key: str) -> Opinion:
    sheet, _, party = key.partition(".")
    return Opinion.objects.get(case=case, sheet=sheet, party=party)


@pytest.mark.ledger("G-08")
def test_a_department_speaks_for_itself(here: Ground) -> None:
    case = here.to("dept_opinion")
    here.say(case, "county_sheet.sci", who="ke", text="同意推荐")
    one = given(case, "county_sheet.sci")
    assert (one.verdict, one.text, one.on_behalf, one.organisation) == (
        "同意",
        "同意推荐",
        False,
        here.world["county_sci"],
    )
    assert (one.by, one.given_at) == (here.world.people["ke"], AT)


@pytest.mark.ledger("G-08")
def test_the_circulating_union_records_what_the_stamped_sheet_says(here: Ground) -> None:
    case = here.to("dept_opinion")
    here.say(case, "county_sheet.miit", who="wen")
    one = given(case, "county_sheet.miit")
    assert (one.on_behalf, one.organisation) == (True, here.world["county_miit"])


def test_nobody_else_fills_a_box(here: Ground) -> None:
    case = here.to("dept_opinion")
    for who in ("lan", "yuan", "zhang", "jia", "ji", "xi"):
        with pytest.raises(NotAllowed, match="“工信部门意见”不由您填写"):
            here.say(case, "county_sheet.miit", who=who)
    with pytest.raises(NotAllowed):
        here.say(case, "county_sheet.miit", who="ke")
    assert not Opinion.objects.exclude(verdict="").filter(case=case).exists()


def test_when_all_have_agreed_the_case_goes_on_by_itself(here: Ground) -> None:
    case = here.to("dept_opinion")
    for key in SHEET[:-1]:
        here.say(case, key)
    assert here.states(case)["dept_opinion"] == "open"
    here.say(case, SHEET[-1])
    assert here.states(case)["dept_opinion"] == "done"
    assert here.states(case)["report_up"] == "open"
    assert differences([case.pk]) == []


@pytest.mark.django_db(transaction=True)
def test_a_refusal_keeps_the_case_there_and_is_told(here: Ground) -> None:
    case = here.to("dept_opinion")
    for key in SHEET[:-1]:
        here.say(case, key)
    with pytest.raises(BadInput, match="不同意须写明理由"):
        here.say(case, SHEET[-1], verdict="不同意", text=" ")
    Message.objects.all().delete()
    here.say(case, SHEET[-1], verdict="不同意", text="劳动关系存疑")
    assert here.states(case)["dept_opinion"] == "open"
    assert list(Message.objects.values_list("organisation", "text")) == [
        (here.world["county"].pk, "何焊平：“人社部门意见”不同意：劳动关系存疑")
    ]
    with pytest.raises(Refused, match="人社部门意见：不同意"):
        here.take(case, "dept_opinion", "complete")
    here.say(case, SHEET[-1], verdict="同意", text="已查清")  # they may change their mind while it is open
    assert here.states(case)["report_up"] == "open"


@pytest.mark.ledger("G-07")
def test_self_nomination_waits_for_the_employer_who_may_agree_before_or_after(here: Ground) -> None:
    before, after = here.draft(route="个人自主申报"), here.filed("岑铸山", route="个人自主申报")
    here.say(before, "application.employer", who="gong")
    here.attach(before)
    submit(actor=here.actor("lan"), at=AT, case_id=before.pk)
    here.judge(before)
    here.take(before, "qualify", "pass")
    here.judge(after)
    with pytest.raises(Refused, match="推荐对象所在单位意见须为同意；未出具"):
        here.take(after, "qualify", "pass")
    here.say(after, "application.employer", who="gong")
    here.take(after, "qualify", "pass")
    assert given(after, "application.employer").on_behalf is False
    assert given(after, "application.employer").organisation == here.world["plant"]


def test_nobody_agrees_to_their_own_nomination(here: Ground) -> None:
    case = here.draft(route="个人自主申报")
    with pytest.raises(NotAllowed):
        here.say(case, "application.employer", who="lan")
    other = here.filed("岑铸山")
    Subject.objects.filter(pk=other.subject_id).update(user=here.world.people["gong"])
    with pytest.raises(NotAllowed):
        here.say(other, "application.employer", who="gong")


def test_a_unit_that_nominates_says_so_in_its_own_box(here: Ground) -> None:
    case = here.draft()
    here.say(case, "application.employer", who="lan", text="同意推荐")
    assert given(case, "application.employer").on_behalf is False


def test_the_union_records_the_employer_s_stamp_from_the_paper(here: Ground) -> None:
    case = here.filed(route="个人自主申报")
    here.say(case, "application.employer", who="wen", text="单位已盖章")
    assert given(case, "application.employer").on_behalf is True
    with pytest.raises(Refused, match="这一栏现在不需要填写"):
        here.say(case, "application.employer", who="wen", verdict="不同意", text="改口")


def test_a_box_of_a_later_step_waits(here: Ground) -> None:
    case = here.filed()
    for key in ("county_sheet.miit", "application.city_union", "industry_sheet.supervisor", "nothing.here"):
        with pytest.raises(Refused, match="这一栏现在不需要填写"):
            here.say(case, key)


def test_words_are_bounded_and_a_verdict_is_one_of_two(here: Ground) -> None:
    case = here.to("dept_opinion")
    with pytest.raises(BadInput, match="意见最多 200 字，现 201 字"):
        here.say(case, SHEET[0], text="好" * 201)
    with pytest.raises(BadInput, match="请选择同意或不同意"):
        here.say(case, SHEET[0], verdict="弃权")
    here.say(case, SHEET[0], text="好" * 200)


def test_a_box_filled_meanwhile_is_told(here: Ground) -> None:
    case = here.to("dept_opinion")
    here.say(case, SHEET[1], who="jiang")
    with pytest.raises(Stale, match="刚刚有人填过"):
        give_opinion(
            actor=here.actor("wen"),
            at=AT,
            case_id=case.pk,
            sheet="county_sheet",
            party="miit",
            verdict="同意",
            version=1,
        )


@pytest.mark.ledger("G-07")
def test_letters_of_experts_are_verified_by_the_county_union(here: Ground) -> None:
    case = here.filed(route="专业人士推荐")
    here.judge(case)
    here.take(case, "qualify", "pass")
    for key in SHEET:
        here.say(case, key)
    assert here.states(case)["dept_opinion"] == "open"  # the letters aren't verified yet
    here.say(case, "letter_check.verify", text="属实")
    here.take(case, "dept_opinion", "complete")
    assert here.states(case)["report_up"] == "open"


def test_boxes_say_whose_they_are_and_who_may_fill_them(here: Ground) -> None:
    case = here.to("dept_opinion")
    case = Case.objects.prefetch_related("parties__organisation").get(pk=case.pk)
    seen = {one.asked.key: one for one in boxes(here.actor("ke"), here.programme, case)}
    assert [key for key, one in seen.items() if one.may_give] == ["county_sheet-sci"]
    assert seen["county_sheet-sci"].organisation == "青屿区科技局"
    union = {one.asked.key: one for one in boxes(here.actor("wen"), here.programme, case)}
    assert {key: one.for_others for key, one in union.items() if one.may_give} == {
        "application-employer": True,
        "application-union": False,
        "county_sheet-discipline": True,
        "county_sheet-miit": True,
        "county_sheet-sci": True,
        "county_sheet-hrss": True,
    }


def test_what_a_party_said_itself_nobody_writes_over(here: Ground) -> None:
    case = here.to("dept_opinion")
    here.say(case, "county_sheet.sci", who="ke", verdict="不同意", text="项目不实")
    with pytest.raises(NotAllowed):
        here.say(case, "county_sheet.sci", who="wen")
    here.say(case, "county_sheet.miit", who="wen")
    here.say(case, "county_sheet.miit", who="wen", verdict="不同意", text="录错了")  # what was recorded can be mended
    assert given(case, "county_sheet.sci").verdict == "不同意"


@pytest.mark.ledger("G-07")
@pytest.mark.django_db(transaction=True)
def test_an_employer_that_has_not_spoken_is_asked_when_the_form_is_handed_in(here: Ground) -> None:
    before, after = here.draft(route="个人自主申报"), here.draft("岑铸山", route="个人自主申报")
    here.say(before, "application.employer", who="gong")
    assert not Opinion.objects.filter(case=after).exists()
    Message.objects.all().delete()
    for case in (before, after):
        here.attach(case)
        submit(actor=here.actor("lan"), at=AT, case_id=case.pk)
    assert (given(after, "application.employer").verdict, given(after, "application.employer").organisation) == (
        "",
        here.world["plant"],
    )
    plant = Message.objects.filter(organisation=here.world["plant"])
    assert list(plant.values_list("text", flat=True)) == ["请对岑铸山签署“推荐对象所在单位意见”。"]
