"""What every step at a plan shares: the honour held, who takes part, the version compared and set, the step on
record."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound, Refused, Stale
from gongjiang.models import CultivationPlan, Honour, PlanEntry
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.rules.cultivation.plans.agreeing import DONE, PARTIES, Action, State, may, named
from gongjiang.services.cultivation.keeping import need_other
from gongjiang.services.cultivation.scope import get_honour
from gongjiang.services.cultivation.writing import LIVING
from gongjiang.services.honours.note import note_honour
from gongjiang.services.messages.send import tell

THIS = "这一版"
"""How a version of a plan is called."""


def held(actor: Actor, honour_id: int) -> tuple[Honour, frozenset[Hand]]:
    """The honour, locked, and the actor's hands among the three parties. NotFound, NotAllowed; Refused where the
    honour is over."""
    honour = get_honour(actor, honour_id)
    hands = need_other(actor, honour, *PARTIES) & KEEPING
    Honour.objects.select_for_update().filter(pk=honour.pk).first()
    if honour.state not in LIVING:
        raise Refused(f"这项荣誉{honour.get_state_display()}，培育方案不再改动。", "The honour is over.")
    return honour, hands


def version_of(honour: Honour, number: int, version: int | None, action: Action) -> CultivationPlan:
    """One version as the page showed it. Stale if somebody changed it since, Refused if the step isn't possible."""
    plan = CultivationPlan.objects.filter(honour=honour, number=number).first()
    if plan is None:
        raise NotFound()
    if version is not None and version != plan.version:
        raise Stale("这一版刚刚被别人改过。您填的内容还在下面，请对照最新内容后再提交。", "Somebody changed it.")
    if not may(action, State(plan.state)):
        raise Refused(f"第 {plan.number} 版{plan.get_state_display()}，不能再{DONE[action]}。", "Not from here.")
    plan.honour = honour
    return plan


def needed_of(plan: CultivationPlan) -> frozenset[Hand]:
    """The parties that have to agree."""
    return frozenset(one for one in PARTIES if getattr(plan, f"needs_{one}"))


def given_of(plan: CultivationPlan) -> frozenset[Hand]:
    """The parties that agreed."""
    return frozenset(one for one in PARTIES if getattr(plan, f"{one}_at") is not None)


def note(
    actor: Actor, at: datetime, plan: CultivationPlan, action: Action, hands: frozenset[Hand], text: str = ""
) -> PlanEntry:
    """A line in the history, and the audit entry."""
    entry = PlanEntry.objects.create(
        plan=plan, action=action.value, hand=named(hands), text=text, name=actor.name[:40], by_id=actor.user_id, at=at
    )
    told = {"honour": plan.honour_id, "number": plan.number, "state": plan.state, "for": named(hands)}
    note_honour(actor, at, plan.honour, f"plan.{action}", told, kind="plan", key=plan.pk)
    return entry


def tell_parties(honour: Honour, at: datetime, text: str, parties: frozenset[Hand]) -> None:
    """A message to the organisations of some parties."""
    case, edition = honour.case, honour.edition
    where = {
        Hand.EMPLOYER: case.applying_unit_id if case is not None else None,
        Hand.NOMINATOR: case.nominator_id if case is not None else None,
        Hand.UNION: edition.organiser_id if edition is not None else None,
    }
    for one in sorted({found for hand in parties if (found := where.get(hand)) is not None}):
        tell(at=at, text=text, link=f"artisan:{honour.pk}", organisation_id=one, headline="有一份培育方案待办理")
