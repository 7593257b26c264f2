"""Opinions by one-time links: one answer, in time, by whoever holds the token; refusals, passing on, reminders."""

from datetime import timedelta

import pytest
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, Entry, Invitation, Message, Opinion
from gongjiang.services.invitations.door import TRIES, LinkEnded, note_failed
from gongjiang.services.invitations.make import digest_of, take_back
from gongjiang.services.nominations.replay import differences
from gongjiang.services.nominations.transition import move
from gongjiang.services.opinions import remind
from gongjiang.services.opinions.decline import decline
from gongjiang.services.opinions.hand import hand_over
from gongjiang.services.opinions.links import answer_by_link, decline_by_link, send_link, wanted_of
from gongjiang.services.opinions.overview import overview
from gongjiang.services.opinions.remind import remind_party

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BOX = {"sheet": "county_sheet", "party": "miit"}


@pytest.fixture
def here() -> Ground:
    return ground()


@pytest.fixture
def case(here: Ground) -> Case:
    return here.to("dept_opinion")


def link(here: Ground, case: Case, who: str = "wen", days: int = 7, **box: str) -> str:
    _, token = send_link(
        actor=here.actor(who), at=AT, case_id=case.pk, recipient="青屿区工信局", days=days, **{**BOX, **box}
    )
    return token


def answer(token: str, verdict: str = "同意", text: str = "", hours: int = 1, **said: str) -> Opinion:
    return answer_by_link(
        actor=nobody(),
        at=AT + timedelta(hours=hours),
        token=token,
        verdict=verdict,
        text=text,
        **{"signer": "岑会签", "post": "青屿区工信局 科长", **said},
    )


@pytest.mark.ledger("G-08")
def test_a_bureau_without_an_account_answers_once_and_the_record_names_who_signed(here: Ground, case: Case) -> None:
    token = link(here, case)
    box = answer(token, text="同意推荐")
    assert (box.verdict, box.text, box.on_behalf, box.by) == ("同意", "同意推荐", False, None)
    assert box.signer == "岑会签，青屿区工信局 科长"
    assert box.organisation == here.world["county_miit"]
    assert Entry.objects.filter(action="opinion.give").latest("seq").actor_name == "岑会签，青屿区工信局 科长（经链接）"
    with pytest.raises(LinkEnded, match="使用过，一个链接只能提交一次"):
        answer(token, "不同意", "改主意了")
    assert Opinion.objects.get(pk=box.pk).verdict == "同意"


def test_the_last_opinion_by_link_lets_the_case_go_on(here: Ground, case: Case) -> None:
    tokens = [link(here, case, party=one) for one in ("discipline", "miit", "sci", "hrss")]
    for token in tokens:
        answer(token)
    assert here.states(case)["dept_opinion"] == "done"
    assert differences([case.pk]) == []


def test_the_token_is_kept_nowhere(here: Ground, case: Case) -> None:
    token = link(here, case)
    made = Invitation.objects.get()
    assert made.digest == digest_of(token)
    assert token not in str(list(Invitation.objects.values())) + str(list(Entry.objects.values("body")))


def test_a_link_ends_by_time_by_hand_by_another_and_by_too_many_tries(here: Ground, case: Case) -> None:
    old = link(here, case, days=1)
    assert wanted_of(old, AT + timedelta(hours=23)).asked.party == "miit"
    with pytest.raises(LinkEnded, match="已过有效期"):
        answer(old, hours=24)
    newer = link(here, case)
    with pytest.raises(LinkEnded, match="已经收回"):
        answer(old)
    take_back(actor=here.actor("wen"), at=AT, invitation=Invitation.objects.get(digest=digest_of(newer)))
    with pytest.raises(LinkEnded, match="已经收回"):
        answer(newer)
    tried = link(here, case)
    for _ in range(TRIES):
        note_failed(actor=nobody(), at=AT, invitation=Invitation.objects.get(digest=digest_of(tried)))
    with pytest.raises(LinkEnded):
        answer(tried)
    with pytest.raises(NotFound, match="没有这个链接"):
        answer("nonsense")
    assert Opinion.objects.get(case=case, party="miit").verdict == ""


def test_who_may_send_links_and_for_which_boxes(here: Ground, case: Case) -> None:
    for who in ("lan", "yuan", "zhang", "ke", "jia", "xi"):
        with pytest.raises(NotAllowed):
            link(here, case, who)
    here.say(case, "county_sheet.miit", who="wen")
    with pytest.raises(Refused, match="已经有意见"):
        link(here, case)
    with pytest.raises(Refused, match="现在不需要填写"):
        link(here, case, sheet="application", party="hrss")
    with pytest.raises(BadInput, match="有效期为 1 至 30 天"):
        link(here, case, party="hrss", days=31)


def test_what_is_not_said_is_asked_and_costs_no_link(here: Ground, case: Case) -> None:
    token = link(here, case)
    for said in ({"signer": " "}, {"post": ""}, {"signer": "岑" * 41}):
        with pytest.raises(BadInput):
            answer(token, **said)
    with pytest.raises(BadInput, match="不同意须写明理由"):
        answer(token, "不同意")
    with pytest.raises(BadInput, match="请选择同意或不同意"):
        answer(token, "同意了吧")
    assert answer(token).verdict == "同意"


