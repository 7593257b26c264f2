"""Hand over trophies and certificates, pay bonuses: who got what, when, against which receipt (G-14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import BenefitStop, Bestowal, NamingDocument
from gongjiang.rules.honours.bestowals import parts_of
from gongjiang.rules.honours.standing import HELD
from gongjiang.rules.honours.terms import last_of, stops
from gongjiang.services.audit.append import append
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.own import clean_scan
from gongjiang.services.evidence.receipts import drop_receipt, keep_receipt
from gongjiang.services.honours.bestowals import AREA, of_document
from gongjiang.services.honours.certificates.authority import document_seen
from gongjiang.services.honours.owe import owe
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.known import known_of


@dataclass(frozen=True)
class Given:
    """What was typed: the day, the amount (None: as owed), who got it (blank: as it stands), a note, a receipt."""

    day: date | None
    amount: Decimal | None = None
    payee: str = ""
    note: str = ""
    receipt: tuple[str, BinaryIO] | None = None


@transaction.atomic
def list_due(*, actor: Actor, at: datetime, document_id: int) -> int:
    """What the pack promises, for a document that was issued before it was written down here. Done twice: no more."""
    document, programme = document_seen(actor, document_id)
    honours = list(document.honours.filter(state__in=HELD).select_related("case__subject", "case__nominator"))
    facts = known_of(programme, [one.case for one in honours if one.case is not None])
    many = owe(at, programme, honours, facts)
    append(
        actor=actor, at=at, action="bestowal.list", kind="naming", key=document.pk, edition_id=programme.edition.pk,
        data={"rows": many},
    )  # fmt: skip
    return many


def record(*, actor: Actor, at: datetime, document_id: int, rows: Sequence[int], given: Given) -> int:
    """Hand over or pay, for one or many rows at once. A receipt is kept with each; how many rows it was.

    Raises NotFound (not of this document), BadInput (no day, no amount, a day before the naming or ahead), Refused
    (an honour that doesn't stand now).
    """
    document, programme = document_seen(actor, document_id)
    day = _day(given.day, document, at)
    scan = clean_scan(*given.receipt, place="收据") if given.receipt is not None else None
    with transaction.atomic():
        found = list(of_document(document).select_related("honour").select_for_update(of=("self",)).filter(pk__in=rows))
        if not found or len(found) != len(set(rows)):
            raise NotFound("有一行已经不在这份名单上，请刷新。", "Not of this document.")
        _payable(found, given.amount, programme, day)
        changes: dict[str, Any] = {"by_id": actor.user_id, "at": at} | _typed(given)
        kept = keep_receipt(scan, AREA)
        try:
            for one in found:
                _give(one, day, _share(programme, one, given.amount), changes | kept)
            _audit(actor, at, programme, document, "bestowal.record", found, day)
        except BaseException:
            drop_receipt(kept, AREA)
            raise
    return len(found)


def _drop_unused(stored: str) -> None:
    """A receipt may stand for several rows: its bytes go with the last."""
    if not Bestowal.objects.filter(stored=stored).exists():
        storage.drop(stored, AREA)


@transaction.atomic
def undo(*, actor: Actor, at: datetime, document_id: int, row: int, version: int, reason: str) -> Bestowal:
    """What was recorded by mistake is open again; the log keeps both. BadInput without a reason, Stale."""
    document, programme = document_seen(actor, document_id)
    one = of_document(document).select_related("honour").select_for_update(of=("self",)).filter(pk=row).first()
    if one is None:
        raise NotFound()
    if one.version != version:
        raise Stale("这一行刚刚改过，请刷新后重试。", "Somebody changed this.")
    why = clean(reason).strip()
    if not why:
        raise BadInput("请写明更正的理由。", "Give a reason.", place="理由")
    if one.stored:
        transaction.on_commit(partial(_drop_unused, one.stored))
    one.handed_on = one.paid_on = None
    one.receipt = one.format = one.stored = ""
    one.by_id, one.at, one.version = actor.user_id, at, one.version + 1
    one.save()
    append(
        actor=actor, at=at, action="bestowal.undo", kind="naming", key=document.pk, edition_id=programme.edition.pk,
        data={"row": one.pk, "benefit": one.benefit, "honour": one.honour_id, "reason": why[:200]},
    )  # fmt: skip
    return one


def _day(day: date | None, document: NamingDocument, at: datetime) -> date:
    if day is None:
        raise BadInput("请填写日期。", "Give the day.", place="日期")
    if day > timezone.localtime(at).date():
        raise BadInput("日期不能晚于今天。", "Not ahead.", place="日期")
    if day < document.issued_on:
        raise BadInput("日期不能早于发文日期。", "Not before the document.", place="日期")
    return day


def _payable(rows: Sequence[Bestowal], amount: Decimal | None, programme: Programme, day: date) -> None:
    said = {one.id: one for one in programme.pack.benefits}
    fallen = [one.honour.name for one in rows if stops(said.get(one.benefit), one.honour.state)]
    if fallen:
        raise Refused(f"{'、'.join(fallen[:5])}的荣誉现不在有效状态，不能交付或发放。", "The honour doesn't stand.")
    stopped = BenefitStop.objects.filter(honour__in=[one.honour_id for one in rows], from_date__lte=day)
    ended = set(stopped.values_list("honour_id", "benefit"))
    for one in rows:
        if one.money and ended & {(one.honour_id, ""), (one.honour_id, one.benefit)}:
            raise Refused(f"{one.honour.name}的“{one.label}”已按考核结果终止，不能发放。", "Ended by a decision.")
        last = last_of(said.get(one.benefit), one.honour.until, programme.value)
        if last is not None and day > last:
            raise Refused(f"{one.honour.name}的“{one.label}”已到{last}为止。", "Past its last day.", place="日期")
    if amount is not None and not 0 <= amount < Decimal(10**10):
        raise BadInput("金额须是不小于0的数。", "No such amount.", place="金额")
    open_ = [one.honour.name for one in rows if one.money and one.amount is None and amount is None]
    if open_:
        raise BadInput(f"通知没有写明金额，请填写（{'、'.join(open_[:5])}）。", "Give the amount.", place="金额")
    if len({one.money for one in rows}) > 1:
        raise BadInput("奖金与实物请分开登记。", "Money apart from things.", place="勾选")


def _typed(given: Given) -> dict[str, Any]:
    payee, note = clean(given.payee).strip(), clean(given.note).strip()
    if len(payee) > 60 or len(note) > 200:
        raise BadInput("领取人不超过60字，备注不超过200字。", "Too long.", place="领取人、备注")
    return ({"payee": payee} if payee else {}) | ({"note": note} if note else {})


def _share(programme: Programme, one: Bestowal, amount: Decimal | None) -> Decimal | None:
    """What was typed is the whole sum: a row of a divided one takes its share."""
    benefit = next((each for each in programme.pack.benefits if each.id == one.benefit), None)
    return amount if amount is None or benefit is None else parts_of(benefit, amount).get(one.part, amount)


def _give(one: Bestowal, day: date, amount: Decimal | None, changes: dict[str, Any]) -> None:
    if one.money and amount is not None:
        one.amount = amount
    one.paid_on, one.handed_on = (day, None) if one.money else (None, day)
    one.version += 1
    for name, value in changes.items():
        setattr(one, name, value)
    one.save()


def _audit(
    actor: Actor,
    at: datetime,
    programme: Programme,
    document: NamingDocument,
    action: str,
    rows: Sequence[Bestowal],
    day: date,
) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="naming",
        key=document.pk,
        edition_id=programme.edition.pk,
        data={
            "rows": [one.pk for one in rows],
            "benefits": sorted({one.benefit for one in rows}),
            "day": day.isoformat(),
            "amount": str(sum((one.amount or Decimal(0) for one in rows if one.money), Decimal(0))),
            "receipt": any(one.stored for one in rows),
        },
    )
