"""Issuing: everybody on a document once, by approvers; a new one in place of an old; none for trainees unasked."""

import pytest
from django.db import IntegrityError, transaction
from tests.services.honours.certificates.named import AT, named

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Certificate, Entry, Honour, Subject
from gongjiang.services.audit.verify import verify
from gongjiang.services.honours.certificates.check import by_number
from gongjiang.services.honours.certificates.issue import issue_all, reissue
from gongjiang.services.honours.certificates.paper import next_job, pdf_of
from gongjiang.services.honours.certificates.queries import archive, desk, get_certificate, own_certificates

pytestmark = [pytest.mark.django_db]


def test_everybody_named_has_one_certificate_with_a_number_of_its_own() -> None:
    one = named(3)
    assert [(row.face["name"], row.number[:9]) for row in one.made] == [
        ("何焊平", "2026-0001"),
        ("岑铸山", "2026-0002"),
        ("丁砺锋", "2026-0003"),
    ]
    face = one.made[0].face
    assert face["addressed"] == "何焊平 同志："
    assert face["text"].endswith("被授予“南宁工匠”称号。")
    assert face["issuers"] == ["望澜市总工会", "望澜市工信局", "望澜市科技局", "望澜市人社局"]
    with pytest.raises(Refused, match="没有要制发证书的人"):
        issue_all(actor=one.approver, at=AT, document_id=one.document.pk)
    with transaction.atomic(), pytest.raises(IntegrityError):
        row = one.fresh()
        Certificate.objects.create(
            honour=row.honour, edition=row.edition, serial=9, number="x", code="0000000000", face={}, issued_at=AT
        )
    assert Entry.objects.filter(action="certificate.issue").count() == 1
    assert verify().ok


@pytest.mark.once
def test_who_issues_and_who_sees() -> None:
    one = named(issue=False)
    world = one.here.world
    for who, refusal in (("zhang", NotAllowed), ("wen", NotFound)):
        with pytest.raises(refusal):
            issue_all(actor=world.actor(who), at=AT, document_id=one.document.pk)
    assert desk(world.actor("zhang"), AT, one.document.pk).due == 2
    with pytest.raises(Refused, match="还没有有效的证书"):
        archive(one.approver, AT, one.document.pk)
    made = issue_all(actor=one.approver, at=AT, document_id=one.document.pk)
    with pytest.raises(NotFound):
        get_certificate(world.actor("wen"), made[0].pk)
    Subject.objects.filter(pk=made[0].honour.subject_id).update(user=world.people["wen"])
    assert [row.pk for row, _ in own_certificates(world.actor("wen"), AT)] == [made[0].pk]
    assert get_certificate(world.actor("wen"), made[0].pk).face["name"] == "何焊平"


@pytest.mark.once
@pytest.mark.ledger("X-06")
def test_a_trainee_gets_none_where_the_pack_gives_none() -> None:
    one = named(issue=False)
    award = one.here.programme.award("craftsman")
    object.__setattr__(award, "confers", "trainee")
    try:
        Honour.objects.update(state="trainee")
        with pytest.raises(Refused, match="没有为培育对象规定证书"):
            issue_all(actor=one.approver, at=AT, document_id=one.document.pk)
    finally:
        object.__setattr__(award, "confers", "stands")


@pytest.mark.once
def test_a_misprint_is_mended_by_a_new_number() -> None:
    one = named(1)
    old = one.made[0]
    with pytest.raises(BadInput, match="换发理由"):
        reissue(actor=one.approver, at=AT, certificate_id=old.pk, reason=" ")
    new = reissue(actor=one.approver, at=AT, certificate_id=old.pk, reason="姓名有误", name="何焊坪")
    assert (new.serial, new.face["name"]) == (2, "何焊坪")
    assert by_number(old.number, AT).worth == "replaced"
    assert by_number(new.number, AT).worth == "valid"
    with pytest.raises(Refused, match="已经换发过"):
        reissue(actor=one.approver, at=AT, certificate_id=old.pk, reason="再换")


@pytest.mark.once
def test_the_file_is_made_once_in_the_background_or_when_it_is_asked_for() -> None:
    one = named(2)
    first = pdf_of(one.fresh())
    assert pdf_of(one.fresh()) == first
    job = next_job(AT)
    assert job is not None
    job()
    assert one.fresh(1).stored
    assert next_job(AT) is None
    name, data = archive(one.approver, AT, one.document.pk)
    assert name == "望工发〔2026〕9号 证书"
    assert first in data
