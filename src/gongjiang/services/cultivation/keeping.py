"""The artisans that somebody looks after: what those have a hand of KEEPING in, as one query."""

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed
from gongjiang.models import Honour
from gongjiang.rules.cultivation.hands import KEEPING, LABELS, Hand
from gongjiang.services.cultivation.framework import powers_of as powers_of
from gongjiang.services.cultivation.scope import held_by, need, others


def kept_by(actor: Actor) -> QuerySet[Honour]:
    """Honours in which the actor has the hand of the enterprise, the recommending unit or the organising union, their
    own left out: nobody confirms what they did themselves. The same as `hands_of` says one by one."""
    if actor.is_platform:
        return Honour.objects.all()
    if actor.anonymous:
        return Honour.objects.none()
    return others(Honour.objects.filter(held_by(actor)), actor)


def need_other(actor: Actor, honour: Honour, *hands: Hand) -> frozenset[Hand]:
    """One of `hands`, and not the artisan's own. NotAllowed otherwise."""
    found = need(actor, honour, *hands)
    if Hand.ARTISAN in found:
        who = "、".join(LABELS[one] for one in sorted(hands))
        raise NotAllowed(f"不能给自己办这一项，请由{who}的其他人办理。", "Nobody decides on themselves.")
    return found


def looks_after(hands: frozenset[Hand]) -> bool:
    """Do these hands confirm what was entered?"""
    return bool(hands & KEEPING) and Hand.ARTISAN not in hands
