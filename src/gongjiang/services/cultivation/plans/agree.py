"""Agree to a version. With the last party's yes it comes into force, and its milestones stand."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import CultivationPlan, Milestone
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.plans.agreeing import Action, State, agrees_for, enters_for, named
from gongjiang.rules.cultivation.plans.text import parse
from gongjiang.services.cultivation.plans.writing import (
    THIS,
    given_of,
    held,
    needed_of,
    note,
    tell_parties,
    version_of,
)
from gongjiang.services.cultivation.writing import words, write
from gongjiang.services.messages.send import tell


@transaction.atomic
def agree(*, actor: Actor, at: datetime, honour_id: int, number: int, version: int | None) -> CultivationPlan:
    """Yes, for every party the actor speaks for. NotAllowed where these have agreed already."""
    honour, hands = held(actor, honour_id)
    plan = version_of(honour, number, version, Action.AGREE)
    mine = agrees_for(hands, needed_of(plan), given_of(plan))
    if not mine:
        raise NotAllowed("您所在的一方已经同意过，等其他各方确认。", "Your part has agreed.")
    return settle(actor, at, plan, mine)


@transaction.atomic
def enter_paper(
    *, actor: Actor, at: datetime, honour_id: int, number: int, version: int | None, party: str, basis: str
) -> CultivationPlan:
    """Enter the sealed paper of a party that has no account here: by the union, or for the enterprise by the
    recommending unit. `basis`: which paper, of what day."""
    honour, hands = held(actor, honour_id)
    plan = version_of(honour, number, version, Action.AGREE)
    said = words(basis, "书面依据", 200)
    able = enters_for(hands, needed_of(plan), given_of(plan))
    found = frozenset(one for one in able if one.value == party)
    if not found:
        raise BadInput("这一方的书面同意不由您代录，或已经同意。", "Not for you to enter.", place="哪一方")
    return settle(actor, at, plan, found, f"代录书面同意：{said}")


def settle(
    actor: Actor, at: datetime, plan: CultivationPlan, parties: frozenset[Hand], text: str = ""
) -> CultivationPlan:
    """Set down the yes of some parties; if it is the last, the plan comes into force in the older one's place."""
    if parties:
        write(plan, THIS, **{f"{one}_at": at for one in parties})
        note(actor, at, plan, Action.AGREE, parties, text)
    if needed_of(plan) - given_of(plan):
        return plan
    honour = plan.honour
    CultivationPlan.objects.filter(honour=honour, state=State.IN_FORCE).update(state=State.REPLACED)
    write(plan, THIS, state=State.IN_FORCE.value, in_force_at=at)
    _stand(plan)
    said = f"{honour.name}的培育方案第 {plan.number} 版经{named(needed_of(plan))}同意，开始执行。"
    tell_parties(honour, at, said, needed_of(plan))
    tell(at=at, text=said, link="mine", user_id=honour.subject.user_id, headline="您的培育方案开始执行")
    return plan


def _stand(plan: CultivationPlan) -> None:
    """The milestones of the version in force: new ones come, changed ones change, those left out are dropped."""
    steps = parse(plan.content).steps
    have = {one.key: one for one in Milestone.objects.filter(honour=plan.honour)}
    fresh: list[Milestone] = []
    for n, step in enumerate(steps):
        assert step.due is not None  # a plan with an undated milestone is not submitted
        says = {"title": step.title, "power": step.power, "due": step.due, "position": n, "dropped": False}
        if step.key not in have:
            fresh.append(Milestone(honour=plan.honour, key=step.key, **says))
            continue
        row = have[step.key]
        if any(getattr(row, name) != value for name, value in says.items()):
            for name, value in says.items():
                setattr(row, name, value)
            row.version += 1
            row.save(update_fields=[*says, "version"])
    Milestone.objects.bulk_create(fresh)
    gone = have.keys() - {one.key for one in steps}
    Milestone.objects.filter(honour=plan.honour, key__in=gone, dropped=False).update(dropped=True)
