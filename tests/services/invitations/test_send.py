"""Links that whoever asks never sees: sent by the platform, or handed out by an office that isn't theirs."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.urls import resolve
from tests.factories import AT, person
from tests.services.formality.ground import EXPERTS, Ground, ground
from tests.services.invitations.outside import DOOR, mailed_token, send_all, waiting_token
from tests.services.letters.test_letters import experts
from tests.services.messages.receiver import receiving

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, Delivery, Entry, Invitation, Letter, Message, Opinion
from gongjiang.rules.messages.schedule import BACKOFF
from gongjiang.services.invitations.door import LinkEnded
from gongjiang.services.invitations.queries import state_of
from gongjiang.services.invitations.send import hand_out, to_hand_out
from gongjiang.services.letters.ask import send_letter_link, withdraw_letter
from gongjiang.services.letters.decline import decline_letter
from gongjiang.services.letters.write import wanted_letter
from gongjiang.services.messages.deliver import next_delivery
from gongjiang.services.messages.outbox import resend
from gongjiang.services.messages.webhooks import add_webhook
from gongjiang.services.opinions.links import answer_by_link, send_link

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def here() -> Ground:
    return ground()


@pytest.fixture
def case(here: Ground) -> Case:
    return here.draft("何焊平", route="专业人士推荐", experts=[dict(one) for one in EXPERTS])


def ask(here: Ground, case: Case, n: int = 0, to: str = "bai@example.org", **said: Any) -> Invitation:
    row = experts(here, case)[n].row
    given = {"actor": here.actor("lan"), "at": AT, "case_id": case.pk, "row": row, "contact": to}
    return send_letter_link(**(given | said))


def told(user: str) -> list[str]:
    return list(Message.objects.filter(user__username=user).values_list("text", flat=True))


@pytest.mark.ledger("N-08", "G-07")
def test_the_expert_gets_it_by_mail_and_the_one_who_asks_nowhere(here: Ground, case: Case) -> None:
    made = ask(here, case)
    assert (made.way, state_of(made, AT)) == ("mail", "queued")
    token = waiting_token()
    assert token not in dump()  # it waits sealed
    assert mailed_token() == token
    (sent,) = mail.outbox
    assert sent.to == ["bai@example.org"]
    assert sent.subject == "【工匠人才推选培育平台】专家推荐函"
    assert "何焊平" not in str(sent.body)
    assert str(sent.body).startswith("白引弧：澜江重工有限公司正在申报“2026年“南宁工匠”选树活动”，请您作为同行专家")
    door = DOOR.search(str(sent.body))
    assert door is not None
    assert resolve(door[0].partition(":8000")[2] or "/" + door[0].split("/", 3)[3]).url_name == "letter-by-link"
    assert Delivery.objects.get().outside == ""  # kept no longer than it waits
    made.refresh_from_db()
    assert state_of(made, AT) == "sent"
    assert wanted_letter(token, AT).letter.name == "白引弧"
    assert [one.state for one in experts(here, case)] == ["waiting", "none"]


def dump() -> str:
    """Every row that could hold a link."""
    kept = [list(model.objects.values()) for model in (Invitation, Delivery, Letter, Message)]
    return str(kept) + str(list(Entry.objects.values("body")))


def test_the_number_of_the_form_is_used_where_none_is_typed(here: Ground, case: Case, settings: Any) -> None:
    settings.WEBHOOK_PRIVATE = True
    with receiving() as system:
        given = {"label": "短信平台", "url": system.url, "secret": SECRET, "wants": "reminder"}
        add_webhook(actor=here.actor("xi"), at=AT, links=True, **given)
        assert ask(here, case, to="").way == "phone"
        token = waiting_token()
        send_all()
    (path, headers, body) = system.got[0]
    said = json.loads(body)
    assert (path, said["type"], sorted(said["data"])) == ("/hook", "link", ["kind", "link", "mobile", "name", "text"])
    assert headers["webhook-signature"].startswith("v1,")
    assert (said["data"]["mobile"], said["data"]["name"]) == (EXPERTS[0]["mobile"], "白引弧")
    assert said["data"]["link"].endswith(f"/letter/{token}/")
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_where_nothing_is_set_up_the_office_hands_it_out_on_record_and_the_filer_never(
    here: Ground, case: Case, settings: Any
) -> None:
    settings.MAIL_ON = False
    made = ask(here, case)
    assert (made.way, state_of(made, AT), Delivery.objects.count()) == ("office", "office", 0)
    message = Message.objects.get(organisation=here.world["county"])
    assert (message.link, message.text) == (
        "links",
        "兰报材（澜江重工有限公司）请白引弧填写专家推荐函，平台没有开通这种发送方式，请贵单位转交链接。",
    )
    for who in ("lan", "yin", "yuan", "ke", "jia"):
        assert to_hand_out(here.actor(who), AT) == []
        with pytest.raises(NotFound):
            hand_out(actor=here.actor(who), at=AT, invitation_id=made.pk)
    assert to_hand_out(here.actor("wen"), AT) == [made]
    _, first = hand_out(actor=here.actor("wen"), at=AT, invitation_id=made.pk)
    _, token = hand_out(actor=here.actor("wen"), at=AT + timedelta(days=2), invitation_id=made.pk)
    with pytest.raises(NotFound):
        wanted_letter(first, AT)
    made.refresh_from_db()
    assert made.expires_at == AT + timedelta(days=9)
    assert wanted_letter(token, AT + timedelta(days=8)).letter.name == "白引弧"
    assert made.handed_by == here.world.people["wen"]
    names = list(Entry.objects.filter(action="link.hand").values_list("actor_name", flat=True))
    assert names == ["温和礼", "温和礼"]


def test_an_officer_who_files_for_the_unit_too_hands_out_nothing(
    here: Ground, case: Case, settings: Any, django_assert_num_queries: Callable[..., Any]
) -> None:
    settings.EMAIL_BACKEND = "gongjiang.services.messages.shown_mail.ShownMail"  # shown on a screen, it reaches nobody
    person(here.world, "both", "两头跑", ("officer", "county"), ("officer", "plant"))
    made, _ = ask(here, case), ask(here, case, 1, to="10000001000")
    assert made.way == "office"
    assert to_hand_out(here.actor("both"), AT) == []
    wen = here.actor("wen")
    with django_assert_num_queries(1, connection=connection):
        assert len(to_hand_out(wen, AT)) == 2
    with pytest.raises(Refused, match="申报一方的人不能经手"):
        hand_out(actor=here.actor("both"), at=AT, invitation_id=made.pk)


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_sent_is_tried_again_then_told_and_handed_out(
    here: Ground, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ask(here, case)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    at = AT
    for pause in (*BACKOFF, timedelta()):
        job = next_delivery(at)
        assert job is not None
        job()
        assert next_delivery(at) is None
        at += pause
    made.refresh_from_db()
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.outside, state_of(made, AT)) == ("dead", len(BACKOFF) + 1, "", "failed")
    assert told("lan") == [
        "专家推荐函的链接（致白引弧，b***@example.org）没有发出（邮件没有发出：ConnectionRefusedError）。"
        "请核对邮箱或手机号后重新发送，或由受理单位转交。"
    ]
    assert experts(here, case)[0].state == "failed"
    assert resend(actor=here.actor("xi"), at=AT, real_at=AT) == 0  # what it said is kept no longer
    _, token = hand_out(actor=here.actor("wen"), at=AT, invitation_id=made.pk)
    assert wanted_letter(token, AT).letter.name == "白引弧"


def broken(*_: object) -> int:
    raise ConnectionRefusedError


def test_once_a_day_to_one_address_and_at_once_to_another(here: Ground, case: Case) -> None:
    ask(here, case)
    first = mailed_token()
    with pytest.raises(Refused, match="24 小时内已给这个地址发过"):
        ask(here, case, to="BAI@example.org", at=AT + timedelta(hours=23))
    ask(here, case, to="bai2@example.org", at=AT + timedelta(hours=1))
    second = mailed_token()
    with pytest.raises(LinkEnded, match="已经收回"):
        wanted_letter(first, AT)
    assert wanted_letter(second, AT).letter.name == "白引弧"
    ask(here, case, to="bai2@example.org", at=AT + timedelta(hours=25))
    with pytest.raises(LinkEnded):
        wanted_letter(second, AT)


def test_taken_off_before_it_went_it_does_not_go(here: Ground, case: Case) -> None:
    ask(here, case)
    letter = Letter.objects.get()
    withdraw_letter(actor=here.actor("lan"), at=AT, case_id=case.pk, letter_id=letter.pk, reason="换一位")
    send_all()
    row = Delivery.objects.get()
    assert (mail.outbox, row.state, row.outside, row.answer) == ([], "dead", "", "已收回，没有发")


@pytest.mark.parametrize("to", ["白引弧", "1380000", "a@b", "a@example.org,b@example.org"])
def test_no_address_no_link(here: Ground, case: Case, to: str) -> None:
    with pytest.raises(BadInput) as problem:
        ask(here, case, to=to)
    assert problem.value.place == "邮箱或手机号"
    assert not Invitation.objects.exists()


@pytest.mark.ledger("N-08")
def test_an_address_of_the_filer_or_the_nominee_is_pointed_out(here: Ground, case: Case) -> None:
    lan = here.world.people["lan"]
    lan.email = "lan@example.org"
    lan.save()
    ask(here, case, 0, to="lan@example.org")
    ask(here, case, 1, to="10000001000")
    found = [[one.text for one in expert.findings if one.kind == "reach"] for expert in experts(here, case)]
    assert found == [
        ["链接发往的邮箱或手机号与填报人账号的邮箱相同，请核对是否专家本人出具。"],
        ["链接发往的邮箱或手机号与申报表上的“联系电话”相同，请核对是否专家本人出具。"],
    ]
    assert not any(one.certain for expert in experts(here, case) for one in expert.findings)
    page = here.world.client("lan").get(f"/nominees/{case.pk}/").content.decode()
    for told in ("计入 0 / 2 封", f"白引弧：{found[0][0]}", f"余定位：{found[1][0]}"):
        assert told in page, told


@pytest.mark.django_db(transaction=True)
def test_an_expert_declines_and_another_is_asked(here: Ground, case: Case) -> None:
    ask(here, case)
    token = mailed_token()
    with pytest.raises(BadInput, match="说明最多 200 字"):
        decline_letter(actor=nobody(), at=AT, token=token, reason="长" * 201)
    decline_letter(actor=nobody(), at=AT, token=token, reason="不同行")
    assert told("lan") == ["白引弧不为何焊平出具推荐函：不同行"]
    assert (experts(here, case)[0].state, experts(here, case)[0].counts) == ("declined", False)
    with pytest.raises(LinkEnded):
        decline_letter(actor=nobody(), at=AT, token=token, reason="")
    ask(here, case)  # asked once more after a talk: at once
    assert experts(here, case)[0].state == "waiting"


@pytest.mark.ledger("G-08")
def test_no_box_of_another_is_filled_through_a_link_that_the_filing_side_holds(here: Ground) -> None:
    """A unit's own officer runs the step in another pack: they get no token for a department's box."""
    case = here.to("dept_opinion")
    person(here.world, "both", "两头跑", ("officer", "county"), ("officer", "plant"))
    box = {"case_id": case.pk, "sheet": "county_sheet", "party": "miit", "recipient": "青屿区工信局"}
    with pytest.raises(NotAllowed):
        send_link(actor=here.actor("lan"), at=AT, **box)
    with pytest.raises(BadInput, match="申报一方不经手"):
        send_link(actor=here.actor("both"), at=AT, **box)
    made, token = send_link(actor=here.actor("both"), at=AT, contact="miit@example.org", **box)
    assert (made.way, token) == ("mail", "")
    answer = {"verdict": "同意", "text": "", "signer": "岑会签", "post": "科长"}
    answer_by_link(actor=nobody(), at=AT, token=mailed_token(), **answer)
    assert Opinion.objects.get(case=case, party="miit").verdict == "同意"
