"""Money against a budget: set aside, spent, settled, undone. The one guard through which every sum goes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO, Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Budget, Spending
from gongjiang.rules.funds.money import cents, shown
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.training.queries import visible_to
from gongjiang.services.evidence.own import clean_scan
from gongjiang.services.evidence.receipts import drop_receipt, keep_receipt
from gongjiang.services.funds.scope import get_budget, handles, kept_honours

AREA: Final = "vouchers"
State = Spending.State
COLUMN: Final = {State.COMMITTED: "committed", State.SPENT: "spent"}


@dataclass(frozen=True)
class Item:
    """What is typed of one item. `amount` in 元; `source`: the record that pays it out, blank for none; `person`: the
    name of the artisan whose plan it serves; `event`: the camp or activity it is for, 0 for none; `receipt`: name and
    bytes of a file."""

    label: str
    amount: Decimal | None
    on: date | None
    payee: str = ""
    note: str = ""
    source: str = ""
    honour: int | None = None
    person: str = ""
    event: int = 0
    receipt: tuple[str, BinaryIO] | None = None


def spend(*, actor: Actor, at: datetime, budget_id: int, item: Item, committed: bool = False) -> Spending:
    """One item: spent, or set aside for later. Whoever handles the organisation's money.

    Raises NotFound, NotAllowed, BadInput, Refused (more than is left: how much, and who may allow it).
    """
    scan = clean_scan(*item.receipt, place="凭证") if item.receipt is not None else None
    with transaction.atomic():
        budget = handled(actor, budget_id)
        if item.on is not None and not committed and item.on > timezone.localtime(at).date():
            raise BadInput("支出日期不能晚于今天；还没有付的请登记为“已安排”。", "Not ahead.", place="日期")
        item = replace(item, honour=_artisan(actor, item), event=_event(actor, item))
        kept = keep_receipt(scan, AREA)
        try:
            state = State.COMMITTED if committed else State.SPENT
            [row] = write_items(actor, at, budget, [item], state, kept)
        except BaseException:
            drop_receipt(kept, AREA)
            raise
    return row


def write_items(
    actor: Actor, at: datetime, budget: Budget, items: Sequence[Item], state: State, kept: dict[str, str] | None = None
) -> list[Spending]:
    """Many items of one budget at once, inside the caller's transaction, its rights looked at. All or none."""
    rows = [_row(actor, at, budget, one, state, kept or {}) for one in items]
    _take(budget, COLUMN[state], sum(one.amount for one in rows))
    try:
        with transaction.atomic():
            made = Spending.objects.bulk_create(rows, batch_size=200)
    except IntegrityError as error:
        raise Refused("这一项已经列支过了，不能重复列支。", "It was paid for already.", place="来源") from error
    _audit(actor, at, budget, f"spending.{state}", made)
    return made


@transaction.atomic
def settle(*, actor: Actor, at: datetime, spending_id: int, version: int, item: Item) -> Spending:
    """What was set aside is spent: the real sum, day, payee and receipt. Raises as `spend`, and Stale."""
    row, budget = _held(actor, spending_id, version, State.COMMITTED)
    scan = clean_scan(*item.receipt, place="凭证") if item.receipt is not None else None
    fen = row.amount if item.amount is None else _positive(item.amount)
    day = _day(item.on, budget)
    if day > timezone.localtime(at).date():
        raise BadInput("支出日期不能晚于今天。", "Not ahead.", place="日期")
    _give(budget, "committed", row.amount)
    _take(budget, "spent", fen)
    kept = keep_receipt(scan, AREA)
    try:
        changes = {"amount": fen, "on": day, "state": State.SPENT, "by_id": actor.user_id, "at": at, **kept}
        if clean(item.payee).strip():
            changes["payee"] = clean(item.payee).strip()[:80]
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        _audit(actor, at, budget, "spending.settle", [row])
    except BaseException:
        drop_receipt(kept, AREA)
        raise
    return row


@transaction.atomic
def undo(*, actor: Actor, at: datetime, spending_id: int, version: int, reason: str) -> Spending:
    """An item recorded by mistake is struck, with the reason; the money is free again. What comes from a grant is
    undone with the grant."""
    row, budget = _held(actor, spending_id, version, State.COMMITTED, State.SPENT)
    if row.source.startswith("grant:"):
        raise Refused("这一项随待遇发放列支，请到给予记录里撤回。", "Undo the grant it belongs to.")
    return release(actor, at, budget, row, reason)


def release(actor: Actor, at: datetime, budget: Budget, row: Spending, reason: str) -> Spending:
    """Strike a row of a locked budget, inside the caller's transaction."""
    why = clean(reason).strip()
    if not why:
        raise BadInput("请写明冲销的理由。", "Give the reason.", place="理由")
    _give(budget, COLUMN[State(row.state)], row.amount)
    row.state, row.reason, row.by_id, row.at = State.UNDONE, why[:200], actor.user_id, at
    row.version += 1
    row.save()
    _audit(actor, at, budget, "spending.undo", [row], why[:200])
    return row


