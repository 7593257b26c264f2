"""An opinion taken back, a form changed after it was given, an opinion after its day, doors that aren't its own."""

from datetime import timedelta

import pytest
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, Entry, Message, Opinion
from gongjiang.services.letters.write import wanted_letter
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.submit import submit
from gongjiang.services.opinions.give import give_opinion
from gongjiang.services.opinions.links import answer_by_link, send_link, wanted_of
from gongjiang.services.opinions.overview import Line, overview
from gongjiang.services.opinions.withdraw import withdraw_opinion

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MIIT = {"sheet": "county_sheet", "party": "miit"}
SCI = {"sheet": "county_sheet", "party": "sci"}


@pytest.fixture
def here() -> Ground:
    return ground()


def lines(here: Ground, case: Case, who: str) -> dict[str, Line]:
    case = (
        Case.objects.select_related("process__edition__pack")
        .prefetch_related("parties__organisation", "rows")
        .get(pk=case.pk)
    )
    return {one.box.asked.key: one for one in overview(here.actor(who), AT, here.programme, case)}


def back(here: Ground, case: Case, who: str, box: dict[str, str], reason: str = "核对后情况有变") -> Opinion:
    return withdraw_opinion(actor=here.actor(who), at=AT, case_id=case.pk, reason=reason, **box)


def linked(here: Ground, case: Case) -> Opinion:
    box = {"case_id": case.pk, "recipient": "青屿区工信局", **MIIT}
    _, token = send_link(actor=here.actor("wen"), at=AT, **box)
    signed = {"signer": "岑会签", "post": "科长"}
    return answer_by_link(actor=nobody(), at=AT, token=token, verdict="不同意", text="查无此人", **signed)


@pytest.mark.ledger("G-08")
def test_who_answered_by_link_has_the_office_take_it_back_and_answers_anew(here: Ground) -> None:
    case = here.to("dept_opinion")
    _, token = send_link(actor=here.actor("wen"), at=AT, case_id=case.pk, recipient="青屿区工信局", **MIIT)
    assert wanted_of(token, AT).asked.party == "miit"
    for door, key in ((wanted_letter, token), (wanted_of, token[:-1])):  # each opens its own door only
        with pytest.raises(NotFound, match="没有这个链接"):
            door(key, AT)
    linked(here, case)
    with pytest.raises(Refused, match="要更正的，请先撤回"):
        linked(here, case)
    for who in ("lan", "ke", "zhang"):
        with pytest.raises(NotAllowed):
            back(here, case, who, MIIT)
    with pytest.raises(BadInput, match="请写明撤回的理由"):
        back(here, case, "wen", MIIT, " ")
    box = back(here, case, "wen", MIIT, "签署人来电：看错了人")
    assert (box.verdict, box.signer, box.given_at) == ("", "", None)
    assert box.withdrawn == "不同意：查无此人；撤回：签署人来电：看错了人"
    entry = Entry.objects.get(action="opinion.withdraw")
    assert "查无此人" in str(entry.body)
    assert linked(here, case).verdict == "不同意"


def test_a_party_takes_back_its_own_while_the_case_stands_there(here: Ground) -> None:
    case = here.to("dept_opinion")
    for days, late in ((timedelta(), True), (timedelta(microseconds=1), False)):
        Opinion.objects.filter(case=case).update(due_at=AT + days)
        here.say(case, "county_sheet.sci", who="ke", text="同意推荐")
        line = lines(here, case, "wen")["county_sheet-sci"]
        assert (line.state, line.late) == ("agree", late)  # after its day it counts, and says so
    with pytest.raises(NotAllowed):
        back(here, case, "wen", SCI)
    may = [lines(here, case, who)["county_sheet-sci"].may_withdraw for who in ("wen", "ke")]
    assert may == [False, True]
    assert back(here, case, "ke", SCI).withdrawn == "同意：同意推荐；撤回：核对后情况有变"
    with pytest.raises(Refused, match="没有可以撤回的意见"):
        back(here, case, "ke", SCI)
    with pytest.raises(Refused, match="科技部门意见：还没有意见"):
        here.take(case, "dept_opinion", "complete")
    for party in ("discipline", "miit", "hrss"):
        here.say(case, f"county_sheet.{party}")
    here.say(case, "county_sheet.sci", who="ke")
    here.pass_on(case, "report_up")
    with pytest.raises(Refused, match="已经办结，意见不能再撤回"):
        back(here, case, "ke", SCI)


@pytest.mark.django_db(transaction=True)
def test_a_form_changed_after_an_opinion_is_pointed_out_and_the_party_told(here: Ground) -> None:
    case = here.draft(route="个人自主申报")
    here.say(case, "application.employer", who="gong")
    later = AT + timedelta(hours=1)
    saved = save_values(actor=here.actor("lan"), at=later, case_id=case.pk, changes={"post": "车间主任"})
    here.attach(saved.case)
    Message.objects.all().delete()
    submit(actor=here.actor("lan"), at=later, case_id=case.pk)
    assert list(Message.objects.filter(organisation=here.world["plant"]).values_list("text", flat=True)) == [
        "何焊平的申报表在贵单位签署意见后改过（职务），如意见有变，请撤回后重新签署。"
    ]
    line = lines(here, case, "wen")["application-employer"]
    assert line.changed is not None
    assert (line.changed.words, line.changed.at) == ("职务", later)
    for page in (f"/nominees/{case.pk}/", f"/nominees/{case.pk}/opinions/"):
        assert "签署后改过" in here.world.client("wen").get(page).content.decode()
    back(here, case, "gong", {"sheet": "application", "party": "employer"})
    here.judge(case)
    with pytest.raises(Refused, match="推荐对象所在单位意见须为同意；未出具"):
        here.take(case, "qualify", "pass")
    give_opinion(
        actor=here.actor("gong"), at=later, case_id=case.pk, sheet="application", party="employer", verdict="同意"
    )
    assert lines(here, case, "wen")["application-employer"].changed is None
