"""Reading arrivals: the unit that sent and the body that received."""

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Arrival
from gongjiang.services.nominations.queries import SEEING


def visible_to(actor: Actor) -> QuerySet[Arrival]:
    """Arrivals from one's organisations, and those on their desk, while a grant stands."""
    if actor.is_platform:
        return Arrival.objects.all()
    seen = Q(pk__in=[])
    for edition_id in (None, *actor.edition_ids):
        mine = actor.organisation_ids(*SEEING, edition_id=edition_id)
        here = Q(unit_id__in=mine) | Q(to_id__in=mine)
        seen |= here if edition_id is None else here & Q(process__edition_id=edition_id)
    return Arrival.objects.filter(seen)


def get_arrival(actor: Actor, arrival_id: int) -> Arrival:
    """One arrival with its papers; NotFound if the actor may not see it."""
    found = (
        visible_to(actor)
        .select_related("process__edition__pack", "unit", "to", "by")
        .prefetch_related("papers__case")
        .filter(pk=arrival_id)
        .first()
    )
    if found is None:
        raise NotFound()
    return found
