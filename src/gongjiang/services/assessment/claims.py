"""追回: what is claimed back after an assessment, from whom, and how it was settled (mechanisms 10)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import BenefitGrant, Bestowal, Claim, ClaimEntry, Honour, ProcessOutcome
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.funds.money import cents, shown
from gongjiang.services.cultivation.scope import get_honour, hands_of, need
from gongjiang.services.cultivation.scope import visible_to as honours_seen
from gongjiang.services.honours.note import note_honour
from gongjiang.services.programmes.windows import today_of

Kind = ClaimEntry.Kind
TOLD = frozenset({Hand.ARTISAN, Hand.EMPLOYER, Hand.NOMINATOR, Hand.UNION, Hand.ABOVE})
"""Whoever pays or owes: mentors are told nothing of money."""
MOST = 200
"""Claims on one page."""


def open_claims(at: datetime, honour: Honour, outcome: ProcessOutcome, of: Collection[str]) -> list[Claim]:
    """One claim for each payee of what the notice promised and was paid. `of`: all, else what was not spent, of which
    people then say how much it is. Inside the caller's transaction."""
    paid: dict[str, int] = defaultdict(int)
    grants = BenefitGrant.objects.filter(honour=honour, state=BenefitGrant.State.GIVEN, amount__gt=0)
    given = grants.exclude(benefit__startswith="own:").values_list("payee", "amount")
    once = Bestowal.objects.filter(honour=honour, money=True, paid_on__isnull=False, amount__gt=0)
    for payee, amount in (*given, *once.values_list("payee", "amount")):
        paid[payee] += cents(amount or Decimal(0))
    scope = Claim.Scope.ALL if "all" in of else Claim.Scope.UNSPENT
    return [
        Claim.objects.create(
            honour=honour, outcome=outcome, payee=payee, scope=scope, paid=sum_,
            amount=sum_ if scope == Claim.Scope.ALL else None, at=at,
        )
        for payee, sum_ in sorted(paid.items())
    ]  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What is typed of a step: `amount` in 元, the day, the receipt or reason."""

    amount: Decimal | None
    on: date | None
    reason: str


def visible_to(actor: Actor) -> QuerySet[Claim]:
    """Claims of the honours that the actor sees; which of them they may settle is a matter of their hands."""
    return Claim.objects.filter(honour__in=honours_seen(actor))


def claims_of(actor: Actor, honour: Honour) -> list[Claim]:
    """Those of one honour with their steps, for whoever pays or owes. Mentors are told nothing of money."""
    if not hands_of(actor, honour) & TOLD:
        return []
    return list(visible_to(actor).filter(honour=honour).prefetch_related("entries").order_by("pk"))


def open_claims_of(actor: Actor) -> QuerySet[Claim]:
    """Claims not settled yet, of the editions whose organiser the actor acts for."""
    ours = actor.organiser_ids("officer", "approver")
    left = Q(amount__isnull=True) | Q(amount__gt=F("received") + F("written_off"))
    return Claim.objects.filter(left, honour__edition__organiser_id__in=ours)


def get_claim(actor: Actor, claim_id: int) -> Claim:
    """One claim that the actor sees. NotFound for others, for mentors too."""
    found = visible_to(actor).select_related("honour", "outcome").filter(pk=claim_id).first()
    if found is None or not hands_of(actor, get_honour(actor, found.honour_id)) & TOLD:
        raise NotFound()
    return found


def may_settle_claim(actor: Actor, claim: Claim) -> tuple[bool, bool]:
    """May the actor say how much is claimed and what came back; may they write off?"""
    honour = get_honour(actor, claim.honour_id)
    handles = Hand.UNION in hands_of(actor, honour)
    organiser = honour.edition.organiser_id if honour.edition is not None else 0
    return handles, handles and (actor.is_platform or organiser in actor.organiser_ids("approver"))


@transaction.atomic
def fix(*, actor: Actor, at: datetime, claim_id: int, version: int, step: Step) -> Claim:
    """How much of what was paid was not spent, and how that is known. May be said anew while it covers what was
    settled. Raises NotFound, NotAllowed, BadInput, Refused, Stale."""
    claim = _held(actor, claim_id, version)
    if claim.scope != Claim.Scope.UNSPENT:
        raise Refused("应退数额已由决定写明，不需要核定。", "The decision says it.")
    fen = _sum(step, least=0)
    if fen > claim.paid:
        raise BadInput(f"应退数额不能超过已发放的 {shown(claim.paid)} 元。", "More than was paid.", place="金额")
    if fen < claim.received + claim.written_off:
        raise BadInput("应退数额不能少于已经收回和核销的。", "Less than is settled.", place="金额")
    return _write(actor, at, claim, Kind.FIXED, fen, step, {"amount": fen})


@transaction.atomic
def receive(*, actor: Actor, at: datetime, claim_id: int, version: int, step: Step) -> Claim:
    """Money came back. Raises as `fix`."""
    claim = _held(actor, claim_id, version)
    fen = _within(claim, step)
    return _write(actor, at, claim, Kind.RECEIVED, fen, step, {"received": claim.received + fen})


@transaction.atomic
def write_off(*, actor: Actor, at: datetime, claim_id: int, version: int, step: Step) -> Claim:
    """What can't be got back is let go, with the reason: an approver of the organiser. Raises as `fix`."""
    claim = _held(actor, claim_id, version)
    if not may_settle_claim(actor, claim)[1]:
        raise NotAllowed("核销由主办单位的审批人员办理。", "An approver writes off.")
    fen = _within(claim, step)
    return _write(actor, at, claim, Kind.WRITTEN_OFF, fen, step, {"written_off": claim.written_off + fen})


