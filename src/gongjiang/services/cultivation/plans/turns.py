"""The three write in turns: hand a draft on, say something about it, ask for agreement, give it back, drop it."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import CultivationPlan, PlanEntry
from gongjiang.rules.cultivation.hands import KEEPING, LABELS, WORKING
from gongjiang.rules.cultivation.plans.agreeing import Action, State, may
from gongjiang.rules.cultivation.plans.lacking import lacking
from gongjiang.rules.cultivation.plans.text import parse
from gongjiang.services.cultivation.framework import term_of
from gongjiang.services.cultivation.plans.agree import settle
from gongjiang.services.cultivation.plans.start import next_version
from gongjiang.services.cultivation.plans.writing import (
    THIS,
    held,
    needed_of,
    note,
    tell_parties,
    version_of,
)
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.services.cultivation.writing import words, write


@transaction.atomic
def hand_over(
    *, actor: Actor, at: datetime, honour_id: int, number: int, version: int | None, to: str, text: str = ""
) -> CultivationPlan:
    """Lay the draft on another party's desk, with a word if there is one."""
    honour, hands = held(actor, honour_id)
    plan = version_of(honour, number, version, Action.HAND_OVER)
    party = next((one for one in needed_of(plan) if one.value == to), None)
    if party is None:
        raise BadInput("请选择交给哪一方。", "Choose a party.", place="交给")
    said = words(text, "要说的话", needed=False)
    write(plan, THIS, turn=party.value)
    note(actor, at, plan, Action.HAND_OVER, hands, f"交给{LABELS[party]}" + (f"：{said}" if said else ""))
    tell_parties(honour, at, f"{honour.name}的培育方案轮到贵单位修改。{said}", frozenset({party}))
    return plan


@transaction.atomic
def comment(*, actor: Actor, at: datetime, honour_id: int, number: int, text: str) -> PlanEntry:
    """Say something about a version: the three, the artisan, a mentor."""
    honour = get_honour(actor, honour_id)
    hands = hands_of(actor, honour) & WORKING
    if not hands:
        raise NotAllowed("意见由三方、本人和导师提。", "Not your part.")
    plan = CultivationPlan.objects.filter(honour=honour, number=number).first()
    if plan is None:
        raise NotFound()
    plan.honour = honour
    if not may(Action.COMMENT, State(plan.state)):
        raise Refused(f"第 {plan.number} 版{plan.get_state_display()}，不再收意见。", "Over.")
    said = words(text, "意见")
    entry = note(actor, at, plan, Action.COMMENT, hands, said)
    if entry.hand == "":
        entry.hand = "、".join(LABELS[one] for one in sorted(hands - KEEPING))
        entry.save(update_fields=["hand"])
    return entry


@transaction.atomic
def submit_plan(*, actor: Actor, at: datetime, honour_id: int, number: int, version: int | None) -> CultivationPlan:
    """Ask the others to agree. Whoever asks agrees with it for their own part. Refused while something is missing."""
    honour, hands = held(actor, honour_id)
    plan = version_of(honour, number, version, Action.SUBMIT)
    if why := lacking(parse(plan.content), term_of(honour)):
        raise Refused("".join(why), "Something is missing yet.")
    write(plan, THIS, state=State.REVIEW.value, turn="")
    note(actor, at, plan, Action.SUBMIT, hands)
    text = f"{honour.name}的培育方案第 {plan.number} 版请贵单位确认是否同意。"
    tell_parties(honour, at, text, needed_of(plan) - hands)
    return settle(actor, at, plan, hands & needed_of(plan))


@transaction.atomic
def send_back(
    *, actor: Actor, at: datetime, honour_id: int, number: int, version: int | None, reason: str
) -> CultivationPlan:
    """Give it back to be changed, with what is to change: this version stays in the history with who had agreed, a
    draft follows it that begins with the same words."""
    honour, hands = held(actor, honour_id)
    plan = version_of(honour, number, version, Action.SEND_BACK)
    why = words(reason, "退回的理由")
    write(plan, THIS, state=State.RETURNED.value)
    note(actor, at, plan, Action.SEND_BACK, hands, why)
    tell_parties(honour, at, f"{honour.name}的培育方案第 {plan.number} 版被退回修改：{why}", needed_of(plan) - hands)
    return next_version(actor, at, honour, hands, plan)


@transaction.atomic
def drop_plan(
    *, actor: Actor, at: datetime, honour_id: int, number: int, version: int | None, reason: str
) -> CultivationPlan:
    """Give a version up, with the reason; what is in force stays."""
    honour, hands = held(actor, honour_id)
    plan = version_of(honour, number, version, Action.DROP)
    why = words(reason, "作废的理由")
    write(plan, THIS, state=State.DROPPED.value, turn="")
    note(actor, at, plan, Action.DROP, hands, why)
    return plan
