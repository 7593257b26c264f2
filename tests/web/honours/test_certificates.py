"""Certificates and checks in the browser's eyes."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.services.honours.certificates.named import AFTER, AT, Named, named
from tests.services.public_notices.stage import moment

from gongjiang.models import Certificate, FailedCheck
from gongjiang.services.honours.certificates.paper import pdf_of
from gongjiang.services.honours.certificates.patience import MOST
from gongjiang.services.honours.standing import suspend, withdraw

pytestmark = pytest.mark.django_db


def visitor(one: Named) -> Client:
    return one.here.world.client(None, moment(AFTER))


def sent(client: Client, data: bytes, name: str = "a.pdf") -> Any:
    return client.post("/check/file/", {"file": SimpleUploadedFile(name, data)})


def test_an_approver_issues_all_downloads_all_and_mends_one() -> None:
    one = named(3, issue=False)
    client = one.here.world.client("yan", moment(AFTER))
    page = reverse("honours-certificates", args=[one.document.pk])
    assert "还有 3 人没有证书" in client.get(page).content.decode()
    assert "已制发 3 份证书" in client.post(page, follow=True).content.decode()
    assert client.post(page).status_code == 409
    assert client.get(f"{page}archive/").content[:4] == b"PK\x03\x04"
    first = Certificate.objects.earliest("pk")
    paper = client.get(reverse("honours-certificate-pdf", args=[first.pk]))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    told = client.get(reverse("honours-credential", args=[first.pk]))
    assert json.loads(told.content)["proof"]["cryptosuite"] == "eddsa-jcs-2022"
    anew = reverse("honours-certificate-anew", args=[first.pk])
    assert "请写明换发理由" in client.post(anew, {"reason": ""}, follow=True).content.decode()
    assert "已换发，新编号" in client.post(anew, {"reason": "姓名有误", "name": "何焊坪"}, follow=True).content.decode()
    assert "已换发" in visitor(one).get(f"/check/{first.code}/").content.decode()


def test_others_find_nothing() -> None:
    one = named(1)
    client = one.here.world.client("wen", moment(AFTER))
    for path in (
        reverse("honours-certificates", args=[one.document.pk]),
        reverse("honours-certificates-archive", args=[one.document.pk]),
        reverse("honours-certificate-pdf", args=[one.made[0].pk]),
        reverse("honours-credential", args=[one.made[0].pk]),
    ):
        assert client.get(path).status_code == 404
    assert client.post(reverse("honours-certificate-anew", args=[one.made[0].pk]), {"reason": "x"}).status_code == 404


def test_anybody_checks_by_number_code_and_file_and_sees_what_fell_at_once() -> None:
    one = named(1)
    row, client = one.fresh(), visitor(one)
    landed = client.get("/check/", {"number": row.number.lower()}, follow=True)
    assert landed.redirect_chain[-1][0] == f"/check/{row.code}/"
    assert "证书有效" in landed.content.decode()
    assert "澜江重工有限公司" in landed.content.decode()
    assert (landed["Cache-Control"], landed["X-Robots-Tag"]) == ("no-store", "noindex")
    assert "签发后没有改动" in sent(client, pdf_of(row)).content.decode()
    register = client.get(reverse("honours-detail", args=[row.honour_id])).content.decode()
    assert f"/check/{row.code}/" in register
    suspend(actor=one.approver, at=AT, honour_id=row.honour_id, reason="核查")
    fell = client.get(f"/check/{row.code}/").content.decode()
    assert "证书已暂停" in fell
    assert "澜江重工有限公司" not in fell
    withdraw(actor=one.approver, at=AT, honour_id=row.honour_id, reason="弄虚作假", basis="望工发〔2026〕21号")
    assert "证书已撤销" in sent(client, pdf_of(row)).content.decode()
    revoked = client.get("/credentials/status/revocation/1")
    assert (revoked["Content-Type"], revoked["Cache-Control"]) == ("application/vc", "public, max-age=30")
    assert client.get("/.well-known/did.json").json() == client.get("/did.json").json()
    assert client.get("/check/signer.cer").content[:1] == b"\x30"


def test_what_is_wrong_is_said_in_place_and_trying_numbers_ends() -> None:
    one = named(1)
    client = visitor(one)
    assert "末尾两组" not in client.get("/check/").content.decode()
    wrong = client.get("/check/", {"number": "2026-0001-<b>"})
    assert (wrong.status_code, "这不是证书编号" in wrong.content.decode()) == (400, True)
    assert "2026-0001-&lt;b&gt;" in wrong.content.decode()
    assert "请选择文件" in client.post("/check/file/").content.decode()
    assert "超过 2 MB" in sent(client, b"%PDF-" + b"0" * 3_000_000).content.decode()
    assert sent(client, b"%PDF-1.7 nothing").status_code == 422
    for _ in range(MOST):
        client.get("/check/0000000000/")
    assert client.get(f"/check/{one.made[0].code}/").status_code == 429
    elsewhere = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1, 192.0.2.9"}
    assert client.get(f"/check/{one.made[0].code}/", **elsewhere).status_code == 200
    assert FailedCheck.objects.count() <= 2


def test_the_page_of_a_document_has_constant_queries() -> None:
    one = named(3)
    client = one.here.world.client("yan", moment(AFTER))
    page = reverse("honours-certificates", args=[one.document.pk])

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page).status_code == 200
        return len(seen)

    count()
    full = count()
    Certificate.objects.exclude(pk=one.made[0].pk).delete()
    assert count() == full
