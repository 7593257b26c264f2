"""The artisans that somebody looks after: what those have a hand of KEEPING in, as one query."""

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotAllowed
from gongjiang.models import EditionRole, Honour
from gongjiang.rules.cultivation.hands import KEEPING, LABELS, Hand
from gongjiang.services.cultivation.framework import powers_of as powers_of
from gongjiang.services.cultivation.scope import AT_HOME, need


def kept_by(actor: Actor) -> QuerySet[Honour]:
    """Honours in which the actor has the hand of the enterprise, the recommending unit or the organising union, their
    own left out: nobody confirms what they did themselves. The same as `hands_of` says one by one."""
    if actor.is_platform:
        return Honour.objects.all()
    if actor.anonymous:
        return Honour.objects.none()
    handling = actor.organiser_ids(*HANDLING)
    part = EditionRole.objects.filter(organisation_id__in=handling, per_case=False).values("edition")
    kept = Q(case__applying_unit_id__in=actor.organisation_ids(*AT_HOME))
    if handling:
        kept |= Q(case__nominator_id__in=handling) | Q(edition__organiser_id__in=handling) | Q(edition__in=part)
    return Honour.objects.filter(kept).exclude(subject__user_id=actor.user_id or 0)


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