def _held(actor: Actor, claim_id: int, version: int) -> Claim:
    claim = get_claim(actor, claim_id)
    need(actor, get_honour(actor, claim.honour_id), Hand.UNION)
    locked = Claim.objects.select_for_update(of=("self",)).select_related("honour", "outcome").get(pk=claim.pk)
    if locked.version != version:
        raise Stale("这一笔刚刚改过，请刷新后重试。", "Somebody changed this.")
    return locked


def _sum(step: Step, least: int = 1) -> int:
    fen = -1 if step.amount is None else cents(step.amount)
    if fen < least:
        raise BadInput("请填写金额。", "Give the amount.", place="金额")
    return fen


def _within(claim: Claim, step: Step) -> int:
    if claim.left is None:
        raise Refused("应退数额还没有核定，请先核定。", "Nobody has said how much is claimed.")
    fen = _sum(step)
    if fen > claim.left:
        raise BadInput(f"尚未办结的只有 {shown(claim.left)} 元，请核对。", "More than is left.", place="金额")
    return fen


def _write(
    actor: Actor, at: datetime, claim: Claim, kind: Kind, fen: int, step: Step, changes: dict[str, int]
) -> Claim:
    why, day = clean(step.reason).strip(), step.on or today_of(at)
    if not why or len(why) > 200:
        raise BadInput("请写明凭证或理由，不超过200字。", "Say why.", place="凭证或理由")
    if not claim.outcome.decided_on <= day <= today_of(at):
        raise BadInput("日期须在作出决定以后、今天以前。", "Between the decision and today.", place="日期")
    ClaimEntry.objects.create(
        claim=claim, kind=kind, amount=fen, on=day, reason=why, by_id=actor.user_id, at=at
    )  # fmt: skip
    Claim.objects.filter(pk=claim.pk).update(**changes, version=claim.version + 1)
    told = {"payee": claim.payee, "amount": shown(fen), "reason": why}
    note_honour(actor, at, claim.honour, f"claim.{kind}", told, kind="claim", key=claim.pk)
    claim.refresh_from_db()
    return claim
