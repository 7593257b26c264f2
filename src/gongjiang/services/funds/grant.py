"""Give benefits: to one or to many, exactly as listed before; take back what was recorded by mistake."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, NotFound, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import BenefitGrant, Spending
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.rules.funds.entitlement import OWN_PREFIX
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.scope import get_honour, need
from gongjiang.services.evidence.own import clean_scan
from gongjiang.services.evidence.receipts import drop_receipt, keep_receipt
from gongjiang.services.funds.offers import free_seat
from gongjiang.services.funds.plan import Asked, Plan, plan_grants
from gongjiang.services.funds.scope import grants_seen
from gongjiang.services.funds.spend import AREA, Item, handled, release, write_items
from gongjiang.services.messages.send import tell_all

State = BenefitGrant.State


def grant(
    *, actor: Actor, at: datetime, asked: Asked, seal: str, receipt: tuple[str, BinaryIO] | None = None
) -> list[BenefitGrant]:
    """Give what `plan_grants` listed; `seal`: that list's. One receipt stands for all of it.

    Raises NotFound, NotAllowed, BadInput, Refused (no money left), Stale (the list isn't what it was).
    """
    scan = clean_scan(*receipt, place="凭证") if receipt is not None else None
    if len(clean(asked.note).strip()) > 200:
        raise BadInput("说明不超过200字。", "Too long.", place="说明")
    with transaction.atomic():
        plan = plan_grants(actor, at, asked, lock=True)
        if not plan.lines:
            raise BadInput("这些人没有可以给予的。", "Nothing to give.", place="勾选")
        if plan.seal != seal:
            raise Stale("名单或金额在核对之后有变，请重新核对。", "The list changed since it was shown.")
        kept = keep_receipt(scan, AREA)
        try:
            made = _write(actor, at, asked, plan, kept)
        except BaseException:
            drop_receipt(kept, AREA)
            raise
    return made


def _write(actor: Actor, at: datetime, asked: Asked, plan: Plan, kept: dict[str, str]) -> list[BenefitGrant]:
    ours = actor.active.organisation_id if actor.active is not None else None
    rows = [
        BenefitGrant(
            honour_id=one.key, benefit=plan.entitlement.id, label=plan.entitlement.label[:80], period=one.period,
            period_label=one.label[:40], slot=one.slot, part=one.part, on=asked.on, amount=one.amount,
            payee=one.payee[:60], note=clean(asked.note).strip(), giver_id=ours, by_id=actor.user_id, at=at, **kept,
        )
        for one in plan.lines
    ]  # fmt: skip
    try:
        with transaction.atomic():
            made = BenefitGrant.objects.bulk_create(rows, batch_size=200)
    except IntegrityError as error:
        raise Stale("有人刚刚发过其中的一项，请重新核对。", "Somebody gave one of these meanwhile.") from error
    if asked.budget:
        _pay(actor, at, asked.budget, made, kept)
    told = {plan.honours[one.key].subject.user_id for one in plan.lines} - {None}
    words = f"{plan.entitlement.label}：已登记{long_date(asked.on)}给予。"
    tell_all(at=at, text=words, link="mine", user_ids=sorted(one for one in told if one is not None))
    audit(actor, at, "benefit.grant", made, {"amount": str(plan.total), "budget": asked.budget})
    return made


def _pay(actor: Actor, at: datetime, budget_id: int, made: list[BenefitGrant], kept: dict[str, str]) -> None:
    paid = [one for one in made if one.amount]
    if not paid:
        raise BadInput("没有金额，不需要列支。", "Nothing to pay.", place="列支预算")
    budget = handled(actor, budget_id)
    names = {one.pk: one.honour.name for one in BenefitGrant.objects.filter(pk__in=[one.pk for one in paid])
             .select_related("honour")}  # fmt: skip
    items = [
        Item(
            f"{names[one.pk]}：{one.label}{one.period_label}"[:160], one.amount, one.on, one.payee,
            source=f"grant:{one.pk}", honour=one.honour_id,
        )
        for one in paid
    ]  # fmt: skip
    write_items(actor, at, budget, items, Spending.State.SPENT, kept)


@transaction.atomic
def take_back(*, actor: Actor, at: datetime, grant_id: int, version: int, reason: str) -> BenefitGrant:
    """What was recorded by mistake, or a booking that falls through: open again; the row stays, with the reason. What
    was spent on it is free again, its seat too. Raises NotFound, NotAllowed, BadInput, Stale."""
    row = grants_seen(actor).filter(pk=grant_id).first()
    if row is None:
        raise NotFound()
    honour = get_honour(actor, row.honour_id)
    own_booking = row.state == State.BOOKED
    hands = [Hand.UNION] if not row.benefit.startswith(OWN_PREFIX) else sorted(KEEPING)
    need(actor, honour, *hands, *([Hand.ARTISAN] if own_booking else []))
    why = clean(reason).strip()
    if not why:
        raise BadInput("请写明撤回的理由。", "Give the reason.", place="理由")
    spent = Spending.objects.filter(source=f"grant:{row.pk}").exclude(state=Spending.State.UNDONE).first()
    if spent is not None:
        release(actor, at, handled(actor, spent.budget_id), spent, why)
    done = BenefitGrant.objects.filter(pk=row.pk, version=version).exclude(state=State.UNDONE).update(
        state=State.UNDONE, reason=why[:200], by_id=actor.user_id, at=at, version=version + 1
    )  # fmt: skip
    if not done:
        raise Stale("这一条刚刚改过，请刷新后重试。", "Somebody changed this.")
    if row.offer_id is not None:
        free_seat(row.offer_id)
    audit(actor, at, "benefit.take_back", [row], {"reason": why[:200]})
    row.refresh_from_db()
    return row


def audit(actor: Actor, at: datetime, action: str, rows: Sequence[BenefitGrant], data: dict[str, Any]) -> None:
    """One entry for one or many grants of one edition."""
    first = rows[0].honour
    append(
        actor=actor, at=at, action=action, kind="benefit", key=rows[0].pk,
        case_id=first.case_id if len(rows) == 1 else None, edition_id=first.edition_id,
        data={
            "benefit": rows[0].label, "many": len(rows), "grants": [one.pk for one in rows][:200],
            "honours": sorted({one.honour_id for one in rows})[:200], **data,
        },
    )  # fmt: skip
