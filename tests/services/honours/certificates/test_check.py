"""Checks: what is ours is told, what isn't is told exactly, and nobody tries numbers through."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.services.honours.certificates.named import AT, named

from gongjiang.documents.certificate import Pkcs12Signer
from gongjiang.documents.certificate.sign import CannotSign
from gongjiang.documents.certificate.test_key import make_pkcs12
from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed, NotFound, Refused
from gongjiang.models import FailedCheck, Honour, StandingChange
from gongjiang.rules.honours.certificates.numbers import code_of
from gongjiang.rules.honours.certificates.proof import proved
from gongjiang.services.honours.certificates.check import by_file, by_number
from gongjiang.services.honours.certificates.credentials import credential_of, status_list
from gongjiang.services.honours.certificates.keys import credential_key, issuer, pdf_signer
from gongjiang.services.honours.certificates.paper import pdf_of, plate_of
from gongjiang.services.honours.certificates.patience import MOST, TooMany, count_failure, require_patience
from gongjiang.services.honours.standing import restore, suspend, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def refusal(data: bytes) -> str:
    with pytest.raises(GongjiangError) as caught:
        by_file(data, AT)
    return caught.value.text


def test_what_is_ours_is_told_by_number_by_file_and_by_credential() -> None:
    one = named(1)
    row = one.fresh()
    found = by_number(row.number.lower().replace("-", " "), AT)
    assert (found.worth, found.name, found.title, found.trainee) == ("valid", "何焊平", "南宁工匠", False)
    assert ("工作单位", "澜江重工有限公司") in found.shown
    paper = by_file(pdf_of(row), AT)
    assert (paper.worth, paper.by, paper.test, paper.number) == ("valid", "pdf", True, row.number)
    told = json.dumps(credential_of(row), ensure_ascii=False).encode()
    for data in (told, b"\xef\xbb\xbf" + told + b"\n", json.dumps(credential_of(row), indent=3).encode()):
        assert (by_file(data, AT).worth, by_file(data, AT).by) == ("valid", "credential")


def test_what_fell_is_told_at_once_and_little_else() -> None:
    one = named(1)
    row = one.fresh()
    paper = pdf_of(row)
    suspend(actor=one.approver, at=AT, honour_id=row.honour_id, reason="核查")
    told = by_file(paper, AT)
    assert (told.worth, told.shown, told.honour_id, told.since) == ("suspended", (), None, AT.date())
    restore(actor=one.approver, at=AT, honour_id=row.honour_id, reason="查无实据")
    assert by_number(row.code, AT).worth == "valid"
    withdraw(actor=one.approver, at=AT, honour_id=row.honour_id, reason="弄虚作假", basis="望工发〔2026〕21号")
    assert by_file(paper, AT).worth == "withdrawn"
    assert StandingChange.objects.count() == 3


def test_who_changes_a_standing_and_on_what_ground() -> None:
    one = named(1)
    honour = one.made[0].honour_id
    with pytest.raises(NotAllowed):
        suspend(actor=one.here.world.actor("zhang"), at=AT, honour_id=honour, reason="核查")
    with pytest.raises(BadInput, match="理由"):
        suspend(actor=one.approver, at=AT, honour_id=honour, reason="  ")
    with pytest.raises(BadInput, match="决定文号"):
        withdraw(actor=one.approver, at=AT, honour_id=honour, reason="弄虚作假", basis="")
    with pytest.raises(Refused, match="现为“已命名”，不能恢复"):
        restore(actor=one.approver, at=AT, honour_id=honour, reason="误")
    assert Honour.objects.get(pk=honour).state == "stands"


def test_forged_and_foreign_files_are_named_for_what_they_are() -> None:
    one = named(1)
    row = one.fresh()
    paper = pdf_of(row)
    other = Pkcs12Signer(make_pkcs12("某某印务"), b"")
    place = paper.index(b"/Title") + 10
    bare = paper[: paper.index(b"%%EOF") + 6]
    assert "由“某某印务”签名，不是本平台的签名证书" in refusal(other.sign(bare, row.number))
    assert "签发后被改动过" in refusal(paper[:place] + bytes([paper[place] ^ 1]) + paper[place + 1 :])
    assert "签发后被改动过" in refusal(paper + b"\n% \n")
    assert "没有电子签名" in refusal(bare)
    assert "文件是空的" in refusal(b"")
    assert "超过 2 MB" in refusal(b"%PDF-" + b"0" * 2_100_000)
    for strange in (b"PK\x03\x04", "何焊平".encode("gbk"), "随便写的".encode(), b"\xff\xd8\xff\xe0"):
        assert "只能核验本平台签发的" in refusal(strange)
    with pytest.raises(NotFound, match="没有这个编号的证书"):
        by_number(code_of(range(9)), AT)


def test_credentials_of_others_altered_or_unsigned_are_told_apart() -> None:
    told = credential_of(named(1).fresh())
    bare = {name: value for name, value in told.items() if name != "proof"}
    foreign = {**bare, "issuer": {"id": "did:web:evil.example"}}
    key, when = Ed25519PrivateKey.generate(), "2026-09-28T10:00:00+08:00"

    def said(document: object) -> str:
        return refusal(json.dumps(document).encode())

    assert "签名对不上" in said({**told, "name": "大国工匠"})
    assert "签名对不上" in said({**told, "proof": {**told["proof"], "proofPurpose": "authentication"}})
    assert "签名对不上" in said({**told, "proof": {**told["proof"], "proofValue": "z" + "9" * 2000}})
    assert "签名对不上" in said({**told, "more": float("nan")})
    assert "签名对不上" in said(proved(bare, key, issuer().key_id, when))
    assert "签名对不上" in said(proved(bare, key, "did:web:other#k", when))
    assert "由“did:web:evil.example”签发，不是本平台" in said(proved(foreign, key, "k", when))
    assert "由“did:web:evil.example”签发，不是本平台" in said(proved(foreign, credential_key(), "k", when))
    assert "没有签名，不是原件" in said(bare)
    assert "没有写明由谁签发" in said({"id": 1})
    assert "这是状态清单" in said(status_list("revocation", 1, AT))
    for broken in (b"{", b'{"a":' * 90000, b'{"issuer": "\xff"}'):
        assert "读不出来" in refusal(broken) or "只能核验" in refusal(broken)


def test_a_new_key_of_the_units_own_signs_anew_and_the_old_file_still_checks(settings, tmp_path) -> None:
    row = named(1).fresh()
    first = pdf_of(row)
    file = tmp_path / "unit.p12"
    file.write_bytes(make_pkcs12("望澜市总工会", b"pw", "望澜市总工会"))
    settings.SIGNING = {**settings.SIGNING, "pkcs12": str(file), "password": "wrong"}
    with pytest.raises(CannotSign, match="口令不对"):
        pdf_of(row)
    settings.SIGNING = {**settings.SIGNING, "password": "pw"}
    assert pdf_signer().label == "望澜市总工会，望澜市总工会"
    row.refresh_from_db()
    second = pdf_of(row)
    assert second != first
    assert (by_file(second, AT).test, by_file(second, AT).worth) == (False, "valid")
    settings.SIGNING = {**settings.SIGNING, "driver": "no.such.module:device"}
    with pytest.raises(CannotSign, match="没有内置国密（SM2）签章"):
        pdf_signer()
    assert not plate_of(row, False).test


def test_whoever_tries_numbers_is_asked_to_wait() -> None:
    for n in range(MOST):
        require_patience("192.0.2.1", AT + timedelta(seconds=n))
        count_failure(actor=nobody(), at=AT + timedelta(seconds=n), address="192.0.2.1")
    with pytest.raises(TooMany, match="10 分钟后再试"):
        require_patience("192.0.2.1", AT + timedelta(seconds=90))
    require_patience("192.0.2.2", AT + timedelta(seconds=90))
    require_patience("192.0.2.1", AT + timedelta(minutes=11))
    count_failure(actor=nobody(), at=AT + timedelta(hours=1), address="192.0.2.2")
    assert FailedCheck.objects.count() == 1
