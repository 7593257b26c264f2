"""Pages of contact and of the artisan's account: plain forms, each person their part."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.services.cultivation.kept import AT, NUMBER, Kept
from tests.services.cultivation.test_holder import NUMBER as LISTED
from tests.services.cultivation.test_holder import listed

from gongjiang.models import Concern, Contact, ContactRhythm, Invitation, MidtermCheck, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def said(response: Any) -> str:
    return response.content.decode()


def test_from_the_link_to_ones_own_page(found: Kept) -> None:
    zhang, pk = found.world.client("zhang"), found.honours[0].pk
    assert "还没有开通" in said(zhang.get(f"/artisans/{pk}/"))
    page = said(zhang.post(f"/artisans/{pk}/account/", {"step": "send", "days": "7"}))
    address = page.partition("/open/")[2].partition('"')[0].strip("/")
    anybody = Client()
    door = anybody.get(f"/open/{address}/")
    assert "何焊平，您好" in said(door)
    assert door.headers["Cache-Control"] == "no-store"
    form = {
        "way": "new",
        "digits": "111111",
        "username": "gj1",
        "password": "lan-jiang-2026",
        "again": "lan-jiang-2026",
    }
    wrong = anybody.post(f"/open/{address}/", form)
    assert (wrong.status_code, Invitation.objects.get().tries) == (422, 1)
    assert "身份证号后六位不对" in said(wrong)
    assert 'value="gj1"' in said(wrong)
    assert "lan-jiang-2026" not in said(wrong)
    done = anybody.post(f"/open/{address}/", form | {"digits": NUMBER[-6:]}, follow=True)
    assert done.redirect_chain == [("/mine/", 302)]
    assert "我的培育" in said(done)
    assert Subject.objects.get(user__username="gj1").name == "何焊平"
    for url in ("/todo/", "/messages/", "/certificates/", "/messages/channels/", "/password/", "/roles/"):
        assert anybody.get(url).status_code == 200, url
    assert anybody.get(f"/artisans/{found.honours[1].pk}/").status_code == 404
    assert anybody.get("/artisans/contacts/").status_code == 404
    assert anybody.get(f"/open/{address}/").status_code == 410
    assert "已开通" in said(zhang.get(f"/artisans/{pk}/"))
    anybody.logout()
    login = anybody.post("/login/", {"username": "gj1", "password": "lan-jiang-2026"})
    assert login.headers["Location"] == "/mine/"


def test_a_contact_is_two_presses_from_the_list(found: Kept) -> None:
    zhang, honour = found.world.client("zhang"), found.honours[0]
    page = said(zhang.get("/artisans/contacts/"))
    assert "何焊平" in page
    assert f"?honour={honour.pk}&amp;back=" in page
    form = {
        "honour": honour.pk,
        "on": "2026-06-24",
        "way": "call",
        "said": "通话。",
        "back": "/artisans/contacts/?show=all",
    }
    bad = zhang.post("/artisans/contacts/new/", form | {"on": "2026-07-01", "said": "已谈的都在"})
    assert bad.status_code == 422
    assert "已谈的都在" in said(bad)
    assert "日期还没有到" in said(bad)
    done = zhang.post("/artisans/contacts/new/", form | {"concern": "场地"})
    assert (done.status_code, done.headers["Location"]) == (302, "/artisans/contacts/?show=all")
    assert Contact.objects.get().who == "章有序"
    assert "场地" in said(zhang.get("/artisans/contacts/?show=concerns"))
    concern = Concern.objects.get()
    answer = {"version": concern.version, "answer": "已安排", "back": "//elsewhere.example/"}
    assert zhang.post(f"/artisans/concerns/{concern.pk}/answer/", answer).headers["Location"].startswith("/artisans/")
    assert "已安排" in said(zhang.get(f"/artisans/{honour.pk}/contacts/"))
    undo = {"version": 1, "reason": "记错了"}
    zhang.post(f"/artisans/contacts/{Contact.objects.get().pk}/withdraw/", undo)
    assert Contact.objects.get().withdrawn_at is not None


def test_a_seminar_and_the_rhythm_and_the_mid_term(found: Kept) -> None:
    zhang = found.world.client("zhang", AT + timedelta(days=300))
    ids = [one.pk for one in found.honours]
    assert "记一次集体联系" in said(zhang.get("/artisans/contacts/new/", {"honour": ids}))
    zhang.post("/artisans/contacts/new/", {"honour": ids, "on": "2026-06-24", "way": "meeting", "said": "座谈。"})
    assert Contact.objects.count() == 3
    zhang.post("/artisans/contacts/rhythm/", {"edition": found.edition.pk, "months": "6"})
    assert ContactRhythm.objects.get().months == 6
    pk = ids[0]
    assert "待期中检查" in said(zhang.get("/artisans/contacts/?show=midterm"))
    form = {"on": "2027-04-01", "outcome": "behind", "text": "带徒没有开始", "measures": ""}
    bad = zhang.post(f"/artisans/{pk}/midterm/", form)
    assert bad.status_code == 422
    assert "改进措施" in said(bad)
    zhang.post(f"/artisans/{pk}/midterm/", form | {"measures": "月底前签带徒协议"})
    assert MidtermCheck.objects.get().outcome == "behind"


def test_the_enterprise_sees_no_contacts_and_the_artisan_asks(found: Kept) -> None:
    zhang, lan, pk = found.world.client("zhang"), found.world.client("lan"), found.honours[0].pk
    zhang.post("/artisans/contacts/new/", {"honour": pk, "on": "2026-06-24", "way": "call", "said": "谈到单位加班多。"})
    assert "加班多" in said(zhang.get(f"/artisans/{pk}/"))
    assert "加班多" not in said(lan.get(f"/artisans/{pk}/"))
    for url in (f"/artisans/{pk}/contacts/", "/artisans/contacts/", f"/artisans/{pk}/midterm/"):
        assert lan.get(url).status_code == 404, url
    found.user(0)
    own = found.world.client("artisan0")
    assert "告诉工会" in said(own.get("/mine/"))
    assert own.post(f"/mine/{pk}/ask/", {"text": ""}).status_code == 400
    own.post(f"/mine/{pk}/ask/", {"text": "想参加境外培训"})
    assert "想参加境外培训" in said(own.get("/mine/"))
    assert "加班多" not in said(own.get("/mine/"))
    assert own.get(f"/mine/{found.honours[1].pk}/ask/").status_code == 404
    assert lan.get(f"/mine/{pk}/ask/").status_code == 404


def test_an_address_that_only_takes_a_form_says_so_when_it_is_opened(found: Kept) -> None:
    page = found.world.client("zhang").get(f"/artisans/{found.honours[0].pk}/account/")
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "请回到原来的页面再办一次" in said(page)


def test_whom_a_register_names_opens_an_account_from_the_persons_page(found: Kept) -> None:
    zhang, subject = found.world.client("zhang"), listed(found)
    assert f'href="/people/{subject.pk}/account/"' in said(zhang.get(f"/people/{subject.pk}/"))
    assert "发送开通链接" in said(zhang.get(f"/people/{subject.pk}/account/"))
    sent = said(zhang.post(f"/people/{subject.pk}/account/", {"step": "send", "days": "7"}))
    address = sent.partition("/open/")[2].partition('"')[0].strip("/")
    anybody = Client()
    assert "沈精工，您好" in said(anybody.get(f"/open/{address}/"))
    form = {"way": "new", "digits": LISTED[-6:], "username": "shen", "password": "lan-jiang-2026"}
    done = anybody.post(f"/open/{address}/", form | {"again": "lan-jiang-2026"}, follow=True)
    assert done.redirect_chain == [("/mine/", 302)]
    assert "名册记载的荣誉" in said(done)
    assert "例省工匠，2021，已命名" in said(done)
    for url in ("/todo/", "/mine/log/", "/certificates/", "/training/", "/mine/attend/", "/funds/offers/"):
        assert anybody.get(url).status_code in {200, 404}, url
    assert "已开通" in said(zhang.get(f"/people/{subject.pk}/account/"))
    assert anybody.get(f"/people/{subject.pk}/").status_code == 404
    assert found.world.client("wen").post(f"/people/{subject.pk}/account/", {"step": "send"}).status_code == 404


def test_an_answer_that_was_not_taken_stands_again_as_typed(found: Kept) -> None:
    honour, zhang = found.honours[0], found.world.client("zhang")
    one = Concern.objects.create(honour=honour, text="想参加境外研修", due=AT.date(), at=AT)
    form = {"version": str(one.version), "answer": "答" * 501, "back": f"/artisans/{honour.pk}/"}
    wrong = zhang.post(f"/artisans/concerns/{one.pk}/answer/", form)
    assert wrong.status_code == 400
    assert ("答" * 501) in said(wrong)
    assert f'href="/artisans/{honour.pk}/"' in said(wrong)
    assert zhang.post(f"/artisans/concerns/{one.pk}/answer/", form | {"answer": "可以报名。"}).status_code == 302