def handled(actor: Actor, budget_id: int) -> Budget:
    """A budget that the actor may spend of, locked. NotFound, NotAllowed."""
    budget = get_budget(actor, budget_id)
    if not handles(actor, budget):
        raise NotAllowed(f"这笔经费由{budget.organisation.short_name}使用。", "Not your money.")
    return Budget.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=budget_id)


def _take(budget: Budget, column: str, fen: int) -> None:
    """Raise a kept sum, as far as approved: the database refuses more, this says how much is left."""
    try:
        with transaction.atomic():
            Budget.objects.filter(pk=budget.pk).update(**{column: F(column) + fen, "version": F("version") + 1})
    except IntegrityError as error:
        budget.refresh_from_db(fields=["approved", "beyond", "spent", "committed", "version"])
        raise Refused(
            f"本项预算还可使用 {shown(left_of(budget))} 元，这里要用 {shown(fen)} 元。"
            "请先调整预算，或由审批人写明理由准予超出。",
            "More than is left of the budget.",
            place=f"{budget.year}年 {budget.get_purpose_display()}",
        ) from error
    budget.refresh_from_db(fields=["approved", "beyond", "spent", "committed", "version"])


def _give(budget: Budget, column: str, fen: int) -> None:
    """Lower a kept sum."""
    Budget.objects.filter(pk=budget.pk).update(**{column: F(column) - fen, "version": F("version") + 1})
    budget.refresh_from_db(fields=["approved", "beyond", "spent", "committed", "version"])


def left_of(budget: Budget) -> int:
    """What may still be used, in 分."""
    return budget.approved + budget.beyond - budget.spent - budget.committed


def _row(actor: Actor, at: datetime, budget: Budget, item: Item, state: State, kept: dict[str, str]) -> Spending:
    label = clean(item.label).strip()
    if not label:
        raise BadInput("请写明事项。", "Say what for.", place="事项")
    if len(label) > 160 or len(clean(item.note).strip()) > 300 or len(clean(item.payee).strip()) > 80:
        raise BadInput("事项不超过160字，收款人80字，说明300字。", "Too long.", place="事项、收款人、说明")
    return Spending(
        budget=budget, label=label, amount=_positive(item.amount), state=state, source=item.source,
        honour_id=item.honour, event_id=item.event or None, payee=clean(item.payee).strip(), on=_day(item.on, budget),
        note=clean(item.note).strip(), by_id=actor.user_id, at=at, **kept,
    )  # fmt: skip


def _artisan(actor: Actor, item: Item) -> int | None:
    """The honour of the artisan who was named, of those that the actor's organisations look after."""
    name = clean(item.person).strip()
    if not name:
        return item.honour
    found = list(kept_honours(actor).filter(name=name[:60]).order_by("-pk").values_list("pk", "subject_id")[:20])
    if not found:
        raise BadInput(f"本单位管理的工匠中没有“{name[:60]}”。", "No such artisan here.", place="为哪位工匠")
    if len({subject for _, subject in found}) > 1:
        raise BadInput(f"有几位“{name[:60]}”，请在事项中写明是哪一位，这里留空。", "Namesakes.", place="为哪位工匠")
    return found[0][0]


def _event(actor: Actor, item: Item) -> int:
    """A camp or activity that the actor sees."""
    if item.event and not visible_to(actor).filter(pk=item.event).exists():
        raise BadInput("没有找到这项培训活动，请重新选择。", "No such event.", place="培训活动")
    return item.event


def _positive(amount: Decimal | None) -> int:
    fen = 0 if amount is None else cents(amount)
    if fen <= 0:
        raise BadInput("请填写大于 0 的金额。", "Give the amount.", place="金额")
    return fen


def _day(day: date | None, budget: Budget) -> date:
    if day is None:
        raise BadInput("请填写日期。", "Give the day.", place="日期")
    if day.year != budget.year:
        raise BadInput(f"这是{budget.year}年的预算，日期须在当年。", "Of another year.", place="日期")
    return day


def _held(actor: Actor, spending_id: int, version: int, *states: State) -> tuple[Spending, Budget]:
    found = Spending.objects.filter(pk=spending_id).values_list("budget_id", flat=True).first()
    if found is None:
        raise NotFound()
    budget = handled(actor, found)
    row = Spending.objects.select_for_update(of=("self",)).get(pk=spending_id)
    if row.version != version or row.state not in states:
        raise Stale("这一项刚刚改过，请刷新后重试。", "Somebody changed this.")
    return row, budget


def _audit(actor: Actor, at: datetime, budget: Budget, action: str, rows: Sequence[Spending], reason: str = "") -> None:
    data = {
        "items": [one.pk for one in rows][:200],
        "many": len(rows),
        "amount": shown(sum(one.amount for one in rows)),
        "budget": f"{budget.year} {budget.purpose}",
    }
    append(
        actor=actor, at=at, action=action, kind="budget", key=budget.pk,
        data=data | ({"reason": reason} if reason else {}),
    )  # fmt: skip
