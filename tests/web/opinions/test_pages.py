"""The page of opinions, and the one behind a link, in a browser without script."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.formality.ground import Ground, ground
from tests.services.papers.ground import scan_of

from gongjiang.models import Case, Entry, File, Invitation, Opinion, StampedScan
from gongjiang.web.invitations.door import LOOKS, WRONG

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BOX = {"sheet": "county_sheet", "party": "miit"}


@pytest.fixture
def here() -> Ground:
    cache.clear()
    return ground()


@pytest.fixture
def case(here: Ground) -> Case:
    return here.to("dept_opinion")


def sent(here: Ground, case: Case) -> str:
    page = here.world.client("wen").post(f"/nominees/{case.pk}/opinions/link/", {**BOX, "recipient": "青屿区工信局"})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    found = re.search(r"http://testserver(/opinion/[\w-]+/)", page.content.decode())
    assert found is not None
    return found[1]


def test_a_link_from_the_page_to_the_answer(here: Ground, case: Case) -> None:
    address = sent(here, case)
    shown = here.world.client("wen").get(f"/nominees/{case.pk}/opinions/").content.decode()
    assert "发给青屿区工信局" in shown
    assert "已发出，还没有打开" in shown
    assert address not in shown
    guest = here.world.client(None)
    page = guest.get(address)
    text = page.content.decode()
    for told in ("工信部门意见", "何焊平", "澜江重工有限公司", "青屿区总工会", "附件3"):
        assert told in text, told
    for secret in ("990000198203", "1982", "焊花旁", "10000001"):
        assert secret not in text, secret
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")
    wrong = guest.post(address, {"verdict": "不同意", "signer": "岑会签", "post": "科长"})
    assert wrong.status_code == 400
    assert "不同意须写明理由" in wrong.content.decode()
    assert 'value="岑会签"' in wrong.content.decode()
    done = guest.post(address, {"verdict": "同意", "text": "情况属实", "signer": "岑会签", "post": "科长"})
    assert "已收到" in done.content.decode()
    assert Opinion.objects.get(case=case, **BOX).signer == "岑会签，科长"
    again = guest.get(address)
    assert (again.status_code, "只能提交一次" in again.content.decode()) == (410, True)
    shown = here.world.client("wen").get(f"/nominees/{case.pk}/opinions/").content.decode()
    assert "岑会签，科长（经链接）" in shown


def test_the_sheet_behind_a_link_has_this_party_alone(here: Ground, case: Case) -> None:
    here.say(case, "county_sheet.sci", who="ke", text="科技部门的话")
    answer = here.world.client(None).get(f"{sent(here, case)}sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"


def test_the_stamped_sheet_comes_with_the_answer_through_the_link(here: Ground, case: Case) -> None:
    """Another party's sheet, a stale print and a picture of something else are refused; what was typed stays."""
    address, guest = sent(here, case), here.world.client(None)
    said = {"verdict": "同意", "text": "情况属实", "signer": "岑会签", "post": "科长"}
    for data, told in (
        (scan_of(case, "county_sheet.sci"), "不是征求您意见的那张表"),
        (scan_of(case, "county_sheet.miit", covered=True), "没有读出页码"),
        (b"MZ not a picture", "盖章"),
    ):
        page = guest.post(address, {**said, "scan": SimpleUploadedFile("意见表.jpg", data, "image/jpeg")})
        text = page.content.decode()
        assert (page.status_code, told in text, 'value="岑会签"' in text) == (400, True, True), told
    assert not File.objects.filter(case=case, attachment="stamped").exists()
    data = scan_of(case, "county_sheet.miit")
    page = guest.post(address, {**said, "scan": SimpleUploadedFile("意见表.jpg", data, "image/jpeg")})
    assert "盖章的意见表已核对页码并收下" in page.content.decode()
    kept, box = StampedScan.objects.get(case=case), Opinion.objects.get(case=case, **BOX)
    assert (kept.form, kept.matched, kept.by, kept.file.uploaded_by) == ("county_sheet.miit", "code", None, None)
    assert (box.verdict, box.scan) == ("同意", kept.file)
    told = Entry.objects.filter(action="file.add", case_id=case.pk).latest("seq").actor_name
    assert told == "岑会签，科长（经链接）"


def test_nobody_knocks_a_thousand_times_and_nobody_is_shut_out_by_it(here: Ground, case: Case) -> None:
    address, guest = sent(here, case), here.world.client(None)
    answers = [guest.get(f"/opinion/guess{n}/").status_code for n in range(WRONG + 2)]
    assert answers == [404] * WRONG + [429, 429]
    answers = [guest.get(address).status_code for _ in range(LOOKS + 1)]
    assert answers == [200] * LOOKS + [429]


def test_a_link_is_taken_back_a_colleague_asked_an_opinion_declined(here: Ground, case: Case) -> None:
    address = sent(here, case)
    base = f"/nominees/{case.pk}/opinions/"
    made = Invitation.objects.get()
    for who in ("ke", "lan", "yuan"):
        assert here.world.client(who).post(f"{base}revoke/", {"invitation": made.pk}).status_code in {403, 404}
    wen, ke = here.world.client("wen"), here.world.client("ke")
    assert wen.post(f"{base}revoke/", {"invitation": made.pk}).status_code == 302
    assert here.world.client(None).get(address).status_code == 410
    assert wen.post(f"{base}remind/", {"sheet": "county_sheet", "party": "hrss"}).status_code == 302
    assert wen.post(f"{base}remind/", {"sheet": "county_sheet", "party": "hrss"}).status_code == 409
    refused = ke.post(f"{base}decline/", {"sheet": "county_sheet", "party": "sci", "reason": ""})
    assert refused.status_code == 400
    ke.post(f"{base}decline/", {"sheet": "county_sheet", "party": "sci", "reason": "不属本部门职责"})
    shown = wen.get(base).content.decode()
    assert "不属本部门职责" in shown
    assert here.world.client("yuan").get(base).status_code == 404


def test_the_page_asks_the_same_of_the_database_for_any_number_of_links(here: Ground, case: Case) -> None:
    client, counts = here.world.client("wen"), []
    for _ in range(3):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/nominees/{case.pk}/opinions/")
        counts.append(len(seen))
        sent(here, case)
    assert counts[1] == counts[2]
