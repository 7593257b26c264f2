"""Trophies and bonuses: owed from the naming on, recorded many at once, with receipt, never for who fell."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories import case_at, opened_edition, programme_at
from tests.services.honours.certificates.named import AFTER, Named, named
from tests.services.public_notices.stage import moment

from gongjiang.documents.pdf.fonts import compile_pdf
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.models import Bestowal, Case, Entry, Honour, Preference
from gongjiang.services.honours.ahead import ahead_of
from gongjiang.services.honours.bestow import Given, list_due, record, undo
from gongjiang.services.honours.bestowals import bestowal_desk, open_receipt
from gongjiang.services.honours.standing import suspend

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = AFTER + timedelta(days=10)


def rows(benefit: str = "bonus") -> list[int]:
    return list(Bestowal.objects.filter(benefit=benefit).order_by("pk").values_list("pk", flat=True))


def give(one: Named, which: list[int], day: date | None = LATER, **more) -> int:
    said = Given(day, **more)
    return record(actor=one.approver, at=moment(LATER), document_id=one.document.pk, rows=which, given=said)


@pytest.mark.ledger("G-14")
def test_what_the_notice_promises_is_owed_from_the_naming_on() -> None:
    one = named(2, issue=False)
    found = Bestowal.objects.order_by("honour_id", "benefit").values_list("honour__name", "benefit", "money", "payee")
    assert list(found) == [
        ("何焊平", "bonus", True, "何焊平"), ("何焊平", "trophy", False, "何焊平"),
        ("岑铸山", "bonus", True, "岑铸山"), ("岑铸山", "trophy", False, "岑铸山"),
    ]  # fmt: skip
    ahead = Preference.objects.filter(honour__name="何焊平").order_by("programme").values_list("programme", flat=True)
    assert list(ahead) == ["guangxi-artisan", "guangxi-may-first", "nanning-model-worker", "nanning-studio"]
    assert list_due(actor=one.approver, at=moment(AFTER), document_id=one.document.pk) == 4
    assert Bestowal.objects.count() == 4


@pytest.mark.ledger("G-14")
def test_being_preferred_is_told_where_the_person_is_nominated_next() -> None:
    one = named(1, issue=False)
    honour = Honour.objects.get()
    assert ahead_of(one.here.programme, Case.objects.get(subject_id=honour.subject_id)) == ()
    edition = opened_edition(one.here.world, slug="next")
    case, nxt = case_at(one.here.world, edition, "qualify"), programme_at(edition)
    Case.objects.filter(pk=case.pk).update(subject_id=honour.subject_id)
    case.refresh_from_db()
    assert ahead_of(nxt, case) == ()
    Preference.objects.filter(programme="guangxi-artisan").update(programme="nanning-artisan")
    [found] = ahead_of(nxt, case)
    assert found.label == "优先作为推荐“广西工匠”后备人选"
    assert found.source == f"{honour.title}，{one.document.number}"
    suspend(actor=one.approver, at=moment(LATER), honour_id=honour.pk, reason="线索核查")
    assert ahead_of(nxt, case) == ()


@pytest.mark.ledger("G-14")
def test_many_are_paid_at_once_against_a_receipt() -> None:
    one = named(2, issue=False)
    receipt = io.BytesIO(compile_pdf({"main.typ": "收据".encode()}))
    with pytest.raises(BadInput, match="没有写明金额"):
        give(one, rows())
    assert give(one, rows(), amount=Decimal(5000), receipt=("签收.pdf", receipt)) == 2
    assert give(one, rows("trophy"), note="大会颁发") == 2
    desk = bestowal_desk(one.approver, one.document.pk)
    assert [(each.benefit, each.done, each.paid) for each in desk.totals] == [
        ("trophy", 2, Decimal(0)), ("bonus", 2, Decimal(10000)),
    ]  # fmt: skip
    row, content = open_receipt(one.approver, one.document.pk, rows()[0])
    assert (row.receipt, row.paid_on, content.read(5)) == ("签收.pdf", LATER, b"%PDF-")
    assert Entry.objects.filter(action="bestowal.record").count() == 2
    assert bestowal_desk(one.approver, one.document.pk, left=True).rows == ()


def test_a_mistake_is_taken_back_with_a_reason() -> None:
    one = named(1, issue=False)
    give(one, rows("trophy"))
    row = Bestowal.objects.get(benefit="trophy")
    given = {"actor": one.approver, "at": moment(LATER), "document_id": one.document.pk, "row": row.pk}
    with pytest.raises(Stale):
        undo(**given, version=row.version - 1, reason="误登")
    with pytest.raises(BadInput, match="理由"):
        undo(**given, version=row.version, reason=" ")
    assert undo(**given, version=row.version, reason="误登").handed_on is None


def test_days_amounts_and_people_are_checked() -> None:
    one = named(2, issue=False)
    with pytest.raises(BadInput, match="日期"):
        give(one, rows("trophy"), None)
    with pytest.raises(BadInput, match="早于发文"):
        give(one, rows("trophy"), AFTER - timedelta(days=1))
    with pytest.raises(BadInput, match="晚于今天"):
        give(one, rows("trophy"), LATER + timedelta(days=1))
    with pytest.raises(BadInput, match="不小于0"):
        give(one, rows(), amount=Decimal(-1))
    with pytest.raises(BadInput, match="分开登记"):
        give(one, rows() + rows("trophy"), amount=Decimal(1))
    with pytest.raises(NotFound):
        give(one, [*rows(), 999_999], amount=Decimal(1))
    with pytest.raises(NotFound):
        bestowal_desk(one.here.world.actor("wen"), one.document.pk)
    with pytest.raises(BadInput):
        give(one, rows("trophy"), receipt=("x.pdf", io.BytesIO(b"MZ not a pdf")))
    assert not Bestowal.objects.exclude(handed_on=None, paid_on=None).exists()


@pytest.mark.ledger("M-17")
def test_nothing_is_paid_while_the_honour_does_not_stand() -> None:
    one = named(1, issue=False)
    suspend(actor=one.approver, at=moment(AFTER), honour_id=Honour.objects.get().pk, reason="线索核查")
    with pytest.raises(Refused, match="不在有效状态"):
        give(one, rows("trophy"))
