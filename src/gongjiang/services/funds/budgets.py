"""Plan money for a purpose and a year: put forward by one, decided by another, amended by versions (第十七条)."""

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Budget, BudgetVersion
from gongjiang.rules.funds.money import cents, shown
from gongjiang.services.audit.append import append
from gongjiang.services.funds.scope import approves, get_budget, handles, own_organisations, visible_budgets
from gongjiang.services.messages.send import tell

State = BudgetVersion.State
Kind = BudgetVersion.Kind
PURPOSES = tuple((str(key), str(label)) for key, label in Budget.Purpose.choices)
AHEAD = 3
"""Years before and after this one for which money may be planned."""


@transaction.atomic
def propose(
    *, actor: Actor, at: datetime, organisation_id: int, year: int, purpose: str, amount: Decimal | None, basis: str
) -> BudgetVersion:
    """A first plan for a purpose, or a new one for what stands: it counts once another person approved it.

    Raises NotAllowed, BadInput, Refused (one waits already).
    """
    organisation = next((one for one in own_organisations(actor) if one.pk == organisation_id), None)
    if organisation is None:
        raise NotAllowed("只能编制本单位的预算。", "Your own organisation's only.")
    this_year = timezone.localtime(at).year
    if not this_year - AHEAD <= year <= this_year + AHEAD:
        raise BadInput(f"年度须在 {this_year - AHEAD} 到 {this_year + AHEAD} 之间。", "Which year?", place="年度")
    if purpose not in Budget.Purpose.values:
        raise BadInput("请选择用途。", "Choose a purpose.", place="用途")
    fen, why = _sum(amount), _said(basis, "依据和理由")
    budget, _ = Budget.objects.get_or_create(
        organisation=organisation, year=year, purpose=purpose, defaults={"level": organisation.level}
    )
    row = _version(actor, at, budget, Kind.PLAN, fen, why, State.PROPOSED)
    tell(
        at=at, organisation_id=organisation.pk, link=f"budget:{budget.pk}",
        text=f"{year}年{budget.get_purpose_display()}预算 {shown(fen)} 元待批准。",
    )  # fmt: skip
    _audit(actor, at, budget, "budget.propose", row)
    return row


@transaction.atomic
def decide(*, actor: Actor, at: datetime, version_id: int, agreed: bool, note: str = "") -> Budget:
    """Approve a plan or not, by another person than put it forward. A plan below what is spent and set aside already
    can't be approved. Raises NotFound, NotAllowed, BadInput (no reason for a no), Refused, Stale."""
    row = BudgetVersion.objects.filter(pk=version_id).first()
    if row is None or not visible_budgets(actor).filter(pk=row.budget_id).exists():
        raise NotFound()
    budget = locked(row.budget_id)
    if not approves(actor, budget):
        raise NotAllowed("由本单位的审批人员批准。", "An approver of the organisation decides.")
    if actor.user_id is not None and actor.user_id == row.by_id:
        raise NotAllowed("编制的人不能批准自己的预算，请另一位审批人办理。", "Another person approves.")
    said = clean(note).strip()[:300]
    if not agreed and not said:
        raise BadInput("请写明不批准的理由。", "Give the reason.", place="批复")
    if agreed and row.amount + budget.beyond < budget.spent + budget.committed:
        used = shown(budget.spent + budget.committed)
        raise Refused(f"已支出和已安排共 {used} 元，预算不能低于此数。", "Below what is used.", place="金额")
    done = BudgetVersion.objects.filter(pk=row.pk, state=State.PROPOSED).update(
        state=State.APPROVED if agreed else State.REFUSED, decided_by_id=actor.user_id, decided_at=at, note=said
    )
    if not done:
        raise Stale("这一版刚刚办过，请刷新。", "Decided meanwhile.")
    if agreed:
        Budget.objects.filter(pk=budget.pk).update(approved=row.amount, version=F("version") + 1)
    row.refresh_from_db()
    if row.by_id is not None:
        words = "已批准" if agreed else "未批准"
        tell(
            at=at, user_id=row.by_id, link=f"budget:{budget.pk}",
            text=f"{budget.year}年{budget.get_purpose_display()}预算{words}。{said}",
        )  # fmt: skip
    _audit(actor, at, budget, f"budget.{'approve' if agreed else 'refuse'}", row)
    budget.refresh_from_db()
    return budget


@transaction.atomic
def allow_beyond(*, actor: Actor, at: datetime, budget_id: int, amount: Decimal | None, reason: str) -> BudgetVersion:
    """An approver lets a budget be overspent by so much more, and says why. Raises NotFound, NotAllowed, BadInput."""
    budget = locked(get_budget(actor, budget_id).pk)
    if not approves(actor, budget):
        raise NotAllowed("准予超出由本单位的审批人员决定。", "An approver of the organisation decides.")
    fen, why = _sum(amount), _said(reason, "理由")
    if not fen:
        raise BadInput("请填写准予超出的金额。", "Give the sum.", place="金额")
    row = _version(actor, at, budget, Kind.BEYOND, fen, why, State.APPROVED)
    Budget.objects.filter(pk=budget.pk).update(beyond=F("beyond") + fen, version=F("version") + 1)
    _audit(actor, at, budget, "budget.beyond", row)
    return row


def locked(budget_id: int) -> Budget:
    """A budget held until the transaction ends."""
    return Budget.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=budget_id)


def may_handle(actor: Actor, budget: Budget) -> tuple[bool, bool]:
    """May the actor plan and spend this money; may they approve it?"""
    return handles(actor, budget), approves(actor, budget)


def _version(actor: Actor, at: datetime, budget: Budget, kind: Kind, fen: int, why: str, state: State) -> BudgetVersion:
    last = BudgetVersion.objects.filter(budget=budget).aggregate(n=Max("number"))["n"] or 0
    decided = {"decided_by_id": actor.user_id, "decided_at": at} if state == State.APPROVED else {}
    try:
        with transaction.atomic():
            return BudgetVersion.objects.create(
                budget=budget, number=last + 1, kind=kind, amount=fen, basis=why, state=state, by_id=actor.user_id,
                at=at, **decided,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("这项预算有一版正待批准，请先办完。", "A plan waits already.", place="预算") from error


def _sum(amount: Decimal | None) -> int:
    if amount is None:
        raise BadInput("请填写金额。", "Give the amount.", place="金额")
    return cents(amount)


def _said(text: str, place: str) -> str:
    said = clean(text).strip()
    if not said or len(said) > 300:
        raise BadInput(f"请写明{place}，不超过300字。", "Say why.", place=place)
    return said


def _audit(actor: Actor, at: datetime, budget: Budget, action: str, row: BudgetVersion) -> None:
    append(
        actor=actor, at=at, action=action, kind="budget", key=budget.pk,
        data={
            "budget": f"{budget.organisation.short_name} {budget.year} {budget.get_purpose_display()}",
            "version": row.number, "amount": shown(row.amount), "basis": row.basis, "note": row.note,
        },
    )  # fmt: skip
