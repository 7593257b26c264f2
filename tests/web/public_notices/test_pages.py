"""Notices and objections in the browser's eyes: what the public reads, what officers do."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.services.public_notices.stage import DEEDS, FRIDAY, Ground, ground, moment

from gongjiang.documents.pdf.fonts import compile_pdf
from gongjiang.models import Notice, Objection
from gongjiang.services.public_notices.handle import propose_refusal

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 21)


def visitor(here: Ground, day: date = MONDAY) -> Client:
    return here.world.client(None, moment(day))


def officer(here: Ground, name: str = "yan", day: date = MONDAY) -> Client:
    return here.world.client(name, moment(day))


def test_the_notice_says_its_days_its_names_and_how_to_object() -> None:
    here = ground()
    notice = here.post(contact={"phone": "0000-0000 000", "hours": "工作日 9:00—12:00"})
    page = visitor(here).get(reverse("public-notices-page", args=[notice.slug]))
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("还剩<b>4</b>个工作日", "9月24日 24:00 截止", "0000-0000 000", "以姓氏笔画为序", "二画", "何焊平"):
        assert words in text
    assert "温测微" not in text  # who waits as a substitute is nobody's business yet
    assert "yes" not in text.split("<table", 1)[1].split("</table>", 1)[0]


def test_a_notice_of_a_later_day_is_not_there_yet() -> None:
    here = ground()
    notice = here.post(published_on=date(2026, 9, 21))
    path = reverse("public-notices-page", args=[notice.slug])
    assert visitor(here, FRIDAY).get(path).status_code == 404
    assert visitor(here, MONDAY).get(path).status_code == 200


def test_queries_do_not_grow_with_the_list(django_assert_max_num_queries) -> None:
    here = ground(places=6, people=6)
    notice = here.post()
    client = visitor(here)
    path = reverse("public-notices-page", args=[notice.slug])
    client.get(path)
    with django_assert_max_num_queries(4):
        client.get(path)
    with django_assert_max_num_queries(3):
        client.get(reverse("public-notices-list"))
    with django_assert_max_num_queries(4):
        client.get("/")


def test_front_page_leads_to_what_needs_no_login() -> None:
    here = ground()
    notice = here.post()
    text = visitor(here).get("/").content.decode()
    for address in (reverse("public-notices-page", args=[notice.slug]), "/register/", "/objections/", "/login/"):
        assert f'href="{address}"' in text


def test_word_file_of_the_notice() -> None:
    here = ground()
    notice = here.post()
    answer = visitor(here).get(reverse("public-notices-word", args=[notice.slug]))
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]


def test_objecting_gives_a_receipt_shown_once() -> None:
    here = ground()
    notice = here.post()
    client = visitor(here)
    path = reverse("objections-new", args=[notice.slug])
    assert "何焊平（澜江重工有限公司）" in client.get(path).content.decode()
    answer = client.post(
        path, {"entry": here.entry(0).pk, "text": DEEDS, "signed": "anonymous", "website": ""}, follow=True
    )
    stored = Objection.objects.get()
    text = answer.content.decode()
    assert stored.receipt in text
    code = text.split('查询码</dt><dd class="num">')[1].split("<")[0]
    assert code not in client.get(reverse("objections-received"), follow=True).content.decode()
    found = client.post(reverse("objections-follow"), {"receipt": stored.receipt, "code": code})
    assert "正在研究是否受理" in found.content.decode()
    wrong = client.post(reverse("objections-follow"), {"receipt": stored.receipt, "code": "AAAA-AAAA"})
    assert wrong.status_code == 400


def test_what_was_typed_stays_with_its_message() -> None:
    here = ground()
    notice = here.post()
    answer = visitor(here).post(
        reverse("objections-new", args=[notice.slug]),
        {"entry": here.entry(1).pk, "text": DEEDS, "signed": "named", "name": "舒实名", "contact": ""},
    )
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "请填写联系方式" in text
    assert DEEDS in text
    assert 'value="舒实名"' in text
    assert not Objection.objects.exists()


def test_officers_see_a_preview_and_look_once_more_before_posting() -> None:
    here = ground()
    path = reverse("public-notices-publish", args=[here.edition.pk, "notice"])
    client = officer(here, day=FRIDAY)
    text = client.get(path).content.decode()
    assert "待递补（不公示，按次序）：温测微" in text
    typed = {"published_on": "2026-09-18", "title": "关于拟命名人选的公示", "body": "现予公示。", "contact_phone": ""}
    look = client.post(path, {**typed, "step": "check"}).content.decode()
    assert "9月24日 24:00" in look
    assert not Notice.objects.exists()
    client.post(path, {**typed, "step": "publish"})
    assert Notice.objects.get().title == "关于拟命名人选的公示"
    again = client.post(path, {**typed, "step": "publish"})
    assert again.status_code == 409
    assert Notice.objects.count() == 1


def test_the_gate_speaks_on_the_page_and_keeps_what_was_typed() -> None:
    here = ground()
    path = reverse("public-notices-publish", args=[here.edition.pk, "notice"])
    answer = officer(here, day=FRIDAY).post(path, {"body": "请致电19900000001。", "step": "publish"})
    text = answer.content.decode()
    assert "正文第1段出现手机号" in text
    assert "请致电19900000001。" in text
    assert not Notice.objects.exists()


@pytest.mark.parametrize("name", ["wen", "lan", "jia", "xi", "ke"])
def test_strangers_find_nothing(name: str) -> None:
    here = ground()
    here.post()
    here.object(0, moment(MONDAY))
    client = officer(here, name)
    pk = Objection.objects.get().pk
    assert client.get(reverse("public-notices-publish", args=[here.edition.pk, "notice"])).status_code == 404
    assert client.get(reverse("objections-detail", args=[pk])).status_code == 404
    assert client.post(reverse("objections-act", args=[pk, "admit"])).status_code == 404
    assert Objection.objects.get().state == "received"


def test_a_matter_is_handled_on_its_page() -> None:
    here = ground(places=3, people=4)
    here.post()
    here.object(0, moment(MONDAY), signed="named", name="舒实名", contact="0000-000")
    matter = Objection.objects.get()
    path = reverse("objections-detail", args=[matter.pk])
    client, second = officer(here), officer(here, "zhang")
    text = client.get(path).content.decode()
    assert DEEDS in text
    assert "舒实名" in text
    seen = officer(here, "ji").get(path).content.decode()
    assert DEEDS in seen
    assert "舒实名" not in seen
    for action, said in (
        ("admit", {}),
        ("verify", {"finding": "调阅考勤。"}),
        ("decide", {"outcome": "upheld", "answer": "经核实属实，已取消资格。", "basis": "领导小组会议"}),
    ):
        matter.refresh_from_db()
        answer = second.post(
            reverse("objections-act", args=[matter.pk, action]), {**said, "version": matter.version}, follow=True
        )
        assert answer.status_code == 200, action
    assert "批准取消资格" not in answer.content.decode()
    assert "批准取消资格" in client.get(path).content.decode()
    matter.refresh_from_db()
    strike = reverse("objections-act", args=[matter.pk, "strike"])
    assert second.post(strike, {"version": matter.version}).status_code == 409
    answer = client.post(strike, {"version": matter.version}, follow=True)
    assert "由温测微递补" in answer.content.decode()
    assert here.row(0).state == "struck"


def test_second_officer_confirms_a_refusal_on_the_page() -> None:
    here = ground()
    here.post()
    here.object(0, moment(MONDAY))
    pk = Objection.objects.get().pk
    propose_refusal(actor=here.world.actor("zhang"), at=moment(MONDAY), objection_id=pk, reason="没有事实")
    path = reverse("objections-act", args=[pk, "confirm"])
    same = officer(here, "zhang").post(path)
    assert same.status_code == 409
    assert "另一位同事" in same.content.decode()
    officer(here, "yan").post(path)
    assert Objection.objects.get().state == "refused"


@pytest.mark.once
def test_the_queue_has_constant_queries(django_assert_max_num_queries) -> None:
    here = ground()
    here.post()
    client = officer(here)
    path = reverse("objections-queue", args=[here.edition.pk])
    here.object(0, moment(MONDAY))
    client.get(path)
    counted = _count(client, path)
    for n in range(8):
        here.object(1, moment(MONDAY), f"{DEEDS}第{n}次。")
    assert _count(client, path) == counted


def _count(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_settling_by_the_button() -> None:
    here = ground()
    here.post()
    path = reverse("public-notices-settle", args=[here.edition.pk, "notice"])
    answer = officer(here, day=date(2026, 9, 25)).post(path, follow=True)
    assert "3 人公示期满" in answer.content.decode()
    assert here.row(0).state == "done"


def sent(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, compile_pdf({"main.typ": "证据".encode()}), "application/pdf")


@pytest.mark.once
def test_files_inquiry_supplement_and_merging_on_the_pages() -> None:
    here = ground()
    notice = here.post()
    said = {"entry": here.entry(0).pk, "text": DEEDS, "signed": "unit", "name": "舒实名", "contact": "0000-000"}
    said |= {"unit": "望澜市某厂"}
    path = reverse("objections-new", args=[notice.slug])
    public = visitor(here)
    refused = public.post(path, said | {"files": [sent("证据.pdf")]})
    assert refused.status_code == 400
    assert "请上传加盖公章" in refused.content.decode()
    assert "所选的文件请重新选择" in refused.content.decode()
    page = public.post(path, said | {"files": [sent("证据.pdf")], "stamped": sent("盖章.pdf")}, follow=True)
    matter = Objection.objects.get()
    code = page.content.decode().split('查询码</dt><dd class="num">')[1].split("<")[0]
    follow = {"receipt": matter.receipt, "code": code}
    told = public.post(reverse("objections-follow"), follow | {"more": "补充一份。", "more_files": sent("补.pdf")})
    assert "补充的情况已收到" in told.content.decode()
    assert "已收到材料 3 件" in told.content.decode()
    assert public.post(reverse("objections-follow"), follow | {"more": " "}).status_code == 400

    here.object(0, moment(MONDAY), DEEDS)
    other = Objection.objects.latest("id")
    client = officer(here)
    acts = {one: reverse("objections-act", args=[matter.pk, one]) for one in ("admit", "look")}
    client.post(acts["admit"])
    step = {"way": "谈话了解", "on": "2026-09-21", "text": "与车间主任谈话。", "files": sent("记录.pdf")}
    shown = client.post(acts["look"], step, follow=True).content.decode()
    assert "查证：谈话了解" in shown
    assert "记录.pdf" in shown
    file = reverse("objections-file", args=[matter.files.latest("id").pk])
    assert b"".join(client.get(file).streaming_content).startswith(b"%PDF-")
    assert public.get(file).status_code in (302, 404)
    assert officer(here, "lan").get(file).status_code == 404
    detail = reverse("objections-detail", args=[other.pk])
    assert "内容相同" in client.get(detail).content.decode()
    merge = reverse("objections-act", args=[other.pk, "merge"])
    assert "已并入" in client.post(merge, {"into": matter.receipt}, follow=True).content.decode()
    split = reverse("objections-act", args=[other.pk, "split"])
    assert "已分开办理" in client.post(split, follow=True).content.decode()
