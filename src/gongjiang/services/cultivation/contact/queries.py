"""Whose contacts somebody keeps or reads. It is the unions' doing: the organiser's and the recommending one's. The
enterprise doesn't read what its artisan says of it; the artisan reads when, and what became of their own words."""

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.models import Concern, Contact, Honour
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.services.cultivation import scope
from gongjiang.services.cultivation.scope import held_by, others

KEEPERS = (Hand.UNION, Hand.NOMINATOR)
"""Hands that contact and answer."""
WAYS = [(value, str(label)) for value, label in Contact.Way.choices]
LIVE = (Honour.State.TRAINEE, Honour.State.STANDS)
"""Who is to be contacted: in training, or named and standing."""


def honours_kept(actor: Actor) -> QuerySet[Honour]:
    """Honours whose holders the actor contacts: by office of the union that runs the programme or of the one that
    recommended them; never oneself. Whatever the state."""
    if actor.is_platform:
        return Honour.objects.all()
    handling = actor.organiser_ids(*HANDLING)
    if actor.anonymous or not handling:
        return Honour.objects.none()
    return others(Honour.objects.filter(held_by(actor, home=())), actor)


def visible_to(actor: Actor) -> QuerySet[Contact]:
    """Contacts that stand, with artisans whom the actor contacts or whose union is under theirs."""
    return Contact.objects.filter(honour__in=_read(actor), withdrawn_at=None)


def concerns_visible_to(actor: Actor) -> QuerySet[Concern]:
    """What artisans asked, for who contacts them and the unions above; one's own for oneself."""
    own = Q(honour__subject__user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    return Concern.objects.filter(Q(honour__in=_read(actor)) | own)


def reads(hands: frozenset[Hand]) -> bool:
    """Do these hands read the contacts of an honour?"""
    return bool(hands & {*KEEPERS, Hand.ABOVE}) and Hand.ARTISAN not in hands


def _read(actor: Actor) -> QuerySet[Honour]:
    if actor.is_platform or actor.anonymous:
        return honours_kept(actor)
    seen = Q(pk__in=honours_kept(actor).values("pk"))
    for path in scope.above(actor):
        seen |= Q(edition__organiser__path__startswith=path)
    return others(Honour.objects.filter(seen), actor)
