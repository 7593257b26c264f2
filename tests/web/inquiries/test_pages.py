"""Pages of a matter: each person sees their part, steps are plain forms, queries don't grow with rows."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image
from pypdf import PdfReader
from tests.services.honours.certificates.named import AT, Named, named
from tests.services.inquiries.ground import ASKED, answered, opened, second, told, world_of

from gongjiang.models import Honour, Inquiry, InquiryFile, User
from gongjiang.services.reports.invariants import files as stored_files

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = AT + timedelta(days=1)
FORM = {
    "ground": "own",
    "situation": "提供虚假业绩材料",
    "basis": "办公会议决定",
    "source": "report",
    "account": "来函否认证书。",
}


def browser(found: Named, who: str, at: Any = LATER) -> Client:
    return world_of(found).client(who, at)


def other(found: Named) -> Client:
    """The second approver's."""
    client = Client()
    client.force_login(User.objects.get(pk=second(found).user_id))
    return client


def said(response: Any) -> str:
    return response.content.decode()


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return SimpleUploadedFile("来函.png", out.getvalue())


def test_from_the_search_to_the_decision_by_forms_alone(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    found = named(1)
    yan, lan = browser(found, "yan"), browser(found, "lan")
    page = said(yan.get("/inquiries/new/", {"text": "焊平"}))
    address = f"/inquiries/new/?honour={found.made[0].honour_id}"
    assert f"?honour={found.made[0].honour_id}" in page
    assert "请填写反映的情况" in said(yan.post(address, FORM | {"account": ""}))
    assert "HC-2026-00001" in said(yan.post(address, FORM, follow=True))
    here = f"/inquiries/{Inquiry.objects.get().pk}/"
    assert lan.get(here).status_code == 404
    assert "已收到" in said(yan.post(f"{here}files/", {"file": picture(), "title": "来函"}, follow=True))
    refused = yan.post(f"{here}files/", {"file": SimpleUploadedFile("a.pdf", b"<html>")})
    assert refused.status_code >= 400
    assert yan.post(f"{here}act/notify/", {"notice": "核查证书", "due": "2026-09-29"}).status_code >= 400
    yan.post(f"{here}act/notify/", {"notice": "核查证书真伪", "due": "2026-10-20"})
    assert "陈述意见：HC-2026-00001" in said(lan.get("/todo/"))
    theirs = said(lan.get(here))
    assert "核查证书真伪" in theirs
    assert "来函否认" not in theirs
    piece = InquiryFile.objects.get().pk
    assert (lan.get(f"/inquiries/files/{piece}/").status_code, yan.get(f"/inquiries/files/{piece}/").status_code) == (
        404,
        200,
    )
    assert not [one for one in stored_files.violations() if "来函" in one or "inquiries" in one]
    lan.post(f"{here}act/state/", {"statement": "本人不知情", "answer": "state"})
    proposal = {"upheld": "yes", "finding": "证书系伪造", "document": "望工发〔2026〕12号", "no_tie": "yes"}
    yan.post(f"{here}act/propose/", proposal)
    assert "其中 1 件待第二人审批" in said(other(found).get("/todo/"))
    assert yan.post(f"{here}act/confirm/", {"no_tie": "yes"}).status_code >= 400
    assert "撤销荣誉，收回证书" in said(other(found).post(f"{here}act/confirm/", {"no_tie": "yes"}, follow=True))
    public = said(browser(found, "lan").get("/register/withdrawn/"))
    assert "何焊平" in public
    assert "望工发〔2026〕12号" in public
    assert "虚假" not in public
    for paper, words in (("notice", "可以在2026年10月20日以前"), ("decision", "撤销荣誉，收回证书")):
        word = Document(BytesIO(lan.get(f"{here}paper/{paper}/docx/").content))
        assert words in "".join(one.text for one in word.paragraphs)
    printed = PdfReader(BytesIO(lan.get(f"{here}paper/decision/pdf/").content)).pages[0].extract_text()
    assert "望工发〔2026〕12号" in printed.replace(" ", "")
    assert lan.get(f"{here}paper/decision/exe/").status_code == 404


def test_lists_take_as_many_queries_for_three_as_for_one() -> None:
    found = named(3)
    client = browser(found, "yan")
    opened(found.approver, honour_id=found.made[0].honour_id)
    client.get("/inquiries/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/inquiries/")
    for n in (1, 2):
        told(found.approver, opened(found.approver, honour_id=found.made[n].honour_id))
    with CaptureQueriesContext(connection) as three:
        page = said(client.get("/inquiries/"))
    assert page.count("HC-2026-") == 3
    assert len(three) == len(one)
    assert "没有事项" in said(browser(found, "yuan").get("/inquiries/"))


def test_a_units_record_is_for_its_superiors_and_itself() -> None:
    found = named(1)
    county = world_of(found)["county"]
    record = f"/units/{county.pk}/record/"
    assert [browser(found, who).get(record).status_code for who in ("yan", "wen", "yuan", "lan")] == [
        200,
        200,
        404,
        404,
    ]
    assert browser(found, "yan").get("/inquiries/new/?honour=987654321").status_code == 404
    assert browser(found, "lan").get("/inquiries/new/").status_code == 404
    matter = opened(found.approver, ASKED, honour_id=found.made[0].honour_id)
    told(found.approver, matter)
    answered(world_of(found).actor("lan"), matter)
    assert browser(found, "yan").post(f"/inquiries/{matter.pk}/act/strange/").status_code == 404
    assert Honour.objects.get().state == "stands"
