"""Naming and the register in the browser's eyes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.services.public_notices.stage import Ground, ground, moment

from gongjiang.kernel import identity_number
from gongjiang.models import Bestowal, Honour, NamingDocument, Subject
from gongjiang.services.people.sealing import identity_hash

pytestmark = pytest.mark.django_db
AFTER = date(2026, 9, 28)


def named(here: Ground, step: str = "name", who: str = "yan", **said: str):
    path = reverse("honours-confer", args=[here.edition.pk, "name"])
    client = here.world.client(who, moment(AFTER))
    return client.post(
        path, {"number": "望工发〔2026〕9号", "title": "", "issued_on": "", "step": step, **said}, follow=True
    )


def ready(people: int = 3) -> Ground:
    here = ground(places=people, people=people)
    here.post()
    here.settle(date(2026, 9, 25))
    return here


def test_the_last_look_then_the_naming() -> None:
    here = ready()
    look = named(here, "check").content.decode()
    assert "命名 <b>3</b> 人" in look
    assert not Honour.objects.exists()
    done = named(here)
    assert "3 人载入名册" in done.content.decode()
    assert Honour.objects.count() == 3


def test_what_is_missing_is_said_and_nothing_lost() -> None:
    here = ready()
    answer = named(here, number="", title="我拟的标题")
    assert answer.status_code == 409
    assert "请填写文号" in answer.content.decode()
    assert "我拟的标题" in answer.content.decode()
    assert named(here, issued_on="2026-13-01").status_code == 409
    assert not Honour.objects.exists()


def test_officers_look_and_approvers_name() -> None:
    here = ready()
    path = reverse("honours-confer", args=[here.edition.pk, "name"])
    assert "由本单位审批人员下文" in here.world.client("zhang", moment(AFTER)).get(path).content.decode()
    assert named(here, who="zhang").status_code == 409
    assert here.world.client("wen", moment(AFTER)).get(path).status_code == 404


def test_the_register_finds_shows_and_hides() -> None:
    here = ready()
    named(here)
    client = here.world.client(None, moment(AFTER))
    honour = Honour.objects.get(name="岑铸山")
    text = client.get("/register/", {"text": "铸山"}).content.decode()
    assert "岑铸山" in text
    assert "何焊平" not in text
    page = client.get(reverse("honours-detail", args=[honour.pk])).content.decode()
    assert "望工发〔2026〕9号" in page
    assert "澜江重工有限公司" in page
    Honour.objects.filter(pk=honour.pk).update(state="revoked")
    assert client.get(reverse("honours-detail", args=[honour.pk])).status_code == 404
    assert client.get("/register/", {"after": "x", "year": "'"}).status_code == 200


def test_the_register_has_constant_queries() -> None:
    here = ready(6)
    named(here)
    client = here.world.client(None, moment(AFTER))

    def count(**asked: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/register/", asked).status_code == 200
        return len(seen)

    count()
    assert count() == count(text="何焊平")


@pytest.mark.ledger("G-14")
def test_the_document_as_word_and_pdf_and_its_draft_before() -> None:
    here = ready()
    draft = named(here, "draft", title="关于命名的决定", body="第一段。\n第二段。")
    assert draft.headers["Content-Type"].endswith("wordprocessingml.document")
    assert not Honour.objects.exists()
    assert named(here, number="望工发9号").status_code == 409
    page = named(here, number="望工发[2026] 9号", addressee="各县（区）总工会", body="自己写的正文。").content.decode()
    assert "《关于命名2026年" in page
    document = NamingDocument.objects.get()
    assert (document.number, document.body) == ("望工发〔2026〕9号", "自己写的正文。")
    client = here.world.client("zhang", moment(AFTER))
    for name, start in (("honours-document-word", b"PK"), ("honours-document-pdf", b"%PDF-")):
        assert client.get(reverse(name, args=[document.pk])).content.startswith(start)
        assert here.world.client("wen", moment(AFTER)).get(reverse(name, args=[document.pk])).status_code == 404


@pytest.mark.ledger("G-14")
def test_awards_are_recorded_on_a_page_and_leave_as_a_sheet() -> None:
    here = ready()
    named(here)
    document = NamingDocument.objects.get()
    client = here.world.client("zhang", moment(AFTER))
    path = reverse("honours-bestowals", args=[document.pk])
    rows = [str(one) for one in Bestowal.objects.filter(benefit="bonus").values_list("pk", flat=True)]
    assert client.post(path, {"day": "2026-09-28"}).status_code == 409
    refused = client.post(path, {"row": rows, "day": "2026-09-28", "amount": "约五千", "note": "记着"})
    assert (refused.status_code, "记着" in refused.content.decode()) == (409, True)
    done = client.post(path, {"row": rows, "day": "2026-09-28", "amount": "5,000元"}, follow=True).content.decode()
    assert "已登记 3 项" in done
    assert "15,000" in done
    sheet = client.get(reverse("honours-bestowals-sheet", args=[document.pk]))
    assert sheet.content.startswith(b"PK")
    row = Bestowal.objects.get(pk=rows[0])
    undo = reverse("honours-bestowal-undo", args=[document.pk, row.pk])
    assert "改回未办" in client.post(undo, {"version": row.version, "reason": "误登"}, follow=True).content.decode()
    assert here.world.client("wen", moment(AFTER)).get(path).status_code == 404


def test_the_internal_register_is_for_its_keepers_and_numbers_stand_in_no_address() -> None:
    here = ready()
    named(here)
    path = reverse("honours-inside")
    assert here.world.client("lan", moment(AFTER)).get(path).status_code == 404
    client = here.world.client("zhang", moment(AFTER))
    assert "内部名册" in client.get("/register/").content.decode()
    found = client.post(path, {"text": "铸山", "state": "stands"}, follow=True)
    assert "text=%E9%93%B8%E5%B1%B1&state=stands" in found.redirect_chain[0][0]
    assert "岑铸山" in found.content.decode()
    assert "何焊平" not in found.content.decode()
    number = identity_number.sample(7, date(1980, 6, 5), "男")
    Subject.objects.filter(honours__name="何焊平").update(identity_hash=identity_hash(number))
    by_number = client.post(path, {"number": number})
    assert by_number.status_code == 200
    assert "何焊平" in by_number.content.decode()
    assert "岑铸山" not in by_number.content.decode()
    sheet = client.get(reverse("honours-inside-sheet"), {"text": "铸山"})
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    way = client.get(reverse("people-path", args=[Honour.objects.get(name="何焊平").subject_id])).content.decode()
    assert "优先作为推荐“广西工匠”后备人选" in way
    assert "一次性奖励费" in way