def test_a_link_is_dead_once_the_case_went_on_without_it(here: Ground, case: Case) -> None:
    token = link(here, case)
    move(
        actor=here.actor("wen"),
        at=AT,
        case_id=case.pk,
        stage_id="dept_opinion",
        action="return",
        reason="照片不合要求",
        back_to="qualify",
    )
    with pytest.raises(Refused, match="现在不需要填写"):
        answer(token)


@pytest.mark.django_db(transaction=True)
def test_declining_goes_back_to_who_asked_with_the_reason(here: Ground, case: Case) -> None:
    token = link(here, case)
    Message.objects.all().delete()
    box = decline_by_link(actor=nobody(), at=AT, token=token, reason="干部管理权限在上级", signer="岑会签", post="科长")
    assert (box.verdict, box.declined, box.declined_at) == ("", "干部管理权限在上级", AT)
    told = set(Message.objects.values_list("user__username", "organisation__name", "text"))
    text = "何焊平：“工信部门意见”不出具意见：干部管理权限在上级"
    assert told == {("wen", None, text), (None, "青屿区总工会", text)}
    here.say(case, "county_sheet.miit", who="wen")  # the union records what the stamped sheet says after all
    box.refresh_from_db()
    assert (box.verdict, box.declined) == ("同意", "")


def test_an_account_declines_its_own_box_only(here: Ground, case: Case) -> None:
    box = {"sheet": "county_sheet", "party": "sci"}
    with pytest.raises(NotAllowed):
        decline(actor=here.actor("wen"), at=AT, case_id=case.pk, reason="不归我们管", **box)
    with pytest.raises(BadInput, match="须写明理由"):
        decline(actor=here.actor("ke"), at=AT, case_id=case.pk, reason=" ", **box)
    decline(actor=here.actor("ke"), at=AT, case_id=case.pk, reason="不属本部门职责", **box)
    with pytest.raises(Refused, match="科技部门意见：不出具意见（不属本部门职责）"):
        move(actor=here.actor("wen"), at=AT, case_id=case.pk, stage_id="dept_opinion", action="complete")
    here.say(case, "county_sheet.sci", who="ke")
    with pytest.raises(Refused, match=r"现在不需要填写|已经有意见"):
        decline(actor=here.actor("ke"), at=AT, case_id=case.pk, reason="不属本部门职责", **box)


def test_a_box_is_passed_to_a_colleague_of_the_same_house(here: Ground, case: Case) -> None:
    box = {"sheet": "county_sheet", "party": "sci"}
    with pytest.raises(BadInput, match="只能转交给本单位"):
        hand_over(actor=here.actor("ke"), at=AT, case_id=case.pk, user_id=here.world.people["wen"].pk, **box)
    with pytest.raises(NotAllowed):
        hand_over(actor=here.actor("wen"), at=AT, case_id=case.pk, user_id=here.world.people["ke"].pk, **box)
    made = hand_over(actor=here.actor("ke"), at=AT, case_id=case.pk, user_id=here.world.people["ke"].pk, **box)
    assert made.handed_to == here.world.people["ke"]
    assert Entry.objects.filter(action="opinion.hand", case_id=case.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_reminders_by_button_once_a_day_and_by_themselves_before_the_day(here: Ground, case: Case) -> None:
    """The pack's windows ended before this test's clock: a box is due at once, three times and no more."""
    box = {"sheet": "county_sheet", "party": "hrss"}
    with pytest.raises(NotAllowed):
        remind_party(actor=here.actor("zhang"), at=AT, case_id=case.pk, **box)
    remind_party(actor=here.actor("wen"), at=AT, case_id=case.pk, **box)
    with pytest.raises(Refused, match="24 小时内已催办过"):
        remind_party(actor=here.actor("wen"), at=AT + timedelta(hours=23), case_id=case.pk, **box)
    assert Message.objects.filter(organisation=here.world["county_hrss"], text__contains="温和礼催办").count() == 1
    Opinion.objects.filter(case=case).exclude(party="hrss").update(verdict="同意", given_at=AT)
    Opinion.objects.filter(case=case, party="hrss").update(due_at=AT + timedelta(days=4))
    assert remind.next_job(AT + timedelta(days=1)) is None
    later = AT + timedelta(days=2)
    job = remind.next_job(later)
    assert job is not None
    job()
    assert remind.next_job(later) is None
    assert Message.objects.filter(text="提醒：请对何焊平签署“人社部门意见”，2026年6月28日前。").count() == 1
    assert Opinion.objects.get(case=case, party="hrss").reminders == 2


def test_the_page_knows_who_may_do_what(here: Ground, case: Case) -> None:
    link(here, case)
    lines = {one.box.asked.key: one for one in overview(here.actor("wen"), AT, here.programme, case)}
    asked = lines["county_sheet-miit"]
    assert (asked.state, asked.link_state, asked.may_send) == ("link", "sent", True)
    assert lines["county_sheet-hrss"].may_remind
    assert lines["application-miit"].state == "early"
    mine = {one.box.asked.key: one for one in overview(here.actor("ke"), AT, here.programme, case)}
    assert (mine["county_sheet-sci"].may_decline, mine["county_sheet-sci"].may_remind) == (True, False)
    assert not mine["county_sheet-miit"].may_send
